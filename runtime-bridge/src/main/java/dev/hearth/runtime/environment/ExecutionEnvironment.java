package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.sandbox.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment: an identity, a private folder and one runtime process at a time, which
 * serves one call at a time (lifecycle.md sections 1 to 3). Its pool calls {@link #invoke} on the
 * caller's thread; the monitor, the runtime's connections and the end of the process report from
 * theirs.
 */
public final class ExecutionEnvironment
    implements RuntimeProcess.Owner, EnvironmentMonitor.Watched {
  /** Idle this long, the processes are stopped: long enough that calls in a row never pay. */
  private static final long FREEZE_AFTER_NANOS = 5_000_000;

  /**
   * How long a caller waits for the runtime to be ready again before it gets its answer. Long
   * enough for a busy machine: a caller that comes back before the runtime does would get a cold
   * start.
   */
  private static final long READY_NANOS = 50_000_000;

  private final EnvironmentSettings settings;
  private final Owner owner;
  private final String id;
  private final EnvironmentLog log;
  private final Path tmp;
  private final Initializer initializer;
  private final LimitWatch limits;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private final EnvironmentLife life;
  private @Nullable RuntimeProcess process;
  private @Nullable RunningCall call;

  /** The pool that an environment belongs to. Called without any lock of the environment. */
  public interface Owner {
    /** The caller has its answer while the runtime is not ready for another call yet. */
    void answered(ExecutionEnvironment environment);

    /** The environment can serve another call. */
    void idle(ExecutionEnvironment environment);

    /** It will not serve any more. */
    void gone(ExecutionEnvironment environment);
  }

  /**
   * A new environment; its process is started by the first {@link #invoke}.
   *
   * @throws IOException when its private folder can't be made
   */
  ExecutionEnvironment(EnvironmentSettings settings, Owner owner) throws IOException {
    this.settings = settings;
    this.owner = owner;
    this.id = Identifiers.environmentId();
    this.log = new EnvironmentLog(id, settings.shared().events());
    this.tmp = PrivateFolder.create(settings.shared().scratch(), id);
    settings.shared().sandbox().ownScratch(tmp);
    this.life = new EnvironmentLife(log);
    this.initializer = new Initializer(settings, log, tmp);
    this.limits = new LimitWatch(settings.function().configuration());
    settings.shared().monitor().add(this);
    long now = System.nanoTime();
    log.publish(
        new RuntimeEvent.EnvironmentStarted(
            now,
            id,
            settings.function(),
            settings.shared().sandbox().description(),
            settings.plan().notes()));
    life.publish(now);
  }

  public String id() {
    return id;
  }

  public DeployedFunction function() {
    return settings.function();
  }

  /** Done when the processes have gone and the last event is published. */
  public CompletableFuture<Void> whenGone() {
    return gone;
  }

  /** Does something when the environment has gone, on the thread that ends it. */
  public void whenGone(Runnable action) {
    CompletableFuture<Void> unused = gone.thenRun(action);
  }

  /** Keeps the environment for a call that will come; false when it is busy or ending. */
  public synchronized boolean reserve() {
    return call == null && life.reserve();
  }

  /** The call did not come. */
  public void cancelReservation() {
    GoneReason reason;
    synchronized (this) {
      reason = life.cancelReservation();
    }
    if (reason == null) {
      owner.idle(this);
    } else {
      end(reason, false);
    }
  }

  /**
   * Serves a call on the calling thread and returns what the caller gets. Interrupting the thread
   * cancels the call. Usually the runtime is ready for the next call when this returns; when it
   * takes more than some milliseconds over it, the end of the call is published later.
   */
  public InvokeResult invoke(Invocation invocation) {
    boolean first;
    RunningCall running;
    synchronized (this) {
      first = life.state() == EnvironmentState.STARTING;
      running = new RunningCall(invocation, first || process == null, settings.function(), id);
      call = running;
      if (life.arrive()) {
        invocation.cancel();
      }
    }
    if (first && !invocation.isDone()) {
      running.initBeforeCall = true;
      initialize(running, "init", settings.shared().initTimeoutNanos());
    }
    if (!invocation.isDone()) {
      begin(running);
      RuntimeProcess runtime = process();
      if (runtime == null && !invocation.isDone()) {
        running.initBeforeCall = false;
        initialize(running, "invoke", invocation.deadlineNanos() - System.nanoTime());
        runtime = process();
      }
      if (runtime != null && !invocation.isDone()) {
        return run(running, runtime);
      }
    }
    return giveUp(running);
  }

  private synchronized @Nullable RuntimeProcess process() {
    return process;
  }

  /** Starts a process and waits for its init; a failure of an init inside the call ends it. */
  private void initialize(RunningCall running, String phase, long timeoutNanos) {
    if (phase.equals("invoke")) {
      transition(EnvironmentState.STARTING);
    }
    Initializer.Attempt attempt =
        initializer.run(phase, timeoutNanos, running.invocation, this, this::initializing);
    running.init = attempt.phases();
    boolean ready = attempt.outcome() instanceof InitOutcome.Ready;
    synchronized (this) {
      if (!ready) {
        process = null;
      }
    }
    if (ready) {
      if (phase.equals("invoke")) {
        transition(EnvironmentState.INVOKING);
      }
    } else if (phase.equals("invoke") || attempt.outcome() instanceof InitOutcome.NotStarted) {
      running.invocation.complete(
          Failures.ofInit(attempt.outcome(), running.invocation.requestId(), settings.function()));
    }
  }

  /** The process runs; from now on the monitor watches it. */
  private void initializing(RuntimeProcess started) {
    synchronized (this) {
      process = started;
    }
    transition(EnvironmentState.INIT);
    settings.shared().monitor().nudge(System.nanoTime());
  }

  private void begin(RunningCall running) {
    Invocation invocation = running.invocation;
    long now;
    synchronized (this) {
      if (life.state() == EnvironmentState.FROZEN && process != null) {
        process.thaw();
      }
      now = System.nanoTime();
      invocation.start(now, settings.function().configuration().timeout());
      running.begun = true;
      log.begin(invocation.requestId());
      log.publish(
          new RuntimeEvent.InvokeStarted(
              now, invocation.requestId(), id, settings.function(), running.coldStart));
      transition(EnvironmentState.INVOKING);
      log.platform(now, ReportLine.start(invocation.requestId(), settings.function().version()));
      if (process != null) {
        process.meter().begin();
      }
    }
    settings.shared().monitor().nudge(now);
  }

  private InvokeResult run(RunningCall running, RuntimeProcess runtime) {
    Invocation invocation = running.invocation;
    try {
      runtime.call(invocation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ExitStatus exit = runtime.exitStatus();
    if (exit != null) {
      // It ended between its init and this call, when nobody was there to hear of it.
      completeByExit(invocation, runtime, exit);
    }
    Completion end = invocation.await();
    if (end == null) {
      cancel(invocation);
      end = invocation.completion();
    }
    if (end == null || !end.responded()) {
      return giveUp(running);
    }
    running.reading = runtime.meter().end(end.nanos() - invocation.startedNanos());
    owner.answered(this);
    invocation.answer(end.outcome());
    long readyNanos;
    synchronized (this) {
      running.measured = true;
      readyNanos = running.readyNanos;
    }
    if (readyNanos != 0) {
      finish(running, readyNanos);
    } else {
      awaitReady(running, runtime);
    }
    InvokeResult result = running.result;
    if (result != null) {
      return result;
    }
    runtime.drainOutput();
    InvokeResult early = running.earlyResult(end, log);
    result = running.result;
    return result != null ? result : early;
  }

  private void awaitReady(RunningCall running, RuntimeProcess runtime) {
    long until = System.nanoTime() + READY_NANOS;
    runtime.awaitReady(until);
    synchronized (this) {
      while (running.result == null && !Thread.currentThread().isInterrupted()) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return;
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Ends a call that got no answer: its processes are killed, the environment stays. */
  private InvokeResult giveUp(RunningCall running) {
    Invocation invocation = running.invocation;
    RuntimeProcess runtime;
    synchronized (this) {
      runtime = process;
      running.measured = true;
    }
    if (runtime != null) {
      runtime.end();
      running.reading = runtime.meter().last();
      synchronized (this) {
        process = null;
      }
    }
    finish(running, System.nanoTime());
    InvokeResult result = running.result;
    if (result == null) {
      throw new IllegalStateException("Call " + invocation.requestId() + " has no result");
    }
    return result;
  }

  /** Publishes the end of a call; the first thread that comes does it. */
  private void finish(RunningCall running, long endedNanos) {
    RuntimeProcess runtime;
    synchronized (this) {
      if (running.ending) {
        return;
      }
      running.ending = true;
      runtime = process;
    }
    if (runtime != null) {
      runtime.drainOutput();
    }
    Completion end = running.invocation.completion();
    if (end == null) {
      throw new IllegalStateException("A call ends with a completion");
    }
    InvokeResult result = running.publishEnd(end, endedNanos, log);
    release(running, result, end);
  }

  /** Gives the environment back first: whoever has the result may call again at once. */
  private void release(RunningCall running, InvokeResult result, Completion end) {
    GoneReason reason;
    synchronized (this) {
      call = null;
      reason = life.afterCall(end.outcome(), running.begun);
    }
    if (reason == null) {
      owner.idle(this);
    } else {
      owner.gone(this);
      endLater(reason);
    }
    synchronized (this) {
      running.result = result;
      notifyAll();
    }
  }

  @Override
  public void ready(long nanos) {
    RunningCall running;
    synchronized (this) {
      running = call;
      if (running == null) {
        return;
      }
      running.readyNanos = nanos;
      if (!running.measured) {
        return;
      }
    }
    finish(running, nanos);
  }

  @Override
  public void ended(RuntimeProcess ended, ExitStatus status) {
    RunningCall running;
    synchronized (this) {
      if (process != ended || life.state() == EnvironmentState.INIT) {
        return;
      }
      running = call;
      if (running == null) {
        process = null;
      }
    }
    if (running == null) {
      ended.end();
      return;
    }
    completeByExit(running.invocation, ended, status);
    Completion end = running.invocation.completion();
    if (end != null && end.responded()) {
      endedAfterAnswer(running, ended);
    }
  }

  private void completeByExit(Invocation invocation, RuntimeProcess ended, ExitStatus status) {
    invocation.complete(
        Failures.ofExit(
            status,
            invocation.requestId(),
            ended.meter().last().peakBytes(),
            settings.function().configuration().memorySize()));
  }

  /** The process answered and ended without asking for another event. */
  private void endedAfterAnswer(RunningCall running, RuntimeProcess ended) {
    ended.end();
    long now = System.nanoTime();
    synchronized (this) {
      process = null;
      running.readyNanos = now;
      if (!running.measured) {
        return;
      }
    }
    finish(running, now);
  }

  /**
   * Stops the call: its processes are killed and the environment ends.
   *
   * @return false when the call has ended already
   */
  public boolean cancel(Invocation invocation) {
    boolean stopped = invocation.complete(Failures.cancelled());
    synchronized (this) {
      RunningCall running = call;
      if (stopped && running != null && running.invocation == invocation && process != null) {
        process.endInit(new InitOutcome.Abandoned());
        process.kill();
      }
    }
    return stopped;
  }

  /**
   * Ends the environment: at once when it is idle, after its call otherwise.
   *
   * @param cancelCall whether a running call is cancelled
   */
  public void end(GoneReason reason, boolean cancelCall) {
    RunningCall running;
    EnvironmentLife.Ending ending;
    synchronized (this) {
      running = call;
      ending = life.requestEnd(reason, running != null, cancelCall);
    }
    if (ending == EnvironmentLife.Ending.NOW) {
      owner.gone(this);
      endLater(reason);
    } else if (running != null && cancelCall) {
      cancel(running.invocation);
    }
  }

  private void endLater(GoneReason reason) {
    Thread.ofVirtual().name("environment-end").start(() -> endNow(reason));
  }

  private void endNow(GoneReason reason) {
    RuntimeProcess runtime = process();
    if (runtime != null) {
      runtime.end();
    }
    settings.shared().monitor().remove(this);
    PrivateFolder.remove(tmp);
    settings.shared().sandbox().disownScratch(tmp);
    transition(EnvironmentState.SHUT_DOWN);
    log.close(new RuntimeEvent.EnvironmentGone(System.nanoTime(), id, reason));
    gone.complete(null);
  }

  private synchronized void transition(EnvironmentState next) {
    life.to(next);
  }

  @Override
  public long tick(long now) {
    RuntimeProcess runtime;
    RunningCall running;
    synchronized (this) {
      runtime = process;
      running = call;
      if (life.state() == EnvironmentState.IDLE && runtime != null) {
        if (now - life.idleSince() < FREEZE_AFTER_NANOS) {
          return life.idleSince() + FREEZE_AFTER_NANOS;
        }
        runtime.freeze();
        transition(EnvironmentState.FROZEN);
      }
      if (life.state() == EnvironmentState.IDLE || life.state() == EnvironmentState.FROZEN) {
        return now + EnvironmentMonitor.REST_NANOS;
      }
      if (runtime == null || running == null) {
        return now + EnvironmentMonitor.TICK_NANOS;
      }
    }
    return limits.watch(now, runtime, running);
  }
}
