package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.OutputStream;

/** The writing end of a pipe; a full pipe is an error, since only short lines go through it. */
final class PipeOutputStream extends OutputStream {
  private final int fd;
  private boolean closed;

  /** Takes over a descriptor that doesn't block. */
  PipeOutputStream(int fd) {
    this.fd = fd;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) throws IOException {
    int written = 0;
    while (written < length) {
      int count = closed ? -Errno.EBADF : Libc.write(fd, from, offset + written, length - written);
      if (count < 0 && count != -Libc.EINTR) {
        throw new IOException("Writing into a pipe failed: " + Errno.text(-count));
      }
      written += Math.max(0, count);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }
}
