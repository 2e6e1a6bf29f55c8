package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.sandbox.Drainable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads one output stream of a runtime process all the time and cuts it into lines. The end of a
 * call asks it for what is still in the pipe, which costs two looks at the pipe when there is
 * nothing.
 */
final class LogPump implements Runnable {
  /** Bytes of the longest line; a longer one is cut (lifecycle.md section 5). */
  static final int MAX_LINE_BYTES = 256 << 10;

  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final LogStream stream;
  private final EnvironmentLog log;
  private byte[] partial = new byte[256];
  private int partialLength;
  private volatile boolean hasPartial;
  private volatile boolean busy;
  private volatile boolean ended;
  private final AtomicLong rounds = new AtomicLong();
  private volatile @Nullable Thread waiter;

  LogPump(InputStream in, LogStream stream, EnvironmentLog log) {
    this.in = in;
    this.stream = stream;
    this.log = log;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        busy = true;
        split(buffer, count, System.nanoTime());
        roundDone();
      }
    } catch (IOException e) {
      log.output(System.nanoTime(), stream, "Output could not be read: " + e.getMessage());
    } finally {
      flush();
      ended = true;
      roundDone();
    }
  }

  private void roundDone() {
    rounds.incrementAndGet();
    busy = false;
    LockSupport.unpark(waiter);
  }

  private synchronized void split(byte[] bytes, int length, long nanos) {
    int from = 0;
    if (log.full()) {
      from = skipLines(bytes, length);
    }
    for (int i = from; i < length; i++) {
      if (bytes[i] == '\n') {
        line(bytes, from, i, nanos);
        from = i + 1;
      }
    }
    keep(bytes, from, length, nanos);
  }

  /** Counts whole lines that nobody keeps any more; returns where the last, open one begins. */
  private int skipLines(byte[] bytes, int length) {
    int open = 0;
    long count = 0;
    int last = -1;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        count++;
        open = last + 1;
        last = i;
      }
    }
    if (count < 2) {
      return 0;
    }
    // The last whole line still goes the usual way: it belongs into the tail.
    partialLength = 0;
    log.skipped(count - 1);
    return open;
  }

  private void line(byte[] bytes, int from, int to, long nanos) {
    if (partialLength > 0) {
      keep(bytes, from, to, nanos);
      flush(nanos);
      return;
    }
    int start = from;
    while (to - start > MAX_LINE_BYTES) {
      int end = boundary(bytes, start, start + MAX_LINE_BYTES);
      emit(bytes, start, end, nanos);
      start = end;
    }
    emit(bytes, start, to, nanos);
  }

  private void keep(byte[] bytes, int from, int to, long nanos) {
    int start = from;
    while (start < to) {
      int count = Math.min(to - start, MAX_LINE_BYTES - partialLength);
      if (partial.length - partialLength < count) {
        partial = Arrays.copyOf(partial, Math.max(partial.length * 2, partialLength + count));
      }
      System.arraycopy(bytes, start, partial, partialLength, count);
      partialLength += count;
      start += count;
      if (partialLength == MAX_LINE_BYTES) {
        int end = boundary(partial, 0, partialLength);
        emit(partial, 0, end, nanos);
        System.arraycopy(partial, end, partial, 0, partialLength - end);
        partialLength -= end;
      }
    }
    hasPartial = partialLength > 0;
  }

  /** Moves a cut back to the start of the UTF-8 character that it would split. */
  private static int boundary(byte[] bytes, int from, int at) {
    int cut = at;
    while (cut > at - 4 && cut > from && (bytes[cut - 1] & 0xc0) == 0x80) {
      cut--;
    }
    if (cut > from && (bytes[cut - 1] & 0xc0) == 0xc0) {
      int length = Integer.numberOfLeadingZeros(~(bytes[cut - 1] << 24));
      return cut - 1 + length <= at ? at : cut - 1;
    }
    return at;
  }

  private void emit(byte[] bytes, int from, int to, long nanos) {
    log.output(nanos, stream, new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  private void flush() {
    flush(System.nanoTime());
  }

  private synchronized void flush(long nanos) {
    if (partialLength > 0) {
      emit(partial, 0, partialLength, nanos);
      partialLength = 0;
    }
    hasPartial = false;
  }

  /**
   * Returns when everything that was in the pipe at the time of the call has become lines, text
   * without a line end included.
   *
   * @param maxNanos how long at most
   */
  void drain(long maxNanos) {
    if (!quiet()) {
      long until = System.nanoTime() + maxNanos;
      // One round may be under way, and one more empties the pipe, which holds no more than that.
      long target = rounds.get() + 2;
      waiter = Thread.currentThread();
      while (!quiet() && rounds.get() < target && System.nanoTime() < until) {
        LockSupport.parkNanos(this, 500_000);
      }
      waiter = null;
    }
    if (hasPartial) {
      flush();
    }
  }

  private boolean quiet() {
    try {
      if (ended || !(in instanceof Drainable pipe)) {
        return ended || (in.available() == 0 && !busy);
      }
      return pipe.drained();
    } catch (IOException e) {
      return true;
    }
  }

  /** Waits until the stream has ended; false when it did not within the time. */
  boolean awaitEnd(long maxNanos) {
    long until = System.nanoTime() + maxNanos;
    waiter = Thread.currentThread();
    while (!ended && System.nanoTime() < until) {
      LockSupport.parkNanos(this, Math.min(1_000_000, until - System.nanoTime()));
    }
    waiter = null;
    return ended;
  }
}
