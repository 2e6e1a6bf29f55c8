package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.FunctionConfiguration;

/**
 * Holds a running init or call to the function's memory and time (lifecycle.md section 3). A limit
 * that is passed decides how the call ends and kills the processes; whoever waits finds both.
 */
final class LimitWatch {
  private final int timeoutSeconds;
  private final long memoryBytes;

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
    long next = now + EnvironmentMonitor.TICK_NANOS;
    if (running.begun) {
      long due = invocation.startedNanos() + EnvironmentMonitor.TICK_NANOS;
      if (now - due < 0) {
        return due;
      }
      if (now - invocation.deadlineNanos() >= 0) {
        running.fail(Failures.timedOut(invocation.requestId(), timeoutSeconds));
        runtime.endInit(new InitOutcome.TimedOut());
        runtime.stop(new InitOutcome.TimedOut());
        return next;
      }
      if (invocation.deadlineNanos() - next < 0) {
        next = invocation.deadlineNanos();
      }
    }
    if (runtime.meter().sample(now) > memoryBytes && runtime.meter().limitIsOurs()) {
      if (running.begun) {
        running.fail(Failures.outOfMemory(invocation.requestId()));
      }
      runtime.endInit(new InitOutcome.OutOfMemory());
      runtime.kill();
    }
    return next;
  }
}
