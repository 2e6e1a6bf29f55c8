package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a stream that can't be interrupted endable: a thread of its own blocks in it, and readers
 * wait for what that thread hands over.
 */
final class PumpedInputStream extends InputStream {
  private static final Logger log = LoggerFactory.getLogger(PumpedInputStream.class);
  private static final byte[] END = new byte[0];
  private static final long STEP_MILLIS = 20;

  /** How long nothing may come after the writers have gone before that counts as the end. */
  private static final int QUIET_STEPS = 5;

  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(16);
  private volatile boolean writersGone;
  private volatile boolean closed;
  private byte[] current = END;
  private int position;
  private boolean ended;

  PumpedInputStream(InputStream source, String threadName) {
    Thread.ofPlatform().daemon().name(threadName).start(() -> pump(source));
  }

  private void pump(InputStream source) {
    byte[] buffer = new byte[1 << 16];
    try (source) {
      int count;
      while (!closed && (count = source.read(buffer)) >= 0) {
        handOver(Arrays.copyOf(buffer, count));
      }
    } catch (IOException e) {
      log.debug("A process's output broke off, which counts as its end", e);
    } finally {
      handOver(END);
    }
  }

  private void handOver(byte[] chunk) {
    boolean taken = false;
    while (!taken && !closed) {
      try {
        taken = chunks.offer(chunk, STEP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        closed = true;
      }
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (position == current.length && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, into, offset, count);
    position += count;
    return count;
  }

  private boolean next() {
    int quiet = 0;
    byte[] chunk = null;
    while (!ended && !closed && chunk == null) {
      boolean last = writersGone;
      chunk = poll();
      if (chunk == null && last && ++quiet == QUIET_STEPS) {
        ended = true;
      }
    }
    if (chunk == null || chunk == END) {
      ended = true;
      return false;
    }
    current = chunk;
    position = 0;
    return true;
  }

  private byte @Nullable [] poll() {
    try {
      return chunks.poll(STEP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
      return null;
    }
  }

  void writersGone() {
    writersGone = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
