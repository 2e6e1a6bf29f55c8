package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InvokeOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The one decision about how a call ended.
 *
 * @param nanos monotonic time at which the response was complete or the call was given up
 * @param responded whether the runtime answered; it then stays and asks for its next event
 * @param status the {@code Status:} of the REPORT line; null when it has none
 * @param errorType the {@code Error Type:} of the REPORT line; null when it has none
 * @param firstByteNanos when the response began to arrive; 0 when there was none
 * @param producedBytes bytes of the response
 */
record Completion(
    InvokeOutcome outcome,
    long nanos,
    boolean responded,
    @Nullable String status,
    @Nullable String errorType,
    long firstByteNanos,
    long producedBytes) {

  /** The runtime answered and goes on. */
  static Completion answered(
      InvokeOutcome outcome, long nanos, long firstByteNanos, long producedBytes) {
    return new Completion(outcome, nanos, true, null, null, firstByteNanos, producedBytes);
  }

  /** The runtime did not answer; its processes are ended. */
  static Completion failed(
      InvokeOutcome outcome, @Nullable String status, @Nullable String errorType) {
    return new Completion(outcome, System.nanoTime(), false, status, errorType, 0, 0);
  }
}
