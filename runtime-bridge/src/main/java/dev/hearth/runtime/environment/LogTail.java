package dev.hearth.runtime.environment;

import java.nio.charset.StandardCharsets;

/** The last 4 KB of a call's log, which Lambda returns on request (lifecycle.md section 5). */
final class LogTail {
  static final int BYTES = 4096;

  private final StringBuilder text = new StringBuilder(512);

  void clear() {
    text.setLength(0);
  }

  void add(String line) {
    if (line.length() >= BYTES) {
      text.setLength(0);
      text.append(line, line.length() - BYTES, line.length());
    } else {
      text.append(line);
    }
    text.append('\n');
    if (text.length() > 4 * BYTES) {
      text.delete(0, text.length() - BYTES);
    }
  }

  /** At most 4,096 bytes of UTF-8, cut between characters. */
  String last() {
    int from = Math.max(0, text.length() - BYTES);
    byte[] bytes = text.substring(from).getBytes(StandardCharsets.UTF_8);
    int start = Math.max(0, bytes.length - BYTES);
    while (start < bytes.length && start > 0 && (bytes[start] & 0xc0) == 0x80) {
      start++;
    }
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }
}
