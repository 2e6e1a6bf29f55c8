package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Measurements;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.DeployedFunction;
import org.jspecify.annotations.Nullable;

/** What an environment knows about the call that it serves, and the result made of it. */
final class RunningCall {
  private static final long MILLI = 1_000_000;

  final Invocation invocation;
  final boolean coldStart;
  private final DeployedFunction function;
  private final String environmentId;

  /** The cold start; null for a warm call. */
  @Nullable InitPhases init;

  /** Whether the init is billed on top of the duration; one inside the call is part of it. */
  boolean initBeforeCall;

  Meter.Reading reading = Meter.Reading.NONE;

  /** Set when START has been written. */
  boolean begun;

  /** Set when {@link #reading} is final; the end of the call is published after that. */
  boolean measured;

  /** When the runtime asked for its next event; 0 while it has not. */
  long readyNanos;

  /** Claimed by the thread that ends the call. */
  boolean ending;

  volatile @Nullable InvokeResult result;

  RunningCall(
      Invocation invocation, boolean coldStart, DeployedFunction function, String environmentId) {
    this.invocation = invocation;
    this.coldStart = coldStart;
    this.function = function;
    this.environmentId = environmentId;
  }

  /**
   * Writes END and REPORT, publishes the end of the call, and returns what the caller gets.
   *
   * @param endedNanos when the runtime asked for its next event, or ended
   */
  InvokeResult publishEnd(Completion end, long endedNanos, EnvironmentLog log) {
    String tail = "";
    Measurements measured = null;
    if (begun) {
      measured = measure(end, endedNanos);
      tail = log.end(endedNanos, endLine(), report(end, measured));
    }
    InvokeResult published = result(end, measured, tail);
    log.publish(new RuntimeEvent.InvokeDone(endedNanos, published));
    return published;
  }

  /** What a caller gets who does not wait for a runtime that is slow to come back. */
  InvokeResult earlyResult(Completion end, EnvironmentLog log) {
    Measurements measured = measure(end, end.nanos());
    return result(end, measured, log.tailWith(endLine(), report(end, measured)));
  }

  private String endLine() {
    return ReportLine.end(invocation.requestId());
  }

  /** The numbers of the call (lifecycle.md section 5). */
  private Measurements measure(Completion end, long endedNanos) {
    long started = invocation.startedNanos();
    long duration = Math.max(0, end.nanos() - started);
    long billed = duration;
    if ("timeout".equals(end.status())) {
      billed = Math.min(duration, invocation.deadlineNanos() - started);
    }
    InitPhases cold = init;
    if (cold != null && initBeforeCall) {
      billed += cold.total();
    }
    return new Measurements(
        invocation.queuedNanos(),
        started,
        end.responded() ? end.nanos() : 0,
        endedNanos,
        duration,
        (billed + MILLI - 1) / MILLI,
        reading.peakBytes(),
        reading.cpuNanos());
  }

  private String report(Completion end, Measurements measured) {
    InitPhases cold = init;
    return ReportLine.report(
        invocation.requestId(),
        measured,
        function.configuration().memorySize(),
        cold != null && initBeforeCall ? cold.total() : -1,
        end);
  }

  private InvokeResult result(Completion end, @Nullable Measurements measured, String logTail) {
    return new InvokeResult(
        invocation.requestId(), function, environmentId, end.outcome(), init, measured, logTail);
  }
}
