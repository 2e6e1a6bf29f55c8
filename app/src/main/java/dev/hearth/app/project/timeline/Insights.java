package dev.hearth.app.project.timeline;

import dev.hearth.app.project.query.GroupSummary;
import java.util.List;

/**
 * How calls went over time, in a bounded number of equal stretches, and together.
 *
 * @param from when the first stretch begins, nanoseconds since the epoch; 0 when there is nothing
 * @param stepNanos length of a stretch
 * @param stretches in order of time, without gaps
 * @param total of all stretches
 * @param functions the same by function, the most called first; never restricted to one
 */
public record Insights(
    long from,
    long stepNanos,
    List<Stretch> stretches,
    GroupSummary total,
    List<GroupSummary> functions) {
  /** The most stretches: about as many as a small chart has pixels. */
  public static final int MAX_STRETCHES = 240;

  public static final Insights NONE =
      new Insights(0, 1, List.of(), new GroupSummary("", 0, 0, 0, 0, -1, -1, -1, -1, 0), List.of());

  /**
   * What happened in a stretch.
   *
   * @param sum do not modify
   * @param p50Nanos percentiles of the durations of calls that started in it; -1 without any
   */
  public record Stretch(BucketSum sum, long p50Nanos, long p90Nanos, long p99Nanos) {}

  /** When a stretch begins; of their number when the last one ends. */
  public long start(int index) {
    return from + index * stepNanos;
  }

  /** Calls that ran at once, on average over a stretch; init counts as it does on Lambda. */
  public double concurrency(int index) {
    BucketSum sum = stretches.get(index).sum();
    return (double) (sum.busyNanos + sum.failedNanos + sum.initNanos) / stepNanos;
  }
}
