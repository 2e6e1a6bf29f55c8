package dev.hearth.runtime.event;

/**
 * What was measured in one invocation. {@link #UNMEASURED} where this machine could not tell.
 *
 * @param queuedNanos monotonic time at which the call was accepted
 * @param startedNanos monotonic time at which the event was handed to the runtime
 * @param respondedNanos monotonic time at which the response was complete; 0 when there was none
 * @param endedNanos monotonic time at which the runtime asked for the next event, or ended
 * @param durationNanos handed over until the runtime and its extensions were back for the next
 *     event, or were killed: REPORT's Duration (lifecycle.md section 1)
 * @param billedMillis whole milliseconds, init included on a cold start (lifecycle.md section 5)
 * @param peakMemoryBytes highest resident memory of the process group during this invocation
 * @param cpuNanos CPU time used by the process group during this invocation
 */
public record Measurements(
    long queuedNanos,
    long startedNanos,
    long respondedNanos,
    long endedNanos,
    long durationNanos,
    long billedMillis,
    long peakMemoryBytes,
    long cpuNanos) {
  public static final long UNMEASURED = -1;
}
