package dev.hearth.app.project.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;

/**
 * What happened in one stretch of time. A call counts where it started; its time is added to every
 * stretch that it ran in, so that a long call is seen in all of them. Nanoseconds, bytes and 10^-12
 * dollars. Mutable: sums are added up millions of times.
 */
public final class BucketSum {
  public long calls;
  public long cold;
  public long errors;
  public long throttled;

  /** Time in calls that went well. */
  public long busyNanos;

  /** Time in calls that failed. */
  public long failedNanos;

  /** Time in cold starts. */
  public long initNanos;

  public long peakBytes;
  public long costPicoUsd;

  /** Adds what a call counts where it started. */
  public void count(InvocationRecord record) {
    if (record.status() == InvocationStatus.THROTTLED) {
      throttled++;
      return;
    }
    calls++;
    cold += record.coldStart() ? 1 : 0;
    errors += isError(record.status()) ? 1 : 0;
    peakBytes = Math.max(peakBytes, record.peakMemoryBytes());
    costPicoUsd += record.costPicoUsd();
  }

  /** Failed calls without throttled and cancelled ones. */
  public static boolean isError(InvocationStatus status) {
    return status.failed()
        && status != InvocationStatus.THROTTLED
        && status != InvocationStatus.CANCELLED;
  }

  public void add(BucketSum other) {
    calls += other.calls;
    cold += other.cold;
    errors += other.errors;
    throttled += other.throttled;
    busyNanos += other.busyNanos;
    failedNanos += other.failedNanos;
    initNanos += other.initNanos;
    peakBytes = Math.max(peakBytes, other.peakBytes);
    costPicoUsd += other.costPicoUsd;
  }

  /** The figures in a fixed order, for codecs and comparisons. */
  public long[] toArray() {
    return new long[] {
      calls, cold, errors, throttled, busyNanos, failedNanos, initNanos, peakBytes, costPicoUsd
    };
  }

  /** Takes figures in the order of {@link #toArray()}. */
  public static BucketSum of(long[] figures) {
    BucketSum sum = new BucketSum();
    sum.calls = figures[0];
    sum.cold = figures[1];
    sum.errors = figures[2];
    sum.throttled = figures[3];
    sum.busyNanos = figures[4];
    sum.failedNanos = figures[5];
    sum.initNanos = figures[6];
    sum.peakBytes = figures[7];
    sum.costPicoUsd = figures[8];
    return sum;
  }
}
