package dev.hearth.app.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a file looked like when Hearth closed it: whatever is written into it afterwards, in place
 * and by whomever, is noticed. The time of the last change of the file's status can't be set, but a
 * file that is moved gets a new one; so for a file in another place size and time have to do.
 *
 * @param size bytes
 * @param written time of the last change of the content
 * @param status time of the last change of content, name or rights; empty where the system has none
 */
record FileSeal(long size, String written, String status, String path) {
  private static final int PARTS = 4;

  static FileSeal of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    String status = attributes.fileKey() == null ? "" : "" + Files.getAttribute(file, "unix:ctime");
    return new FileSeal(
        attributes.size(),
        attributes.lastModifiedTime().toString(),
        status,
        file.toRealPath().toString());
  }

  /**
   * @throws IllegalArgumentException when it is none
   */
  static FileSeal parse(String text) {
    String[] parts = text.split(" ", PARTS);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("Not a file's seal: " + text);
    }
    return new FileSeal(Long.parseLong(parts[0]), parts[1], parts[2], parts[3]);
  }

  /** Whether the file is as it was left. */
  boolean fits(FileSeal now) {
    boolean moved = !path.equals(now.path);
    return size == now.size && written.equals(now.written) && (moved || status.equals(now.status));
  }

  @Override
  public String toString() {
    return size + " " + written + " " + status + " " + path;
  }
}
