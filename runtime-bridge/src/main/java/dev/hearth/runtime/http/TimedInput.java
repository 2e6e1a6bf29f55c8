package dev.hearth.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * What a peer sends, until a moment by which all of it has to be there: a peer that sends a byte
 * now and then would never meet a limit of the time between two bytes.
 */
final class TimedInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private boolean limited;
  private long until;

  TimedInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** From now on so many milliseconds are left; 0 for no limit. */
  void within(int millis) throws IOException {
    limited = millis > 0;
    until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    if (!limited) {
      socket.setSoTimeout(0);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (limited) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("The request did not arrive in time");
      }
      socket.setSoTimeout((int) left);
    }
    return in.read(into, offset, length);
  }
}
