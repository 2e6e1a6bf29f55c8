package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells beforehand why a program will not start, where something else stands between us and the
 * system's own refusal.
 */
final class Executables {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  private Executables() {}

  /**
   * @throws StartFailedException in the system's words
   */
  static void check(String executable, Path directory) throws StartFailedException {
    if (!Files.isDirectory(directory)) {
      int why = Files.exists(directory) ? Errno.ENOTDIR : Errno.ENOENT;
      throw new StartFailedException(directory.toString(), Errno.text(why));
    }
    Path file = directory.resolve(executable);
    if (!Files.exists(file)) {
      throw new StartFailedException(executable, Errno.text(Errno.ENOENT));
    }
    if (Files.isDirectory(file) || !Files.isExecutable(file)) {
      throw new StartFailedException(executable, Errno.text(Errno.EACCES));
    }
  }

  /**
   * As {@link #check}, and looks into the file as Linux does.
   *
   * @throws StartFailedException in the system's words
   */
  static void checkProgram(String executable, Path directory) throws StartFailedException {
    check(executable, directory);
    byte[] head = head(directory.resolve(executable));
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("#!")) {
      String interpreter = text.substring(2).strip().split("\\s+", 2)[0];
      if (!Files.exists(Path.of(interpreter))) {
        throw new StartFailedException(executable, Errno.text(Errno.ENOENT));
      }
    } else if (head.length < ELF.length
        || !text.startsWith(new String(ELF, StandardCharsets.ISO_8859_1))) {
      throw new StartFailedException(executable, Errno.text(Errno.ENOEXEC));
    }
  }

  private static byte[] head(Path file) throws StartFailedException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(256);
    } catch (IOException e) {
      // What may be executed but not read is left to the system.
      throw new StartFailedException(file.toString(), Errno.text(Errno.EACCES));
    }
  }
}
