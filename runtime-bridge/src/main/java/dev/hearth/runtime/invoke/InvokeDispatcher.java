package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.EnvironmentFactory;
import dev.hearth.runtime.environment.EnvironmentSettings;
import dev.hearth.runtime.environment.ExecutionEnvironment;
import dev.hearth.runtime.environment.Identifiers;
import dev.hearth.runtime.environment.Invocation;
import dev.hearth.runtime.environment.NotRunnableException;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.ResponseListener;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.PublishedVersions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous path: lets in what the account's concurrency allows, and finds each call an
 * environment (lifecycle.md section 1, limits-and-pricing.md section 2).
 */
public final class InvokeDispatcher {
  /**
   * How much may run at once.
   *
   * @param account who may run at all
   * @param pool what holds for the environments of one function
   */
  public record Limits(AccountConcurrency account, PoolRules pool) {}

  private final RuntimeEventListener events;
  private final AccountConcurrency account;
  private final Deployments deployments;
  private final Provisioning provisioned;
  private final Map<String, PendingCall> calls = new ConcurrentHashMap<>();
  private final Set<ExecutionEnvironment> living = ConcurrentHashMap.newKeySet();

  public InvokeDispatcher(
      EnvironmentFactory.Planner planner, EnvironmentSettings.Shared shared, Limits limits) {
    this.events = shared.events();
    this.account = limits.account();
    this.deployments = new Deployments(planner, shared, limits, this::born);
    this.provisioned =
        new Provisioning(deployments, limits.pool().clock(), shared.threads(), this::born);
  }

  private void born(ExecutionEnvironment environment) {
    living.add(environment);
    environment.whenGone(() -> living.remove(environment));
  }

  /** Makes a function callable, or exchanges it; an equal one changes nothing. */
  public void deploy(DeployedFunction function) {
    deployments.deploy(function);
  }

  /** Makes a version unknown, or a function with all its versions; running calls finish. */
  public void remove(String name) {
    synchronized (deployments) {
      provisioned.remove(name);
      deployments.remove(name);
    }
  }

  /** Where calls of versions and aliases find them. */
  public void versions(PublishedVersions source) {
    deployments.versions(source);
  }

  /** What serves a call of this name; the version behind an alias is drawn by its weights. */
  public Optional<DeployedFunction> deployed(String name) {
    return Optional.ofNullable(deployments.find(name)).map(FunctionPool::function);
  }

  /** Everything that is deployed, in name order. */
  public List<DeployedFunction> deployed() {
    return deployments.all();
  }

  /** The environments that are kept ready for versions and aliases. */
  public Provisioning provisioning() {
    return provisioned;
  }

  /**
   * Serves a call on the calling thread.
   *
   * @param onAnswer told the outcome as early as possible, once; null for nobody
   * @return null when nothing is deployed under that name
   * @throws IllegalArgumentException when a call with that request id is running
   * @throws IllegalStateException after {@link #close()}
   */
  public @Nullable InvokeResult invoke(
      InvokeRequest request, @Nullable Consumer<InvokeOutcome> onAnswer) {
    deployments.checkOpen();
    FunctionPool pool = deployments.find(request.functionName());
    if (pool == null) {
      return null;
    }
    Answering answering = new Answering(onAnswer);
    PendingCall call =
        new PendingCall(invocation(request, pool.function(), answering), request.measuresImports());
    if (calls.putIfAbsent(request.requestId(), call) != null) {
      throw new IllegalArgumentException(
          "Request id " + request.requestId() + " is in use. Every call needs one of its own.");
    }
    try {
      InvokeResult result = admit(pool, call, request, answering);
      call.invocation().answer(result.outcome());
      return result;
    } finally {
      answering.giveBack();
      calls.remove(request.requestId());
    }
  }

  /**
   * Hears the answer first: what the call occupied is free before its caller can call again, so
   * that one who calls in a row is never throttled by itself.
   */
  private static final class Answering implements Consumer<InvokeOutcome> {
    private final @Nullable Consumer<InvokeOutcome> caller;
    private AccountConcurrency.@Nullable Permit permit;

    Answering(@Nullable Consumer<InvokeOutcome> caller) {
      this.caller = caller;
    }

    @Override
    public void accept(InvokeOutcome outcome) {
      giveBack();
      if (caller != null) {
        caller.accept(outcome);
      }
    }

    void giveBack() {
      if (permit != null) {
        permit.giveBack();
      }
    }
  }

  private static Invocation invocation(
      InvokeRequest request, DeployedFunction function, Answering answering) {
    String arn = request.invokedArn();
    String trace = request.traceId();
    Invocation invocation =
        new Invocation(
            request.requestId(),
            request.payload(),
            new Invocation.Origin(
                arn == null ? function.arn() : arn,
                request.clientContext(),
                trace == null ? Identifiers.traceId() : trace,
                request.tenantId()),
            answering,
            System.nanoTime());
    if (answering.caller instanceof ResponseListener streaming) {
      invocation.streamTo(streaming);
    }
    return invocation;
  }

  private InvokeResult admit(
      FunctionPool pool, PendingCall call, InvokeRequest request, Answering answering) {
    Invocation invocation = call.invocation();
    String functionName = pool.function().name();
    events.onEvent(
        new RuntimeEvent.InvokeQueued(
            invocation.queuedNanos(), request.requestId(), functionName, request.payload()));
    if (Thread.currentThread().isInterrupted()) {
      return without(invocation, new InvokeOutcome.Cancelled());
    }
    boolean shares = !request.measuresImports() && request.tenantId() == null;
    ExecutionEnvironment ready = shares ? provisioned.take(request, pool.function()) : null;
    if (ready != null) {
      return serveProvisioned(ready, call, answering);
    }
    AccountConcurrency.Admission admission = account.enter(functionName);
    answering.permit = admission.permit();
    return admission.reason() == null
        ? serve(pool, call, request.tenantId())
        : throttled(invocation, admission.reason());
  }

  private InvokeResult serveProvisioned(
      ExecutionEnvironment ready, PendingCall call, Answering answering) {
    AccountConcurrency.Admission admission = account.enterProvisioned(ready.function().name());
    answering.permit = admission.permit();
    if (admission.reason() != null) {
      ready.cancelReservation();
      return throttled(call.invocation(), admission.reason());
    }
    call.assign(ready);
    return ready.invoke(call.invocation());
  }

  private InvokeResult serve(FunctionPool first, PendingCall call, @Nullable String tenantId) {
    String functionName = first.function().qualifiedName();
    Invocation invocation = call.invocation();
    FunctionPool pool = deployments.ofTenant(first, tenantId);
    while (true) {
      FunctionPool.Wish wish;
      try {
        wish = pool.acquire(call);
      } catch (NotRunnableException e) {
        return without(invocation, e.outcome());
      }
      ExecutionEnvironment environment = call.environment();
      if (wish == FunctionPool.Wish.GRANTED && environment != null) {
        if (!invocation.isDone()) {
          return environment.invoke(invocation);
        }
        environment.cancelReservation();
        return without(invocation, new InvokeOutcome.Cancelled());
      }
      if (wish == FunctionPool.Wish.CANCELLED || deployments.isClosed()) {
        return without(invocation, new InvokeOutcome.Cancelled());
      }
      if (wish == FunctionPool.Wish.TIMED_OUT) {
        // The local cap acts like a reservation.
        return throttled(invocation, AccountConcurrency.FUNCTION_LIMIT);
      }
      if (wish == FunctionPool.Wish.TOO_FAST) {
        return throttled(invocation, AccountConcurrency.ACCOUNT_RATE);
      }
      FunctionPool now = deployments.get(functionName);
      if (now == null) {
        return without(
            invocation,
            new InvokeOutcome.CouldNotRun(
                "Function " + functionName + " was removed before it could run."));
      }
      pool = deployments.ofTenant(now, tenantId);
    }
  }

  private InvokeResult throttled(Invocation invocation, String reason) {
    return without(invocation, new InvokeOutcome.Throttled(reason));
  }

  /** The end of a call that no environment served. */
  private InvokeResult without(Invocation invocation, InvokeOutcome outcome) {
    InvokeResult result =
        new InvokeResult(invocation.requestId(), null, null, outcome, null, null, "");
    events.onEvent(new RuntimeEvent.InvokeDone(System.nanoTime(), result));
    return result;
  }

  /** Stops a waiting or running call; false when it had already ended. */
  public boolean cancel(String requestId) {
    PendingCall call = calls.get(requestId);
    return call != null && call.cancel();
  }

  /** Ends all environments of a function and cancels its calls. */
  public void stop(String functionName) {
    deployments.of(functionName).forEach(pool -> pool.stop(GoneReason.STOPPED).join());
  }

  /** Cancels all calls, ends all environments and waits until their processes are gone. */
  public void close() {
    synchronized (deployments) {
      List<FunctionPool> pools = deployments.close();
      calls.values().forEach(PendingCall::cancel);
      provisioned.close();
      pools.forEach(pool -> pool.close(GoneReason.CLOSED));
    }
    for (ExecutionEnvironment environment : Set.copyOf(living)) {
      environment.whenGone().join();
    }
    while (!calls.isEmpty()) {
      // Calls that never had an environment are returning; each only publishes its end.
      LockSupport.parkNanos(this, 100_000);
    }
  }
}
