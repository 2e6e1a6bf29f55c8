package dev.hearth.runtime.event;

import dev.hearth.runtime.function.DeployedFunction;
import org.jspecify.annotations.Nullable;

/**
 * One finished invocation: what the caller gets and what was measured.
 *
 * @param function what ran; null when nothing could be started
 * @param environmentId which environment served it; null when none did
 * @param init the cold start that this call waited for; null for a warm call
 * @param measurements null when no environment served it
 * @param provisioned whether its environment had been started ahead of any call, which has another
 *     price
 * @param logTail the last 4 KB of its log, START to REPORT, as Lambda's LogResult (not yet base64)
 */
public record InvokeResult(
    String requestId,
    @Nullable DeployedFunction function,
    @Nullable String environmentId,
    InvokeOutcome outcome,
    @Nullable InitPhases init,
    @Nullable Measurements measurements,
    boolean provisioned,
    String logTail) {
  /** A call that no environment served which was started ahead. */
  public InvokeResult(
      String requestId,
      @Nullable DeployedFunction function,
      @Nullable String environmentId,
      InvokeOutcome outcome,
      @Nullable InitPhases init,
      @Nullable Measurements measurements,
      String logTail) {
    this(requestId, function, environmentId, outcome, init, measurements, false, logTail);
  }

  public boolean succeeded() {
    return outcome instanceof InvokeOutcome.Succeeded;
  }

  public boolean coldStart() {
    return init != null;
  }
}
