package dev.hearth.app.service;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacked sources by hash, from which the runtime runs functions. A folder appears complete or not
 * at all and never changes afterwards, so several processes share the cache. What was not used for
 * a month is removed.
 */
final class SourceCache {
  private static final Logger LOG = LoggerFactory.getLogger(SourceCache.class);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final boolean POSIX =
      Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");

  private final Path folder;

  /** Puts the files of one source into a folder. */
  @FunctionalInterface
  interface Filler {
    void fill(Path target) throws IOException;
  }

  SourceCache(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder of a source; filled now unless it is there.
   *
   * @throws HearthException when the cache can't be written
   */
  Path get(String sha256, Filler filler) {
    Path target = folder.resolve(sha256);
    try {
      if (Files.isDirectory(target)) {
        Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
        return target;
      }
      Files.createDirectories(folder);
      removeOld();
      Path partial = Files.createTempDirectory(folder, "partial-");
      try {
        filler.fill(partial);
        if (POSIX) {
          Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        moveIntoPlace(partial, target);
      } finally {
        delete(partial);
      }
      return target;
    } catch (IOException e) {
      throw Trouble.machine(
          e,
          "The source can't be unpacked to %s: %s. Free space or make the folder writable, or set"
              + " XDG_CACHE_HOME to another one.",
          target,
          e.getMessage());
    }
  }

  private static void moveIntoPlace(Path partial, Path target) throws IOException {
    try {
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      LOG.debug("another process unpacked {} meanwhile", target, e);
    }
  }

  /** Writes one file that programs can't change by accident. */
  static void write(Path root, String path, byte[] content, boolean executable) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    protect(file, executable);
  }

  static void protect(Path file, boolean executable) throws IOException {
    if (POSIX) {
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(executable ? "r-xr-xr-x" : "r--r--r--"));
    }
  }

  private void removeOld() throws IOException {
    Instant limit = Instant.now().minus(KEPT);
    List<Path> old;
    try (Stream<Path> all = Files.list(folder)) {
      old = all.filter(entry -> isOlder(entry, limit)).toList();
    }
    for (Path entry : old) {
      delete(entry);
    }
  }

  private static boolean isOlder(Path entry, Instant limit) {
    try {
      return Files.getLastModifiedTime(entry).toInstant().isBefore(limit);
    } catch (IOException e) {
      LOG.debug("{} went away", entry, e);
      return false;
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
