package dev.hearth.app.state;

import java.util.Arrays;

/**
 * A measured curve in order of time, of bounded size: when it is full, each two neighbours become
 * one, and the higher value stays, so that no peak is ever lost. Times are nanoseconds since the
 * epoch.
 */
public final class SampleSeries {
  private final int capacity;
  private long[] times = new long[16];
  private long[] values = new long[16];
  private int size;
  private long highest;

  /**
   * @param capacity most samples to keep, at least 2
   */
  public SampleSeries(int capacity) {
    if (capacity < 2) {
      throw new IllegalArgumentException("Capacity must be at least 2, not " + capacity);
    }
    this.capacity = capacity;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public long time(int index) {
    return times[index];
  }

  public long value(int index) {
    return values[index];
  }

  /** The highest value ever added; 0 when there was none. */
  public long highest() {
    return highest;
  }

  /** Adds a sample where its time belongs; one at the very same time is replaced by the higher. */
  public void add(long time, long value) {
    highest = Math.max(highest, value);
    int at = size;
    while (at > 0 && times[at - 1] > time) {
      at--;
    }
    if (at > 0 && times[at - 1] == time) {
      values[at - 1] = Math.max(values[at - 1], value);
      return;
    }
    if (size == capacity) {
      thin();
      add(time, value);
      return;
    }
    if (size == times.length) {
      int larger = Math.min(capacity, size * 2);
      times = Arrays.copyOf(times, larger);
      values = Arrays.copyOf(values, larger);
    }
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(values, at, values, at + 1, size - at);
    times[at] = time;
    values[at] = value;
    size++;
  }

  private void thin() {
    int kept = 0;
    for (int i = 0; i < size; i += 2) {
      int higher = i + 1 < size && values[i + 1] > values[i] ? i + 1 : i;
      times[kept] = times[higher];
      values[kept] = values[higher];
      kept++;
    }
    size = kept;
  }

  /** The first sample at or after a time; {@link #size()} when there is none. */
  public int firstAtOrAfter(long time) {
    int found = Arrays.binarySearch(times, 0, size, time);
    return found >= 0 ? found : -found - 1;
  }
}
