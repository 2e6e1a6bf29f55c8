package dev.hearth.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes that have been read from a peer and not yet used. What follows a request in the same
 * packet stays here for the next one.
 */
final class SocketBuffer {
  private static final int INITIAL = 8192;

  private final InputStream in;
  private byte[] bytes = new byte[INITIAL];
  private int start;
  private int end;

  SocketBuffer(InputStream in) {
    this.in = in;
  }

  byte[] array() {
    return bytes;
  }

  int start() {
    return start;
  }

  int available() {
    return end - start;
  }

  void skip(int count) {
    start += count;
  }

  /**
   * Waits for more bytes.
   *
   * @return false at the end of the stream
   */
  boolean fill() throws IOException {
    if (start == end) {
      start = 0;
      end = 0;
      if (bytes.length > 16 * INITIAL) {
        bytes = new byte[INITIAL];
      }
    } else if (end == bytes.length) {
      makeRoom();
    }
    int count = in.read(bytes, end, bytes.length - end);
    if (count < 0) {
      return false;
    }
    end += count;
    return true;
  }

  private void makeRoom() {
    if (start > bytes.length / 2) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
      end -= start;
      start = 0;
    } else {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
  }

  /**
   * Moves up to {@code length} bytes out, from the buffer first, then straight from the peer.
   *
   * @return how many; fewer than asked for only at the end of the stream
   */
  int read(byte[] target, int offset, int length) throws IOException {
    int done = Math.min(length, available());
    System.arraycopy(bytes, start, target, offset, done);
    start += done;
    while (done < length) {
      int count = in.read(target, offset + done, length - done);
      if (count < 0) {
        return done;
      }
      done += count;
    }
    return done;
  }

  /**
   * Length of the block of lines at the start, the final empty line included; lines end with CR LF.
   *
   * @param lines what the block is called in a message
   * @return -1 when the stream ends first
   * @throws HttpException when a line ends with LF alone, a CR stands alone, or the block is longer
   *     than {@code limit}
   */
  int awaitBlock(String lines, int limit) throws IOException {
    int scanned = 0;
    int lineStart = 0;
    while (true) {
      for (; scanned < available(); scanned++) {
        byte b = bytes[start + scanned];
        if (b == '\n') {
          if (scanned == lineStart || bytes[start + scanned - 1] != '\r') {
            throw new HttpException(400, "A line must end with CR LF");
          }
          if (scanned - 1 == lineStart) {
            return scanned + 1;
          }
          lineStart = scanned + 1;
        } else if (scanned > lineStart && bytes[start + scanned - 1] == '\r') {
          throw new HttpException(400, "A CR must be followed by LF");
        }
      }
      if (scanned > limit) {
        throw new HttpException(431, lines + " may have " + limit + " bytes at most");
      }
      if (!fill()) {
        return -1;
      }
    }
  }

  /**
   * Length of the line at the start, its CR LF included, or -1 when the stream ends first.
   *
   * @throws HttpException when it is longer than {@code limit} or ends with LF alone
   */
  int awaitLine(int limit) throws IOException {
    int scanned = 0;
    while (true) {
      for (; scanned < available(); scanned++) {
        if (bytes[start + scanned] == '\n') {
          if (scanned == 0 || bytes[start + scanned - 1] != '\r') {
            throw new HttpException(400, "A line must end with CR LF");
          }
          return scanned + 1;
        }
      }
      if (scanned > limit) {
        throw new HttpException(400, "A chunk size line is too long");
      }
      if (!fill()) {
        return -1;
      }
    }
  }
}
