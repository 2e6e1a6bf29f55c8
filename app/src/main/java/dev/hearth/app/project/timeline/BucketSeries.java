package dev.hearth.app.project.timeline;

import java.util.List;

/**
 * The sums of a lane at one level of detail, in order of time; stretches in which nothing happened
 * are left out.
 *
 * @param level of {@link TimelineLevels}
 * @param numbers of the stretches
 * @param sums as many as numbers; do not modify
 */
@SuppressWarnings("ArrayRecordComponent")
public record BucketSeries(int level, long[] numbers, List<BucketSum> sums) {
  public int size() {
    return numbers.length;
  }

  /** When a stretch begins, nanoseconds since the epoch. */
  public long start(int index) {
    return numbers[index] * TimelineLevels.nanos(level);
  }

  /** Length of a stretch, nanoseconds. */
  public long nanos() {
    return TimelineLevels.nanos(level);
  }

  public BucketSum sum(int index) {
    return sums.get(index);
  }

  /** The first stretch that ends after a time; {@link #size()} when there is none. */
  public int firstEndingAfter(long time) {
    long wanted = Math.floorDiv(time, TimelineLevels.nanos(level));
    int low = 0;
    int high = numbers.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (numbers[middle] >= wanted) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
