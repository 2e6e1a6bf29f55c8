package dev.hearth.app.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Names one file of this machine so that it is known again after it was renamed or moved within its
 * file system, and a copy of it, or what was downloaded or checked out over it, is not.
 *
 * <p>The name is the file's number and the time at which it was made. The device is left out: its
 * number may change when the machine is started anew. Where the file system does not keep the time
 * (or the system has no numbers, as Windows), the path stands in for what is missing.
 */
final class FileIdentity {
  private static final long A_SECOND_MILLIS = 1_000;

  private FileIdentity() {}

  /** The name of a file for keeping. */
  static String toKeep(Path file) throws IOException {
    return keepsBirth(file) ? byBirth(file) : byPath(file);
  }

  /** Whether a kept name is this file's. */
  static boolean isNameOf(String kept, Path file) throws IOException {
    return kept.equals(byBirth(file)) || kept.equals(byPath(file));
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class);
  }

  /**
   * Java answers the time of the last change where the system does not tell when a file was made.
   * Of a new file both may be the same, too; then it is changed, to see whether they still are.
   */
  private static boolean keepsBirth(Path file) throws IOException {
    BasicFileAttributes before = attributes(file);
    if (!before.creationTime().equals(before.lastModifiedTime())) {
      return true;
    }
    if (!Files.isWritable(file)) {
      return false;
    }
    FileTime later = FileTime.fromMillis(before.lastModifiedTime().toMillis() + A_SECOND_MILLIS);
    Files.setLastModifiedTime(file, later);
    boolean keeps = attributes(file).creationTime().equals(before.creationTime());
    Files.setLastModifiedTime(file, before.lastModifiedTime());
    return keeps;
  }

  private static String byBirth(Path file) throws IOException {
    BasicFileAttributes attributes = attributes(file);
    String which =
        attributes.fileKey() == null
            ? "path " + file.toRealPath()
            : "number " + Files.getAttribute(file, "unix:ino");
    return which + " made " + attributes.creationTime();
  }

  private static String byPath(Path file) throws IOException {
    return "path " + file.toRealPath();
  }
}
