package dev.hearth.runtime.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of an answer whose length is not known when it begins: every write reaches the peer at
 * once, as one chunk. A body that is never ended tells the peer, by the connection's end, that it
 * is not complete.
 */
public final class ChunkedBody {
  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int ROOM_FOR_SIZE = 16;

  private final OutputStream out;
  private boolean ended;

  ChunkedBody(OutputStream out) {
    this.out = out;
  }

  /**
   * Sends bytes; waits while the peer reads slower than they come.
   *
   * @throws IOException when the peer has gone
   */
  public void write(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    byte[] chunk = new byte[bytes.length + ROOM_FOR_SIZE];
    byte[] size =
        (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(size, 0, chunk, 0, size.length);
    System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
    int end = size.length + bytes.length;
    chunk[end] = '\r';
    chunk[end + 1] = '\n';
    out.write(chunk, 0, end + 2);
  }

  /** Says that the body is complete; the connection may carry another answer afterwards. */
  public void end() throws IOException {
    out.write(LAST);
    ended = true;
  }

  /** Whether the peer has been told that the body is complete. */
  public boolean isEnded() {
    return ended;
  }
}
