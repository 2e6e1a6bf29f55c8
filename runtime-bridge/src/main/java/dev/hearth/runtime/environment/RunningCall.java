package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Measurements;
import dev.hearth.runtime.event.RuntimeEvent;
import org.jspecify.annotations.Nullable;

/** What an environment knows about the call that it serves, and the result made of it. */
final class RunningCall {
  private static final long MILLI = 1_000_000;

  final Invocation invocation;
  private final EnvironmentSettings settings;
  private final String environmentId;

  /** Whether the call had to wait for an init; set when it arrives. */
  boolean coldStart;

  /** The cold start; null for a warm call. */
  @Nullable InitPhases init;

  /** Whether the init is billed on top of the duration; one inside the call is part of it. */
  boolean initBeforeCall;

  /** How long the restore of SnapStart took; negative without one. */
  long restoreNanos = -1;

  Meter.Reading reading = Meter.Reading.NONE;

  /** Set when START has been written. */
  boolean begun;

  /** What went wrong after the answer, which the caller has: the REPORT line says it. */
  private @Nullable Completion aftermath;

  /** Whether there are extensions, whose time after the runtime's is told apart. */
  boolean extended;

  private long runtimeDoneNanos;

  /** Whether the caller has its answer; the end of the call is published after that. */
  private boolean delivered;

  /** When the runtime was back after its answer; 0 while it is not. */
  private long backNanos;

  /** Claimed by the thread that ends the call. */
  private boolean ending;

  private volatile @Nullable InvokeResult result;

  RunningCall(Invocation invocation, EnvironmentSettings settings, String environmentId) {
    this.invocation = invocation;
    this.settings = settings;
    this.environmentId = environmentId;
  }

  /** Notes a failure; the first counts. What it is depends on whether the call has an answer. */
  synchronized void fail(Completion failure) {
    invocation.complete(failure);
    Completion end = invocation.completion();
    if (end != null && end.responded() && aftermath == null) {
      aftermath = failure;
    }
  }

  /**
   * The runtime is back after its answer, or gone.
   *
   * @return whether the caller has its answer, so that the call can be ended
   */
  synchronized boolean back(long nanos) {
    backNanos = nanos;
    return delivered;
  }

  /**
   * The caller has its answer.
   *
   * @return when the runtime was back; 0 when it is not yet
   */
  synchronized long delivered() {
    delivered = true;
    return backNanos;
  }

  /** Whether the calling thread is the one that ends the call. */
  synchronized boolean claimEnd() {
    boolean first = !ending;
    ending = true;
    return first;
  }

  /** Hands the result to whoever waits for it. */
  synchronized void done(InvokeResult value) {
    result = value;
    notifyAll();
  }

  boolean isDone() {
    return result != null;
  }

  /**
   * Waits until the call has been ended by another thread.
   *
   * @return null when the calling thread was interrupted; its flag stays set
   */
  synchronized @Nullable InvokeResult awaitDone() {
    while (result == null && !Thread.currentThread().isInterrupted()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return result;
  }

  /**
   * The runtime is back, or will not be; published once.
   *
   * @param nanos when it asked for its next event, or ended
   */
  void runtimeDone(long nanos, PlatformEvents events, EnvironmentLog log) {
    Completion end = invocation.completion();
    synchronized (this) {
      if (!begun || end == null || runtimeDoneNanos != 0) {
        return;
      }
      runtimeDoneNanos = nanos;
    }
    log.platform(events.runtimeDone(nanos, invocation, last(end)));
  }

  /**
   * Writes END and REPORT, publishes the end of the call, and returns what the caller gets.
   *
   * @param endedNanos when the runtime asked for its next event, or ended
   */
  InvokeResult publishEnd(
      Completion end, long endedNanos, PlatformEvents events, EnvironmentLog log) {
    String tail = "";
    Measurements measured = null;
    if (begun) {
      runtimeDone(endedNanos, events, log);
      measured = measure(end, endedNanos);
      PlatformEvent report =
          events.report(
              invocation, measured, last(end), coldStart(), extended ? runtimeDoneNanos : 0);
      tail = log.end(events.end(endedNanos, invocation), report);
    }
    InvokeResult published = result(end, measured, tail);
    log.publish(new RuntimeEvent.InvokeDone(endedNanos, published));
    return published;
  }

  private ColdStart coldStart() {
    InitPhases phases = init;
    return phases == null || !initBeforeCall
        ? ColdStart.NONE
        : new ColdStart(phases.total(), restoreNanos);
  }

  /** The numbers of the call (lifecycle.md section 5). */
  private Measurements measure(Completion end, long endedNanos) {
    long started = invocation.startedNanos();
    Completion last = last(end);
    long until = last.responded() ? endedNanos : last.nanos();
    long duration = Math.max(0, until - started);
    long billed = duration;
    if ("timeout".equals(last.status())) {
      billed = Math.min(duration, invocation.deadlineNanos() - started);
    }
    ColdStart cold = coldStart();
    if (cold.restoreNanos() < 0 && cold.initNanos() >= 0) {
      billed += cold.initNanos();
    }
    return new Measurements(
        invocation.queuedNanos(),
        started,
        end.responded() ? end.nanos() : 0,
        endedNanos,
        duration,
        (billed + MILLI - 1) / MILLI + (cold.restoreNanos() < 0 ? 0 : cold.billedRestoreMillis()),
        reading.peakBytes(),
        reading.cpuNanos());
  }

  private synchronized Completion last(Completion end) {
    Completion later = aftermath;
    return later == null ? end : later;
  }

  private InvokeResult result(Completion end, @Nullable Measurements measured, String logTail) {
    return new InvokeResult(
        invocation.requestId(),
        settings.function(),
        environmentId,
        end.outcome(),
        init,
        measured,
        settings.isProvisioned(),
        logTail);
  }
}
