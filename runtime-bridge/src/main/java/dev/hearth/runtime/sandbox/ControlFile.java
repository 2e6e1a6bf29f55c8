package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Reads and writes the small files by which the kernel's control groups are steered. A tenth of the
 * time that the JDK's files take, which counts where it happens with each call.
 */
final class ControlFile {
  private ControlFile() {}

  /**
   * Replaces the content in one write, as the kernel asks for.
   *
   * @throws IOException naming the file and the kernel's reason
   */
  static void write(Path file, String text) throws IOException {
    int fd = Libc.open(file.toString(), Libc.O_WRONLY | Libc.O_TRUNC);
    if (fd < 0) {
      throw new IOException(file + " can't be opened: " + Errno.text(-fd));
    }
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int written = Libc.write(fd, bytes, 0, bytes.length);
    Libc.close(fd);
    if (written < 0) {
      throw new IOException(file + " does not take \"" + text + "\": " + Errno.text(-written));
    }
  }

  /** The content, or an empty text when it can't be read. */
  static String text(Path file) {
    return new String(ProcTable.read(file.toString()), StandardCharsets.US_ASCII);
  }

  /** The first number in the file, or -1; {@code max} reads as the greatest number. */
  static long number(Path file) {
    String text = text(file).strip();
    return text.equals("max") ? Long.MAX_VALUE : parse(text);
  }

  /** The number in the line {@code key number}, or -1. */
  static long number(Path file, String key) {
    return text(file)
        .lines()
        .filter(line -> line.startsWith(key) && line.startsWith(" ", key.length()))
        .findFirst()
        .map(line -> parse(line.substring(key.length() + 1)))
        .orElse(-1L);
  }

  /** All numbers, of any separation: the processes of a group, for example. */
  static List<Integer> numbers(Path file) {
    List<Integer> numbers = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(text(file));
    while (words.hasMoreTokens()) {
      numbers.add(Integer.valueOf(words.nextToken()));
    }
    return numbers;
  }

  /** The number that the text begins with, or -1. */
  static long parse(String text) {
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    if (end > 18) {
      return Long.MAX_VALUE;
    }
    return end == 0 ? -1 : Long.parseLong(text, 0, end, 10);
  }
}
