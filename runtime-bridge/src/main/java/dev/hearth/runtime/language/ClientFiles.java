package dev.hearth.runtime.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hearth's own runtime clients as files: they are resources of the program, but interpreters need
 * files. Each content has a folder of its own, so several versions of Hearth can share the cache.
 */
final class ClientFiles {
  private final Path cacheDirectory;

  ClientFiles(Path cacheDirectory) {
    this.cacheDirectory = cacheDirectory;
  }

  /**
   * The file with the content of a resource, written when it is not there yet.
   *
   * @throws UncheckedIOException when the cache folder can't be written; the message names it
   */
  Path file(String resource) {
    byte[] content = read(resource);
    Path file = cacheDirectory.resolve("clients").resolve(hash(content)).resolve(resource);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) != content.length) {
        write(file, content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The cache folder "
              + cacheDirectory
              + " can't be written. Free space or check its rights.",
          e);
    }
    return file;
  }

  /** Replaces a file as a whole, so that a process that starts meanwhile never sees half of it. */
  static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Path part = Files.createTempFile(file.getParent(), "new", ".part");
    Files.write(part, content);
    moveInto(part, file);
  }

  static void moveInto(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The first 16 hex digits of the SHA-256. */
  static String hash(byte[]... contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] content : contents) {
        digest.update(content);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  private static byte[] read(String resource) {
    try (InputStream stream = ClientFiles.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("Resource " + resource + " is missing from Hearth");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
