package dev.hearth.app.project;

import org.jspecify.annotations.Nullable;

/**
 * One row of the invocation history: everything but the large parts, which {@link InvocationDetail}
 * holds. Times are nanoseconds since the epoch, durations nanoseconds; {@link #UNMEASURED} where
 * nothing was measured.
 *
 * @param requestId Lambda's request id, unique
 * @param sourceVersion number of the source version that ran; 0 when unknown
 * @param environmentId the environment that served it; null when none did
 * @param errorType Lambda's error type; null unless failed
 * @param queuedAt when the call was accepted
 * @param startedAt when the event was handed to the runtime; {@link #UNMEASURED} when it never was
 * @param initNanos the cold start that the call waited for; 0 for a warm call
 * @param memoryMb the configured memory
 * @param costPicoUsd what Lambda would have charged, in 10^-12 dollars, by the price list in force
 */
public record InvocationRecord(
    String requestId,
    long functionId,
    String functionName,
    int sourceVersion,
    @Nullable String environmentId,
    InvocationStatus status,
    @Nullable String errorType,
    boolean coldStart,
    long queuedAt,
    long startedAt,
    long initNanos,
    long durationNanos,
    long billedMillis,
    int memoryMb,
    long peakMemoryBytes,
    long cpuNanos,
    long costPicoUsd) {
  public static final long UNMEASURED = -1;
}
