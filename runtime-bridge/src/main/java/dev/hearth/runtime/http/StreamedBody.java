package dev.hearth.runtime.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of an answer whose length is not known when it begins: every write reaches the peer at
 * once. A body that is never ended tells the peer, by the way the connection ends, that it is not
 * complete.
 */
public final class StreamedBody {
  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int ROOM_FOR_SIZE = 16;

  private final OutputStream out;
  private final Framing framing;
  private boolean ended;

  /** How the peer sees where the body ends. */
  enum Framing {
    /** Every write is a chunk, the last one is empty. */
    CHUNKED,
    /** The connection's end is the body's. */
    TO_THE_END
  }

  StreamedBody(OutputStream out, Framing framing) {
    this.out = out;
    this.framing = framing;
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
    if (framing == Framing.TO_THE_END) {
      out.write(bytes);
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

  /** Says that the body is complete. */
  public void end() throws IOException {
    if (framing == Framing.CHUNKED) {
      out.write(LAST);
    }
    ended = true;
  }

  /** Whether the connection can carry another answer: the peer has seen the end of this one. */
  public boolean leavesConnection() {
    return ended && framing == Framing.CHUNKED;
  }

  /** Whether the body is complete. */
  public boolean isEnded() {
    return ended;
  }
}
