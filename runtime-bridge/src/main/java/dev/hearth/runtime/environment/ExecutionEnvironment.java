package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.DeployedFunction;
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
public final class ExecutionEnvironment implements EnvironmentMonitor.Watched {
  /** Idle this long, the processes are stopped: long enough that calls in a row never pay. */
  private static final long FREEZE_AFTER_NANOS = 5_000_000;

  /** What an init ahead of a call may take at least (lifecycle.md section 1). */
  private static final long PREPARE_SECONDS = 130;

  private final EnvironmentSettings settings;
  private final Owner owner;
  private final String id;
  private final EnvironmentLog log;
  private final Path tmp;
  private final LimitWatch limits;
  private final EnvironmentLife life;
  private final InvokePhase invokes;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

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
    this.log =
        new EnvironmentLog(
            id,
            settings.shared().events(),
            settings.function().configuration().logging(),
            SecretMask.of(settings.function().configuration()));
    this.tmp = PrivateFolder.create(settings.shared().scratch(), id);
    settings.shared().sandbox().ownScratch(tmp);
    this.life = new EnvironmentLife(log);
    EnvironmentPlace place =
        new EnvironmentPlace(
            Identifiers.logStream(settings.function(), id),
            tmp,
            settings.isProvisioned()
                ? EnvironmentPlace.PROVISIONED
                : EnvironmentPlace.initializationType(settings.function()));
    PlatformEvents platform =
        new PlatformEvents(settings.function(), place.logStream(), place.initializationType());
    this.invokes =
        new InvokePhase(
            settings,
            log,
            life,
            new Initializer(settings, log, place, platform),
            new CallObserver());
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
  public boolean reserve() {
    return life.reserve();
  }

  /** The call did not come. */
  public void cancelReservation() {
    GoneReason reason = life.cancelReservation();
    if (reason == null) {
      owner.idle(this);
    } else {
      end(reason, false);
    }
  }

  /**
   * Serves a call on the calling thread and returns when it is over: the runtime is ready for the
   * next one, or its processes are gone. The invocation's listener hears the answer before that.
   * Interrupting the thread cancels the call.
   */
  public InvokeResult invoke(Invocation invocation) {
    return invokes.serve(invocation);
  }

  /**
   * Initialises ahead of any call (lifecycle.md section 1): the pool hears that it is idle when it
   * is ready. Blocks.
   *
   * @return false when the init failed; the environment ends then
   */
  public boolean prepare() {
    long timeout = Math.max(PREPARE_SECONDS, settings.function().configuration().timeout());
    Invocation nobody =
        new Invocation(
            "",
            new byte[0],
            new Invocation.Origin(settings.function().arn(), null, Identifiers.traceId()),
            null,
            System.nanoTime());
    return invokes.prepare(nobody, timeout * 1_000_000_000L);
  }

  /** Passes on to the pool what a call means for it. */
  private final class CallObserver implements InvokePhase.Observer {
    @Override
    public void answered() {
      owner.answered(ExecutionEnvironment.this);
    }

    @Override
    public void callEnded(@Nullable GoneReason reason) {
      if (reason == null) {
        owner.idle(ExecutionEnvironment.this);
      } else {
        owner.gone(ExecutionEnvironment.this);
        endLater(reason);
      }
    }
  }

  /**
   * Stops the call: its processes are killed and the environment ends.
   *
   * @return false when the call has ended already
   */
  public boolean cancel(Invocation invocation) {
    return invokes.cancel(invocation);
  }

  /**
   * Ends the environment: at once when it is idle, after its call otherwise.
   *
   * @param cancelCall whether a running call is cancelled
   */
  public void end(GoneReason reason, boolean cancelCall) {
    RunningCall running;
    EnvironmentLife.Ending ending;
    synchronized (life) {
      running = life.call();
      ending = life.requestEnd(reason, cancelCall);
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
    RuntimeDomain runtime = life.process();
    if (runtime != null) {
      runtime.end("spindown");
    }
    settings.shared().monitor().remove(this);
    PrivateFolder.remove(tmp);
    settings.shared().sandbox().disownScratch(tmp);
    life.to(EnvironmentState.SHUT_DOWN);
    log.close(new RuntimeEvent.EnvironmentGone(System.nanoTime(), id, reason));
    gone.complete(null);
  }

  @Override
  public long tick(long now) {
    RuntimeDomain runtime;
    RunningCall running;
    synchronized (life) {
      runtime = life.process();
      running = life.call();
      if (life.state() == EnvironmentState.IDLE && runtime != null) {
        if (now - life.idleSince() < FREEZE_AFTER_NANOS) {
          return life.idleSince() + FREEZE_AFTER_NANOS;
        }
        runtime.freeze();
        life.to(EnvironmentState.FROZEN);
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
