package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.ExecutionEnvironment;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.ProvisionedConcurrency;
import dev.hearth.runtime.function.ProvisionedUse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which versions and aliases have environments started ahead of any call (limits-and-pricing.md
 * section 2). Changes are made under the monitor of what is deployed.
 */
public final class Provisioning {
  private final Deployments deployments;
  private final Executor threads;
  private final Consumer<ExecutionEnvironment> born;
  private final ProvisionedLedger ledger;
  private final Map<String, ProvisionedEnvironments> ahead = new ConcurrentHashMap<>();

  Provisioning(
      Deployments deployments,
      VirtualClock clock,
      Executor threads,
      Consumer<ExecutionEnvironment> born) {
    this.deployments = deployments;
    this.ledger = new ProvisionedLedger(clock);
    this.threads = threads;
    this.born = born;
  }

  /**
   * A ready environment for a call: of the alias that the caller named, else of the version that
   * runs; null when there is none.
   *
   * @param function the version that runs
   */
  @Nullable ExecutionEnvironment take(InvokeRequest request, DeployedFunction function) {
    if (ahead.isEmpty()) {
      return null;
    }
    ExecutionEnvironment ready = take(request.calledName(), function);
    return ready == null ? take(function.qualifiedName(), function) : ready;
  }

  private @Nullable ExecutionEnvironment take(String name, DeployedFunction function) {
    ProvisionedEnvironments kept = ahead.get(name);
    if (kept == null) {
      return null;
    }
    if (!kept.function().equals(function)) {
      // The alias may have moved: what was provisioned for the old version is of no use then.
      threads.execute(() -> provision(name, kept.status().requested()));
      return null;
    }
    return kept.take();
  }

  /**
   * Keeps environments ready for a version or alias ({@code name:qualifier}); 0 ends them. Does
   * nothing when there is no such version yet.
   */
  public void provision(String name, int count) {
    synchronized (deployments) {
      FunctionPool pool = deployments.provisionable(name);
      ProvisionedEnvironments before = ahead.get(name);
      if (before != null && (pool == null || !before.function().equals(pool.function()))) {
        ahead.remove(name);
        before.close(GoneReason.CONFIGURATION_CHANGED, false);
        before = null;
        if (pool == null) {
          ledger.end(name);
        }
      }
      if (pool == null || deployments.isClosed() || (count == 0 && before == null)) {
        return;
      }
      ledger.kept(name, pool.function().configuration(), count);
      if (before == null) {
        before = new ProvisionedEnvironments(pool.factory(), threads, born);
        ahead.put(name, before);
        before.request(count);
      } else if (before.status().requested() != count || before.status().statusReason() != null) {
        before.request(count);
      }
      if (count == 0) {
        ahead.remove(name);
      }
    }
  }

  /** The names of a function's versions and aliases that have environments kept ready. */
  public List<String> names(String functionName) {
    return ahead.keySet().stream().filter(name -> name.startsWith(functionName + ":")).toList();
  }

  /** How far they have come; null when none are wanted. */
  public @Nullable ProvisionedConcurrency status(String name) {
    ProvisionedEnvironments kept = ahead.get(name);
    return kept == null ? null : kept.status();
  }

  /** What was kept ready since the beginning, for the bill. */
  public List<ProvisionedUse> use() {
    return ledger.all();
  }

  /** The version or function of that name goes; called under the monitor of what is deployed. */
  void remove(String name) {
    for (String each : List.copyOf(ahead.keySet())) {
      if (Deployments.belongs(each, name)) {
        ahead.remove(each).close(GoneReason.FUNCTION_REMOVED, false);
        ledger.end(each);
      }
    }
  }

  /** Ends all of them and cancels their calls. */
  void close() {
    ahead.values().forEach(kept -> kept.close(GoneReason.CLOSED, true));
  }
}
