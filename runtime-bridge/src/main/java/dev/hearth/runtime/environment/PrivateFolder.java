package dev.hearth.runtime.environment;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that stands for {@code /tmp} in one environment. Its name carries the process id of
 * this program, so that folders of a program that was killed are found and removed later.
 */
public final class PrivateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
  private static final String PREFIX = "env-";

  private PrivateFolder() {}

  static Path create(Path scratch, String environmentId) throws IOException {
    String name = PREFIX + ProcessHandle.current().pid() + "-" + environmentId.substring(0, 12);
    return Files.createDirectories(scratch.resolve(name));
  }

  /** Removes a folder with all that is in it; links are removed, not followed. */
  static void remove(Path folder) {
    try {
      Files.walkFileTree(folder, new Remover());
    } catch (IOException e) {
      LOG.warn("The temporary folder {} was not removed", folder, e);
    }
  }

  /** Removes the folders of programs that no longer run. */
  public static void removeAbandoned(Path scratch) throws IOException {
    if (!Files.isDirectory(scratch)) {
      return;
    }
    List<Path> folders;
    try (var entries = Files.list(scratch)) {
      folders = entries.filter(PrivateFolder::isAbandoned).toList();
    }
    folders.forEach(PrivateFolder::remove);
  }

  private static boolean isAbandoned(Path folder) {
    String[] parts = folder.getFileName().toString().split("-");
    if (parts.length != 3 || !(parts[0] + "-").equals(PREFIX) || !parts[1].matches("\\d{1,18}")) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(parts[1])).isEmpty();
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
      // A folder that the function made unreadable can be removed when it is empty.
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
