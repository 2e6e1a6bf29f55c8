package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reading end of a child's standard output. Unlike the JDK's it can be ended while somebody
 * blocks in it: a grandchild that left the group may hold the writing end for ever.
 *
 * <p>Reading blocks the thread; a virtual thread hands the waiting to the executor, so that it
 * never pins its carrier.
 */
final class PipeInputStream extends InputStream implements Drainable {
  /** A pipe holds no more unless somebody enlarged it. */
  private static final int MOST_AT_ONCE = 1 << 16;

  private final int fd;
  private final int wake;
  private final Executor waiting;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile boolean writersGone;
  private volatile boolean closed;

  /** Set from before a read that may take something until the reader has come back for more. */
  private volatile boolean taking;

  private boolean released;

  /**
   * Takes over the descriptor, also when it fails.
   *
   * @throws IOException when the system has no descriptor left
   */
  PipeInputStream(int fd, Executor waiting) throws IOException {
    this.fd = fd;
    this.waiting = waiting;
    wake = Libc.eventfd();
    if (wake < 0) {
      Libc.close(fd);
      throw new IOException("No pipe for a process's output: " + Errno.text(-wake));
    }
    Libc.dontBlock(fd);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Answers -1 at the end, after {@link #close()} and once {@link #writersGone()} is drained. */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    reading.lock();
    try {
      while (!released) {
        boolean last = writersGone;
        taking = true;
        int count = closed ? 0 : Libc.read(fd, into, offset, Math.min(length, MOST_AT_ONCE));
        if (count > 0) {
          return count;
        }
        if (count == 0 || (count == -Libc.EAGAIN && last)) {
          release();
        } else if (count == -Libc.EAGAIN) {
          taking = false;
          awaitReadable();
        } else if (count != -Libc.EINTR) {
          release();
          throw new IOException("Reading a process's output failed: " + Errno.text(-count));
        }
      }
      return -1;
    } finally {
      reading.unlock();
    }
  }

  private void awaitReadable() {
    if (Thread.currentThread().isVirtual()) {
      CompletableFuture.runAsync(() -> Libc.awaitReadable(fd, wake), waiting).join();
    } else {
      Libc.awaitReadable(fd, wake);
    }
  }

  /** Bytes in the pipe; answers while another thread is blocked in a read, too. */
  @Override
  public synchronized int available() {
    return released || closed ? 0 : Libc.readable(fd);
  }

  @Override
  public boolean drained() {
    // In this order: what has left the pipe was marked before it left.
    return available() == 0 && !taking;
  }

  /** Every writer that matters has ended: what is in the pipe can be read, then the end comes. */
  void writersGone() {
    writersGone = true;
    interruptReader();
  }

  /** Ends a reader that is blocked, too. What is still in the pipe is lost. */
  @Override
  public void close() {
    closed = true;
    interruptReader();
    reading.lock();
    try {
      release();
    } finally {
      reading.unlock();
    }
  }

  private synchronized void interruptReader() {
    if (!released) {
      Libc.wake(wake);
    }
  }

  /** Only with {@link #reading} held: nobody may be using the descriptors, numbers are reused. */
  private synchronized void release() {
    if (!released) {
      released = true;
      Libc.close(fd);
      Libc.close(wake);
    }
  }
}
