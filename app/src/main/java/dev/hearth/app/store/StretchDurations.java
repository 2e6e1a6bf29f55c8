package dev.hearth.app.store;

import org.jspecify.annotations.Nullable;

/** Sorts the durations of calls by the stretch of time that they were accepted in. */
final class StretchDurations {
  private final long from;
  private final long stepNanos;
  private final FactRows.@Nullable Numbers[] stretches;

  StretchDurations(long from, long stepNanos, int count) {
    this.from = from;
    this.stepNanos = stepNanos;
    this.stretches = new FactRows.Numbers[count];
  }

  void add(FactSegment segment, int row) {
    long duration = segment.durations[row];
    long index = Math.floorDiv(segment.ids[row] - from, stepNanos);
    if (duration < 0 || index < 0 || index >= stretches.length) {
      return;
    }
    FactRows.Numbers numbers = stretches[(int) index];
    if (numbers == null) {
      numbers = new FactRows.Numbers(16);
      stretches[(int) index] = numbers;
    }
    numbers.add(duration);
  }

  /** The durations of a stretch in order; none when nothing was measured in it. */
  long[] sorted(int index) {
    FactRows.Numbers numbers = stretches[index];
    long[] sorted = numbers == null ? new long[0] : numbers.toArray();
    RadixOrder.sort(sorted);
    return sorted;
  }
}
