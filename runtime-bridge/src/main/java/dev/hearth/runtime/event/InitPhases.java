package dev.hearth.runtime.event;

/**
 * A cold start and what it was made of. Durations in nanoseconds; {@link #UNMEASURED} where a part
 * could not be told apart (a custom runtime does not say when it loads its code).
 *
 * @param startedNanos monotonic time at which the process was asked for
 * @param total from there until the runtime asked for its first event
 * @param processStart until the new program was running
 * @param runtimeBoot from there until the runtime client began to load the handler
 * @param handlerImport loading the handler's module or class with its static code
 */
public record InitPhases(
    long startedNanos, long total, long processStart, long runtimeBoot, long handlerImport) {
  public static final long UNMEASURED = -1;
}
