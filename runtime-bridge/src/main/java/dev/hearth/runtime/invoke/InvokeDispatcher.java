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
import dev.hearth.runtime.function.Alias;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.ProvisionedConcurrency;
import dev.hearth.runtime.function.PublishedVersions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous path: knows what is deployed, lets in what the account's concurrency allows, and
 * finds each call an environment (lifecycle.md section 1, limits-and-pricing.md section 2).
 */
public final class InvokeDispatcher {
  /**
   * How much may run at once.
   *
   * @param account who may run at all
   * @param pool what holds for the environments of one function
   */
  public record Limits(AccountConcurrency account, PoolRules pool) {}

  private final EnvironmentFactory.Planner planner;
  private final EnvironmentSettings.Shared shared;
  private final RuntimeEventListener events;
  private final Limits limits;
  private final Map<String, FunctionPool> pools = new ConcurrentHashMap<>();
  private final Map<String, PendingCall> calls = new ConcurrentHashMap<>();
  private final Map<String, ProvisionedEnvironments> provisioned = new ConcurrentHashMap<>();
  private final Set<ExecutionEnvironment> living = ConcurrentHashMap.newKeySet();
  private volatile PublishedVersions published = PublishedVersions.NONE;
  private volatile boolean closed;

  public InvokeDispatcher(
      EnvironmentFactory.Planner planner, EnvironmentSettings.Shared shared, Limits limits) {
    this.planner = planner;
    this.shared = shared;
    this.events = shared.events();
    this.limits = limits;
  }

  /** Makes a function callable, or exchanges it; an equal one changes nothing. */
  public synchronized void deploy(DeployedFunction function) {
    checkOpen();
    FunctionPool before = pools.get(function.qualifiedName());
    if (before != null && before.function().equals(function)) {
      return;
    }
    EnvironmentFactory factory = new EnvironmentFactory(function, planner, shared);
    AccountConcurrency account = limits.account();
    FunctionPool pool =
        new FunctionPool(
            factory, limits.pool(), () -> account.mayScale(function.name()), this::born);
    pools.put(function.qualifiedName(), pool);
    if (before != null) {
      boolean sameCode = before.function().code().equals(function.code());
      before.retire(sameCode ? GoneReason.CONFIGURATION_CHANGED : GoneReason.CODE_CHANGED);
    }
  }

  private void born(ExecutionEnvironment environment) {
    living.add(environment);
    environment.whenGone(() -> living.remove(environment));
  }

  /** Makes a version unknown, or a function with all its versions; running calls finish. */
  public synchronized void remove(String name) {
    for (String each : List.copyOf(provisioned.keySet())) {
      if (each.equals(name) || each.startsWith(name + ":")) {
        provisioned.remove(each).close(GoneReason.FUNCTION_REMOVED, false);
      }
    }
    for (String each : of(name)) {
      pools.remove(each).retire(GoneReason.FUNCTION_REMOVED);
    }
  }

  /** What is deployed under a name: with a qualifier that one, without all versions. */
  private List<String> of(String name) {
    return pools.keySet().stream()
        .filter(each -> each.equals(name) || each.startsWith(name + ":"))
        .toList();
  }

  /** Where calls of versions and aliases find them. */
  public void versions(PublishedVersions source) {
    published = source;
  }

  /** What serves a call of this name; the version behind an alias is drawn by its weights. */
  public Optional<DeployedFunction> deployed(String name) {
    return Optional.ofNullable(pool(name)).map(FunctionPool::function);
  }

  private @Nullable FunctionPool pool(String name) {
    FunctionPool pool = pools.get(name);
    int colon = name.indexOf(':');
    if (pool != null || colon < 0) {
      return pool;
    }
    String functionName = name.substring(0, colon);
    String qualifier = name.substring(colon + 1);
    if (qualifier.equals(DeployedFunction.LATEST)) {
      return pools.get(functionName);
    }
    Optional<Alias> alias = published.alias(functionName, qualifier);
    if (alias.isPresent()) {
      double chance = ThreadLocalRandom.current().nextDouble();
      return version(functionName, alias.get().version(chance));
    }
    return version(functionName, qualifier);
  }

  private @Nullable FunctionPool version(String functionName, String number) {
    boolean latest = number.equals(DeployedFunction.LATEST);
    String name = latest ? functionName : functionName + ":" + number;
    if (!latest && !pools.containsKey(name)) {
      published.version(functionName, number).ifPresent(this::deploy);
    }
    return pools.get(name);
  }

  public List<DeployedFunction> deployed() {
    return pools.values().stream()
        .map(FunctionPool::function)
        .sorted(Comparator.comparing(DeployedFunction::qualifiedName))
        .toList();
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
    checkOpen();
    FunctionPool pool = pool(request.functionName());
    if (pool == null) {
      return null;
    }
    Answering answering = new Answering(onAnswer);
    PendingCall call = new PendingCall(invocation(request, pool.function(), answering));
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
    ExecutionEnvironment ready = takeProvisioned(request.functionName(), pool.function());
    if (ready != null) {
      return serveProvisioned(ready, call, answering);
    }
    AccountConcurrency.Admission admission = limits.account().enter(functionName);
    answering.permit = admission.permit();
    return admission.reason() == null
        ? serve(pool, call)
        : throttled(invocation, admission.reason());
  }

  private @Nullable ExecutionEnvironment takeProvisioned(String name, DeployedFunction function) {
    ProvisionedEnvironments ahead = provisioned.get(name);
    if (ahead == null) {
      return null;
    }
    if (!ahead.function().equals(function)) {
      // The alias may have moved: what was provisioned for the old version is of no use then.
      shared.threads().execute(() -> provision(name, ahead.status().requested()));
      return null;
    }
    return ahead.take();
  }

  private InvokeResult serveProvisioned(
      ExecutionEnvironment ready, PendingCall call, Answering answering) {
    AccountConcurrency.Admission admission =
        limits.account().enterProvisioned(ready.function().name());
    answering.permit = admission.permit();
    if (admission.reason() != null) {
      ready.cancelReservation();
      return throttled(call.invocation(), admission.reason());
    }
    call.assign(ready);
    return ready.invoke(call.invocation());
  }

  /**
   * Keeps environments ready for a version or alias ({@code name:qualifier}); 0 ends them. Does
   * nothing when there is no such version yet.
   */
  public synchronized void provision(String name, int count) {
    FunctionPool pool = provisionable(name);
    ProvisionedEnvironments before = provisioned.get(name);
    if (before != null && (pool == null || !before.function().equals(pool.function()))) {
      provisioned.remove(name);
      before.close(GoneReason.CONFIGURATION_CHANGED, false);
      before = null;
    }
    if (pool == null || closed || (count == 0 && before == null)) {
      return;
    }
    if (before == null) {
      before = new ProvisionedEnvironments(pool.factory(), shared.threads(), this::born);
      provisioned.put(name, before);
      before.request(count);
    } else if (before.status().requested() != count || before.status().statusReason() != null) {
      before.request(count);
    }
    if (count == 0) {
      provisioned.remove(name);
    }
  }

  /** An alias with weights is provisioned for the version that gets the rest. */
  private @Nullable FunctionPool provisionable(String name) {
    int colon = name.indexOf(':');
    String functionName = name.substring(0, colon);
    String qualifier = name.substring(colon + 1);
    Optional<Alias> alias = published.alias(functionName, qualifier);
    return version(functionName, alias.map(Alias::functionVersion).orElse(qualifier));
  }

  /** The names of a function's versions and aliases that have environments kept ready. */
  public List<String> provisioned(String functionName) {
    return provisioned.keySet().stream()
        .filter(name -> name.startsWith(functionName + ":"))
        .toList();
  }

  /** How far they have come; null when none are wanted. */
  public @Nullable ProvisionedConcurrency provisionedConcurrency(String name) {
    ProvisionedEnvironments ahead = provisioned.get(name);
    return ahead == null ? null : ahead.status();
  }

  private InvokeResult serve(FunctionPool first, PendingCall call) {
    String functionName = first.function().qualifiedName();
    Invocation invocation = call.invocation();
    FunctionPool pool = first;
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
      if (wish == FunctionPool.Wish.CANCELLED || closed) {
        return without(invocation, new InvokeOutcome.Cancelled());
      }
      if (wish == FunctionPool.Wish.TIMED_OUT) {
        // The local cap acts like a reservation.
        return throttled(invocation, AccountConcurrency.FUNCTION_LIMIT);
      }
      if (wish == FunctionPool.Wish.TOO_FAST) {
        return throttled(invocation, AccountConcurrency.ACCOUNT_RATE);
      }
      FunctionPool now = pools.get(functionName);
      if (now == null) {
        return without(
            invocation,
            new InvokeOutcome.CouldNotRun(
                "Function " + functionName + " was removed before it could run."));
      }
      pool = now;
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
    for (String name : of(functionName)) {
      FunctionPool pool = pools.get(name);
      if (pool != null) {
        pool.stop(GoneReason.STOPPED).join();
      }
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("The local Lambda is closed");
    }
  }

  /** Cancels all calls, ends all environments and waits until their processes are gone. */
  public synchronized void close() {
    closed = true;
    calls.values().forEach(PendingCall::cancel);
    provisioned.values().forEach(ahead -> ahead.close(GoneReason.CLOSED, true));
    pools.values().forEach(pool -> pool.close(GoneReason.CLOSED));
    pools.clear();
    for (ExecutionEnvironment environment : Set.copyOf(living)) {
      environment.whenGone().join();
    }
    while (!calls.isEmpty()) {
      // Calls that never had an environment are returning; each only publishes its end.
      LockSupport.parkNanos(this, 100_000);
    }
  }
}
