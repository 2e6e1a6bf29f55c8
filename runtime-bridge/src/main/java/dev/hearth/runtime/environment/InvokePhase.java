package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.DeployedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Serves the calls of one environment, one after the other: an init when there is no process, the
 * event, the answer, and the wait until the runtime is back (lifecycle.md sections 1 to 3). A call
 * that got no answer ends with its processes killed; the environment stays and starts new ones
 * inside its next call.
 */
final class InvokePhase implements RuntimeDomain.Owner {
  private final EnvironmentSettings settings;
  private final EnvironmentLog log;
  private final EnvironmentLife life;
  private final Initializer initializer;
  private final Observer observer;

  /** Hears what a call means for the environment. */
  interface Observer {
    /** The caller has its answer, the runtime is not back yet. */
    void answered();

    /**
     * A call is over.
     *
     * @param reason why the environment ends with it; null when it stays
     */
    void callEnded(@Nullable GoneReason reason);
  }

  InvokePhase(
      EnvironmentSettings settings,
      EnvironmentLog log,
      EnvironmentLife life,
      Initializer initializer,
      Observer observer) {
    this.settings = settings;
    this.log = log;
    this.life = life;
    this.initializer = initializer;
    this.observer = observer;
  }

  private DeployedFunction function() {
    return settings.function();
  }

  /**
   * Initialises ahead of any call, on the calling thread.
   *
   * @param nobody stands for the call that is not there yet; ending it ends the init
   * @return false when the init failed: the environment ends then
   */
  boolean prepare(Invocation nobody, long timeoutNanos) {
    RunningCall running = new RunningCall(nobody, settings, log.environmentId());
    if (life.arrive(running)) {
      nobody.cancel();
    }
    boolean ready = false;
    if (!nobody.isDone()) {
      initialize(running, "init", timeoutNanos);
      ready = life.process() != null && !nobody.isDone();
    }
    GoneReason reason = life.afterCall(new InvokeOutcome.Succeeded(new byte[0]), ready);
    observer.callEnded(reason);
    return ready;
  }

  /** Serves a call on the calling thread and returns when it is over. */
  InvokeResult serve(Invocation invocation) {
    RunningCall running = new RunningCall(invocation, settings, log.environmentId());
    boolean first = life.state() == EnvironmentState.STARTING;
    if (life.arrive(running)) {
      invocation.cancel();
    }
    if (first && !invocation.isDone()) {
      running.initBeforeCall = true;
      initialize(running, "init", initializer.timeoutNanos());
    }
    if (!invocation.isDone()) {
      begin(running);
      RuntimeDomain runtime = life.process();
      if (runtime == null && !invocation.isDone()) {
        running.initBeforeCall = false;
        initialize(running, "invoke", invocation.deadlineNanos() - System.nanoTime());
        runtime = life.process();
      }
      if (runtime != null && !invocation.isDone()) {
        return run(running, runtime);
      }
    }
    return giveUp(running);
  }

  /** Starts a process and waits for its init; a failure of an init inside the call ends it. */
  private void initialize(RunningCall running, String phase, long timeoutNanos) {
    boolean inside = phase.equals("invoke");
    if (inside) {
      life.to(EnvironmentState.STARTING);
    }
    Initializer.Attempt attempt =
        initializer.run(phase, timeoutNanos, running.invocation, this, this::initializing);
    running.init = attempt.phases();
    running.restoreNanos = attempt.restoreNanos();
    running.reading = attempt.reading();
    if (attempt.outcome() instanceof InitOutcome.Ready) {
      if (inside) {
        life.to(EnvironmentState.INVOKING);
      }
      return;
    }
    life.process(null);
    if (inside
        || attempt.outcome() instanceof InitOutcome.NotStarted
        || attempt.outcome() instanceof InitOutcome.RestoreFailed) {
      running.invocation.complete(
          Failures.of(attempt.outcome(), running.invocation.requestId(), function()));
    }
  }

  /** The process runs; from now on the monitor watches it. */
  private void initializing(RuntimeDomain started) {
    life.process(started);
    life.to(EnvironmentState.INIT);
    settings.shared().monitor().nudge(System.nanoTime());
  }

  private void begin(RunningCall running) {
    Invocation invocation = running.invocation;
    String requestId = invocation.requestId();
    long now;
    synchronized (life) {
      RuntimeDomain process = life.process();
      if (life.state() == EnvironmentState.FROZEN && process != null) {
        process.thaw();
      }
      now = System.nanoTime();
      invocation.start(now, function().configuration().timeout());
      running.begun = true;
      log.begin(requestId);
      settings
          .shared()
          .traces()
          .collector()
          .begin(invocation.origin().traceId(), log.environmentId(), requestId, now, log::masked);
      log.publish(
          new RuntimeEvent.InvokeStarted(
              now, requestId, log.environmentId(), function(), running.coldStart));
      life.to(EnvironmentState.INVOKING);
      log.platform(initializer.events().start(now, invocation));
      if (process != null) {
        process.meter().begin();
      }
    }
    settings.shared().monitor().nudge(now);
  }

  private InvokeResult run(RunningCall running, RuntimeDomain runtime) {
    Invocation invocation = running.invocation;
    try {
      runtime.call(invocation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    InitOutcome broken = runtime.breakdown();
    if (broken != null) {
      // It broke down between its init and this call, when nobody was there to hear of it.
      running.fail(failure(running, broken));
    }
    Completion end = invocation.await();
    if (end == null) {
      cancel(invocation);
      end = invocation.completion();
    }
    if (end == null || !end.responded()) {
      return giveUp(running);
    }
    observer.answered();
    invocation.answer(end.outcome());
    long back = running.delivered();
    if (back != 0) {
      finish(running, back, life.process());
    } else {
      runtime.awaitReady(() -> running.isDone() || Thread.currentThread().isInterrupted());
    }
    InvokeResult result = running.awaitDone();
    return result != null ? result : stopAfterAnswer(running, runtime);
  }

  /** The caller does not want to wait for the runtime any more. */
  private InvokeResult stopAfterAnswer(RunningCall running, RuntimeDomain runtime) {
    running.fail(Failures.cancelled());
    runtime.kill();
    boolean interrupted = Thread.interrupted();
    InvokeResult result = running.awaitDone();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result != null ? result : noResult(running);
  }

  private static InvokeResult noResult(RunningCall running) {
    throw new IllegalStateException("Call " + running.invocation.requestId() + " has no result");
  }

  /** Ends a call that got no answer: its processes are killed, the environment stays. */
  private InvokeResult giveUp(RunningCall running) {
    RuntimeDomain runtime = life.process();
    Completion end = running.invocation.completion();
    if (runtime != null && end != null) {
      running.extended = !runtime.extensions().isEmpty();
      running.runtimeDone(System.nanoTime(), initializer.events(), log);
      // A reset with extensions takes up to two seconds, which the caller need not wait for.
      running.invocation.answer(end.outcome());
      runtime.end("timeout".equals(end.status()) ? "timeout" : "failure");
      running.reading = runtime.meter().last();
      life.process(null);
    }
    finish(running, System.nanoTime(), null);
    InvokeResult result = running.awaitDone();
    return result != null ? result : noResult(running);
  }

  /**
   * Publishes the end of a call; the first thread that comes does it.
   *
   * @param runtime the process that goes on; null when it has gone
   */
  private void finish(RunningCall running, long endedNanos, @Nullable RuntimeDomain runtime) {
    if (!running.claimEnd()) {
      return;
    }
    if (runtime != null) {
      running.extended = !runtime.extensions().isEmpty();
      running.reading = runtime.meter().end(endedNanos - running.invocation.startedNanos());
      runtime.drainOutput();
    }
    Completion end = running.invocation.completion();
    if (end == null) {
      throw new IllegalStateException("A call ends with a completion");
    }
    InvokeResult result = running.publishEnd(end, endedNanos, initializer.events(), log);
    // The environment is given back first: whoever has the result may call again at once.
    observer.callEnded(life.afterCall(end.outcome(), running.begun));
    running.done(result);
  }

  @Override
  public void runtimeReady(long nanos) {
    RunningCall running = life.call();
    if (running != null) {
      running.runtimeDone(nanos, initializer.events(), log);
    }
  }

  @Override
  public void ready(long nanos) {
    RunningCall running = life.call();
    RuntimeDomain runtime = life.process();
    if (running != null && running.back(nanos)) {
      finish(running, nanos, runtime);
    }
  }

  @Override
  public void broken(RuntimeDomain domain, InitOutcome why) {
    RunningCall running;
    synchronized (life) {
      if (life.process() != domain || life.state() == EnvironmentState.INIT) {
        return;
      }
      running = life.call();
      if (running == null) {
        life.process(null);
      }
    }
    if (running == null) {
      domain.end("failure");
      return;
    }
    running.fail(failure(running, why));
    Completion end = running.invocation.completion();
    if (end != null && end.responded()) {
      endedAfterAnswer(running, domain, why);
    }
  }

  private Completion failure(RunningCall running, InitOutcome why) {
    return Failures.of(why, running.invocation.requestId(), function());
  }

  /** The process answered and ended without asking for another event. */
  private void endedAfterAnswer(RunningCall running, RuntimeDomain ended, InitOutcome why) {
    running.extended = !ended.extensions().isEmpty();
    running.runtimeDone(System.nanoTime(), initializer.events(), log);
    ended.end(why instanceof InitOutcome.TimedOut ? "timeout" : "failure");
    running.reading = ended.meter().last();
    life.process(null);
    long now = System.nanoTime();
    if (running.back(now)) {
      finish(running, now, null);
    }
  }

  /**
   * Stops a call: its processes are killed and the environment ends.
   *
   * @return false when the call has ended already
   */
  boolean cancel(Invocation invocation) {
    boolean stopped = invocation.complete(Failures.cancelled());
    synchronized (life) {
      RunningCall running = life.call();
      RuntimeDomain process = life.process();
      if (stopped && running != null && running.invocation == invocation && process != null) {
        process.endInit(new InitOutcome.Abandoned());
        process.kill();
      }
    }
    return stopped;
  }
}
