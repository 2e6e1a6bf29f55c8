package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.EnvironmentFactory;
import dev.hearth.runtime.environment.ExecutionEnvironment;
import dev.hearth.runtime.environment.NotRunnableException;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.function.DeployedFunction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The environments of one deployed function. A free one is preferred, the most recently used first,
 * so that the others can time out; otherwise a new one is made (lifecycle.md section 1, rule 2).
 * Only at the local cap do callers wait, in the order in which they came.
 */
final class FunctionPool implements ExecutionEnvironment.Owner {
  /** How long a call waits for an environment that has answered; then it gets a new one. */
  private static final long READY_NANOS = 500_000_000;

  private final EnvironmentFactory factory;
  private final Consumer<ExecutionEnvironment> born;
  private final BooleanSupplier mayScale;
  private final int cap;
  private final long maxWaitNanos;
  private final Set<ExecutionEnvironment> all = new HashSet<>();
  private final IdleEnvironments idle;
  private final Set<ExecutionEnvironment> answered = new HashSet<>();
  private final Deque<PendingCall> waiting = new ArrayDeque<>();

  /** Environments that exist or are being made. */
  private int count;

  private @Nullable GoneReason retired;

  /** What became of the wish for an environment. */
  enum Wish {
    /** The call has been assigned one. */
    GRANTED,
    /** The function was deployed anew or removed. */
    RETIRED,
    /** The call was cancelled while it waited. */
    CANCELLED,
    /** The time to wait has passed. */
    TIMED_OUT,
    /** The function starts environments faster than Lambda would. */
    TOO_FAST
  }

  /**
   * @param mayScale asked before each new environment
   * @param born hears of each environment before it serves
   */
  FunctionPool(
      EnvironmentFactory factory,
      PoolRules rules,
      BooleanSupplier mayScale,
      Consumer<ExecutionEnvironment> born) {
    this.factory = factory;
    this.mayScale = mayScale;
    this.born = born;
    this.cap = rules.cap();
    this.maxWaitNanos = rules.maxWaitNanos();
    this.idle =
        new IdleEnvironments(
            rules.clock(),
            rules.idleNanos(),
            environment -> environment.end(GoneReason.IDLE_TIMEOUT, false));
  }

  DeployedFunction function() {
    return factory.function();
  }

  /** Makes environments of the same function. */
  EnvironmentFactory factory() {
    return factory;
  }

  /**
   * Finds an environment for the call. It waits only at the cap, or for one that has answered and
   * is about to be ready: a caller that has its answer may be faster than the runtime.
   */
  Wish acquire(PendingCall call) throws NotRunnableException {
    call.rearm();
    synchronized (this) {
      if (retired != null) {
        return Wish.RETIRED;
      }
      // A measuring call needs an environment of its own, even one more than the cap allows.
      boolean shares = !call.measuresImports();
      if (shares && waiting.isEmpty() && assignIdle(call)) {
        return Wish.GRANTED;
      }
      if (shares && (count >= cap || waiting.size() < answered.size())) {
        waiting.addLast(call);
      } else if (!mayScale.getAsBoolean()) {
        return Wish.TOO_FAST;
      } else {
        count++;
        call.wake();
      }
    }
    return await(call);
  }

  private boolean assignIdle(PendingCall call) {
    for (var free = idle.pollLatest(); free != null; free = idle.pollLatest()) {
      if (free.reserve()) {
        call.assign(free);
        return true;
      }
    }
    return false;
  }

  private Wish await(PendingCall call) throws NotRunnableException {
    long now = System.nanoTime();
    if (!call.await(now + Math.min(READY_NANOS, maxWaitNanos)) && !takePlace(call)) {
      call.await(now + maxWaitNanos);
    }
    synchronized (this) {
      if (call.environment() != null) {
        return Wish.GRANTED;
      }
      if (waiting.remove(call)) {
        return call.invocation().isDone() ? Wish.CANCELLED : Wish.TIMED_OUT;
      }
      if (retired != null) {
        return Wish.RETIRED;
      }
    }
    // Taken off the queue without an environment: this call has the place for a new one.
    return create(call);
  }

  /** The environment that was expected is not ready: another one, if the cap allows. */
  private synchronized boolean takePlace(PendingCall call) {
    if (count >= cap || call.invocation().isDone() || !mayScale.getAsBoolean()) {
      return false;
    }
    if (!waiting.remove(call)) {
      return false;
    }
    count++;
    return true;
  }

  private Wish create(PendingCall call) throws NotRunnableException {
    ExecutionEnvironment made;
    try {
      String requestId = call.invocation().requestId();
      made =
          call.measuresImports()
              ? factory.createMeasuring(this, requestId)
              : factory.create(this, requestId);
    } catch (NotRunnableException | RuntimeException e) {
      giveUpPlace();
      throw e;
    }
    born.accept(made);
    GoneReason reason;
    synchronized (this) {
      all.add(made);
      reason = retired;
    }
    if (reason != null) {
      made.end(reason, false);
      made.cancelReservation();
      return Wish.RETIRED;
    }
    call.assign(made);
    return Wish.GRANTED;
  }

  private void giveUpPlace() {
    PendingCall next;
    synchronized (this) {
      next = waiting.pollFirst();
      if (next == null) {
        count--;
      }
    }
    if (next != null) {
      next.wake();
    }
  }

  @Override
  public synchronized void answered(ExecutionEnvironment environment) {
    answered.add(environment);
  }

  @Override
  public void idle(ExecutionEnvironment environment) {
    PendingCall next = null;
    GoneReason reason;
    synchronized (this) {
      answered.remove(environment);
      reason = retired;
      if (reason == null) {
        next = waiting.peekFirst();
        if (!all.contains(environment)) {
          next = null;
        } else if (next == null) {
          idle.add(environment);
        } else if (environment.reserve()) {
          waiting.pollFirst();
          next.assign(environment);
        }
      }
    }
    if (reason != null) {
      environment.end(reason, false);
    } else if (next != null) {
      next.wake();
    }
  }

  @Override
  public void gone(ExecutionEnvironment environment) {
    boolean known;
    synchronized (this) {
      idle.remove(environment);
      answered.remove(environment);
      known = all.remove(environment);
    }
    if (known) {
      giveUpPlace();
    }
  }

  /** No more calls; running ones finish, waiting ones look for the new deployment. */
  void retire(GoneReason reason) {
    close(reason, false);
  }

  /** No more calls; running and waiting ones are cancelled. */
  void close(GoneReason reason) {
    close(reason, true);
  }

  private void close(GoneReason reason, boolean cancelCalls) {
    List<ExecutionEnvironment> existing;
    List<PendingCall> stranded;
    synchronized (this) {
      retired = reason;
      existing = List.copyOf(all);
      stranded = List.copyOf(waiting);
      idle.clear();
      if (!cancelCalls) {
        waiting.clear();
      }
    }
    for (PendingCall call : stranded) {
      if (cancelCalls) {
        call.cancel();
      } else {
        call.wake();
      }
    }
    existing.forEach(environment -> environment.end(reason, cancelCalls));
  }

  /** Ends all environments and cancels all calls; new calls start new environments. */
  CompletableFuture<Void> stop(GoneReason reason) {
    List<ExecutionEnvironment> existing;
    List<PendingCall> stranded;
    synchronized (this) {
      existing = List.copyOf(all);
      stranded = List.copyOf(waiting);
      idle.clear();
    }
    stranded.forEach(PendingCall::cancel);
    existing.forEach(environment -> environment.end(reason, true));
    return CompletableFuture.allOf(
        existing.stream().map(ExecutionEnvironment::whenGone).toArray(CompletableFuture<?>[]::new));
  }
}
