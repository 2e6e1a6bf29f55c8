package dev.hearth.app.service;

import dev.hearth.app.project.SourceFile;
import dev.hearth.app.store.SourceStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Lists, reads and writes the files of a linked folder. */
final class LinkedFolderFiles {
  private static final int PROBE_BYTES = 8192;

  private LinkedFolderFiles() {}

  /**
   * Puts a new function's first files into its folder.
   *
   * @throws HearthException when the folder does not exist, or has files already
   */
  static void fill(Path folder, Map<String, byte[]> files) {
    if (!Files.isDirectory(folder)) {
      throw Trouble.input(
          "The folder %s does not exist. Create it, or link another folder.", folder);
    }
    if (files.isEmpty()) {
      return;
    }
    if (!list(folder).isEmpty()) {
      throw Trouble.input(
          "The folder %s has files already. Link it without a template, or use an empty folder.",
          folder);
    }
    files.forEach((path, content) -> write(folder, path, content));
  }

  /** A person's own files, in path order. */
  static List<SourceFile> list(Path folder) {
    try {
      return FolderScan.files(folder, SourcePaths::isListed).stream()
          .filter(entry -> !entry.isLink() || Files.isRegularFile(entry.file()))
          .map(entry -> new SourceFile(entry.path(), size(entry), isText(entry.file())))
          .toList();
    } catch (UncheckedIOException e) {
      throw Trouble.machine(
          e.getCause(),
          "The linked folder %s can't be read. Restore it, or link another folder.",
          folder);
    }
  }

  private static long size(FolderScan.Entry entry) {
    return entry.isLink() ? entry.file().toFile().length() : entry.attributes().size();
  }

  private static boolean isText(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return SourceStore.isText(in.readNBytes(PROBE_BYTES + 1));
    } catch (IOException e) {
      return false;
    }
  }

  static byte[] read(Path folder, String path) {
    try {
      return Files.readAllBytes(folder.resolve(path));
    } catch (NoSuchFileException e) {
      throw Trouble.input("There is no file %s in %s. Refresh the list.", path, folder);
    } catch (IOException e) {
      throw Trouble.machine(e, "%s can't be read: %s.", folder.resolve(path), e.getMessage());
    }
  }

  /**
   * Writes through to the disk into a new file that then takes the old one's place, with its
   * permissions; a link is written through.
   */
  static void write(Path folder, String path, byte[] content) {
    Path file = folder.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Path real = Files.exists(file) ? file.toRealPath() : file;
      Path partial = real.resolveSibling("." + real.getFileName() + ".hearth-partial");
      try {
        writeThrough(partial, content);
        if (Files.exists(real)) {
          copyPermissions(real, partial);
        } else if (SourceStore.isExecutable(path, content)) {
          makeExecutable(partial);
        }
        move(partial, real);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw Trouble.machine(
          e, "%s can't be written: %s. Check permissions and space.", file, e.getMessage());
    }
  }

  private static void writeThrough(Path file, byte[] content) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    if (from.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException("it can't be made executable");
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static void delete(Path folder, String path) {
    try {
      Files.delete(folder.resolve(path));
    } catch (NoSuchFileException e) {
      throw Trouble.input("There is no file %s in %s. Refresh the list.", path, folder);
    } catch (IOException e) {
      throw Trouble.machine(e, "%s can't be deleted: %s.", folder.resolve(path), e.getMessage());
    }
  }

  static void rename(Path folder, String from, String to) {
    Path target = folder.resolve(to);
    try {
      Files.createDirectories(target.getParent());
      Files.move(folder.resolve(from), target);
    } catch (NoSuchFileException e) {
      throw Trouble.input("There is no file %s in %s. Refresh the list.", from, folder);
    } catch (FileAlreadyExistsException e) {
      throw Trouble.input("There is a file %s already. Use another name.", to);
    } catch (IOException e) {
      throw Trouble.machine(e, "%s can't be renamed: %s.", folder.resolve(from), e.getMessage());
    }
  }
}
