package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.FunctionConfiguration;

/**
 * Holds a running init or call to the function's memory and time (lifecycle.md section 3). A limit
 * that is passed decides how the call ends and kills the processes; whoever waits finds both.
 */
final class LimitWatch {
  private final int timeoutSeconds;
  private final long memoryBytes;
  private final SamplingPace pace = new SamplingPace();

  LimitWatch(FunctionConfiguration configuration) {
    this.timeoutSeconds = configuration.timeout();
    this.memoryBytes = (long) configuration.memorySize() << 20;
  }

  /**
   * Looks once.
   *
   * @return monotonic time at which to look again
   */
  long watch(long now, RuntimeDomain runtime, RunningCall running) {
    Invocation invocation = running.invocation;
    long deadline = now + EnvironmentMonitor.REST_NANOS;
    if (running.begun) {
      long due = invocation.startedNanos() + EnvironmentMonitor.TICK_NANOS;
      if (now - due < 0) {
        return due;
      }
      if (now - invocation.deadlineNanos() >= 0) {
        running.fail(Failures.timedOut(invocation.requestId(), timeoutSeconds));
        runtime.endInit(new InitOutcome.TimedOut());
        runtime.stop(new InitOutcome.TimedOut());
        return now + EnvironmentMonitor.TICK_NANOS;
      }
      deadline = invocation.deadlineNanos();
    }
    long next = look(now, runtime, running);
    return deadline - next < 0 ? deadline : next;
  }

  /** At the memory, if it is time. */
  private long look(long now, RuntimeDomain runtime, RunningCall running) {
    Invocation invocation = running.invocation;
    if (!pace.due(now, running.begun ? invocation.startedNanos() : 0)) {
      return pace.dueAt();
    }
    boolean limitIsOurs = runtime.meter().limitIsOurs();
    long bytes = runtime.meter().sample(now);
    if (bytes > memoryBytes && limitIsOurs) {
      if (running.begun) {
        running.fail(Failures.outOfMemory(invocation.requestId()));
      }
      runtime.endInit(new InitOutcome.OutOfMemory());
      runtime.kill();
    }
    return pace.looked(now, bytes, limitIsOurs ? memoryBytes - bytes : SamplingPace.NO_LIMIT);
  }
}
