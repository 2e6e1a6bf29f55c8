package dev.hearth.app.project;

import java.util.List;

/**
 * How a pin did.
 *
 * @param requestId of the invocation that tried it; empty when none could be made
 * @param durationNanos below 0 when nothing was measured
 * @param failures in words, empty when it passed
 */
public record PinResult(Pin pin, String requestId, long durationNanos, List<String> failures) {
  public boolean passed() {
    return failures.isEmpty();
  }
}
