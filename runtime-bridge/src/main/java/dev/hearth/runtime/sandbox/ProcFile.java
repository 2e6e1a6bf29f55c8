package dev.hearth.runtime.sandbox;

import java.util.Arrays;

/**
 * A file of /proc that is kept open and read again and again: opening it costs more than reading.
 * Not safe for several threads; its owner locks.
 */
final class ProcFile implements AutoCloseable {
  private final byte[] buffer;
  private int fd;
  private int length;

  /** A file that can't be opened reads as empty. */
  ProcFile(String path, int size) {
    buffer = new byte[size];
    fd = Libc.open(path, Libc.O_RDONLY);
  }

  /** Reads at most the first {@code size} bytes; false when the process has gone. */
  boolean read() {
    length = fd < 0 ? 0 : Math.max(0, Libc.pread(fd, buffer));
    return length > 0;
  }

  /** The n-th number of what was read, counting from 0, numbers being separated by blanks. */
  long number(int n) {
    int at = 0;
    for (int skipped = 0; skipped < n; skipped++) {
      at = after(at, ' ');
    }
    return numberAt(at);
  }

  /** The number in the line that begins with this name and a colon, or -1. */
  long numberOf(String name) {
    for (int line = 0; line < length; line = after(line, '\n')) {
      if (startsWith(line, name, ':')) {
        int at = line + name.length() + 1;
        while (at < length && (buffer[at] == ' ' || buffer[at] == '\t')) {
          at++;
        }
        return numberAt(at);
      }
    }
    return -1;
  }

  /** The n-th number after the last closing parenthesis: a program's name may contain anything. */
  long numberAfterName(int n) {
    int at = length;
    while (at > 0 && buffer[at - 1] != ')') {
      at--;
    }
    for (int skipped = 0; skipped <= n; skipped++) {
      at = after(at, ' ');
    }
    return numberAt(at);
  }

  /** Whether both had the same content when they were read. */
  boolean sameAs(ProcFile other) {
    return Arrays.equals(buffer, 0, length, other.buffer, 0, other.length);
  }

  /** The number in the line that begins with this name and a blank, or -1. */
  long numberAfter(String name) {
    for (int line = 0; line < length; line = after(line, '\n')) {
      if (startsWith(line, name, ' ')) {
        return numberAt(line + name.length() + 1);
      }
    }
    return -1;
  }

  private boolean startsWith(int at, String name, char mark) {
    int end = at + name.length();
    if (end >= length || buffer[end] != mark) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (buffer[at + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int after(int at, char mark) {
    int next = at;
    while (next < length && buffer[next] != mark) {
      next++;
    }
    return next + 1;
  }

  private long numberAt(int at) {
    long value = -1;
    for (int i = at; i < length && buffer[i] >= '0' && buffer[i] <= '9'; i++) {
      value = Math.max(value, 0) * 10 + (buffer[i] - '0');
    }
    return value;
  }

  @Override
  public void close() {
    if (fd >= 0) {
      Libc.close(fd);
      fd = -1;
    }
  }
}
