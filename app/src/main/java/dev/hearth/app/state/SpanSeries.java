package dev.hearth.app.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one lane in order of time, in plain arrays: a hundred thousand of them take a few
 * megabytes, and a visible range is found by binary search. Blocks of a lane do not overlap. Times
 * are nanoseconds since the epoch.
 */
public final class SpanSeries {
  /** The end of a block that is still growing. */
  public static final long OPEN = Long.MAX_VALUE;

  private static final SpanKind[] KINDS = SpanKind.values();
  private static final int FIRST_CAPACITY = 8;

  /** A lane serves one call at a time: what still changes is near the end. */
  private static final int RECENT = 8;

  private long[] starts = new long[FIRST_CAPACITY];
  private long[] ends = new long[FIRST_CAPACITY];
  private byte[] kinds = new byte[FIRST_CAPACITY];
  private @Nullable String[] requests = new String[FIRST_CAPACITY];
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public long start(int index) {
    return starts[index];
  }

  /** The end, or {@link #OPEN}. */
  public long end(int index) {
    return ends[index];
  }

  /** The end, or the time given while the block is open; never before the start. */
  public long end(int index, long now) {
    return ends[index] == OPEN ? Math.max(now, starts[index]) : ends[index];
  }

  public SpanKind kind(int index) {
    return KINDS[kinds[index]];
  }

  /** The request that a block belongs to; null for an init or a pause. */
  public @Nullable String request(int index) {
    return requests[index];
  }

  /** Adds a block where its start belongs: almost always at the end. */
  public void add(long start, long end, SpanKind kind, @Nullable String request) {
    if (size == starts.length) {
      grow();
    }
    int at = size;
    while (at > 0 && starts[at - 1] > start) {
      at--;
    }
    if (at < size) {
      System.arraycopy(starts, at, starts, at + 1, size - at);
      System.arraycopy(ends, at, ends, at + 1, size - at);
      System.arraycopy(kinds, at, kinds, at + 1, size - at);
      System.arraycopy(requests, at, requests, at + 1, size - at);
    }
    starts[at] = start;
    ends[at] = end;
    kinds[at] = (byte) kind.ordinal();
    requests[at] = request;
    size++;
  }

  private void grow() {
    int capacity = size * 2;
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
    requests = Arrays.copyOf(requests, capacity);
  }

  /** Replaces all but the request of a block. */
  public void set(int index, long start, long end, SpanKind kind) {
    starts[index] = start;
    ends[index] = end;
    kinds[index] = (byte) kind.ordinal();
  }

  /** The newest block of a request, or -1; looks at all blocks if need be. */
  public int indexOf(String request) {
    for (int i = size - 1; i >= 0; i--) {
      if (request.equals(requests[i])) {
        return i;
      }
    }
    return -1;
  }

  /** The block of a request if it is among the newest few, or -1. */
  public int recentIndexOf(String request) {
    for (int i = size - 1; i >= 0 && i >= size - RECENT; i--) {
      if (request.equals(requests[i])) {
        return i;
      }
    }
    return -1;
  }

  /** The newest block that is open and of a kind, or -1. */
  public int openIndex(SpanKind kind) {
    for (int i = size - 1; i >= 0 && i >= size - RECENT; i--) {
      if (ends[i] == OPEN && kinds[i] == kind.ordinal()) {
        return i;
      }
    }
    return -1;
  }

  /** The first block that ends after a time; {@link #size()} when there is none. */
  public int firstEndingAfter(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** One past the last block that starts before a time. */
  public int endOfStartingBefore(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Forgets the oldest blocks. */
  public void dropOldest(int count) {
    int left = size - count;
    System.arraycopy(starts, count, starts, 0, left);
    System.arraycopy(ends, count, ends, 0, left);
    System.arraycopy(kinds, count, kinds, 0, left);
    System.arraycopy(requests, count, requests, 0, left);
    Arrays.fill(requests, left, size, null);
    size = left;
  }
}
