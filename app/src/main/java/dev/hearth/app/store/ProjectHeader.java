package dev.hearth.app.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Looks at the first 100 bytes of a file before SQLite does: SQLite may change what it opens, and a
 * file that is not ours has to stay as it is.
 */
final class ProjectHeader {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEADER_BYTES = 100;
  private static final int USER_VERSION = 60;
  private static final int APPLICATION_ID = 68;

  private ProjectHeader() {}

  /**
   * @throws StoreException when the file is missing, a folder, no Hearth project, or of a format
   *     above the one given
   */
  static void check(Path file, int newestFormat) {
    if (!Files.exists(file)) {
      throw notAProject(
          "There is no file %s. Check the path, or create the project first.".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw notAProject("%s is a folder. Name a project file (.hearth).".formatted(file));
    }
    ByteBuffer header = ByteBuffer.wrap(read(file));
    if (header.limit() == 0) {
      throw notAProject("%s is empty, not a Hearth project. Open another file.".formatted(file));
    }
    if (header.limit() < HEADER_BYTES
        || !Arrays.equals(MAGIC, Arrays.copyOf(header.array(), MAGIC.length))) {
      throw notAProject(
          "%s is not a Hearth project: it is no SQLite database. Open another file."
              .formatted(file));
    }
    if (header.getInt(APPLICATION_ID) != Migrations.APPLICATION_ID) {
      throw notAProject(
          "%s is a database of another program, not a Hearth project. Open another file."
              .formatted(file));
    }
    checkFormat(file, header.getInt(USER_VERSION), newestFormat);
  }

  static void checkFormat(Path file, int format, int newestFormat) {
    if (format > newestFormat) {
      throw new StoreException(
          StoreException.Reason.NEWER,
          ("Project %s was written by a newer Hearth (format %d, this one knows up to %d)."
                  + " Update Hearth to open it; the file was left as it is.")
              .formatted(file, format, newestFormat));
    }
  }

  private static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEADER_BYTES);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Reason.NOT_A_PROJECT,
          "Project %s can't be read. Check its permissions.".formatted(file),
          e);
    }
  }

  private static StoreException notAProject(String message) {
    return new StoreException(StoreException.Reason.NOT_A_PROJECT, message);
  }
}
