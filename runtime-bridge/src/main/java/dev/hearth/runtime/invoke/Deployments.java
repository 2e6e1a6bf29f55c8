package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.EnvironmentFactory;
import dev.hearth.runtime.environment.EnvironmentSettings;
import dev.hearth.runtime.environment.ExecutionEnvironment;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.function.Alias;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.PublishedVersions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is deployed, each function and version with the pool of its environments, and which of them
 * a name stands for. Its monitor guards every change of that, so that nobody deploys, provisions or
 * removes at once; looking up takes no lock.
 */
final class Deployments {
  private final EnvironmentFactory.Planner planner;
  private final EnvironmentSettings.Shared shared;
  private final InvokeDispatcher.Limits limits;
  private final Consumer<ExecutionEnvironment> born;
  private final Map<String, FunctionPool> pools = new ConcurrentHashMap<>();

  /** The pools of tenants by the one of calls without a tenant, which retires with them. */
  private final Map<FunctionPool, Map<String, FunctionPool>> tenants = new ConcurrentHashMap<>();

  private volatile PublishedVersions published = PublishedVersions.NONE;
  private volatile boolean closed;

  /**
   * @param born hears of each environment before it starts
   */
  Deployments(
      EnvironmentFactory.Planner planner,
      EnvironmentSettings.Shared shared,
      InvokeDispatcher.Limits limits,
      Consumer<ExecutionEnvironment> born) {
    this.planner = planner;
    this.shared = shared;
    this.limits = limits;
    this.born = born;
  }

  void versions(PublishedVersions source) {
    published = source;
  }

  /** Makes a function callable, or exchanges it; an equal one changes nothing. */
  synchronized void deploy(DeployedFunction function) {
    checkOpen();
    FunctionPool before = pools.get(function.qualifiedName());
    if (before != null && before.function().equals(function)) {
      return;
    }
    pools.put(function.qualifiedName(), pool(new EnvironmentFactory(function, planner, shared)));
    if (before != null) {
      boolean sameCode = before.function().code().equals(function.code());
      GoneReason reason = sameCode ? GoneReason.CONFIGURATION_CHANGED : GoneReason.CODE_CHANGED;
      withTenants(before).forEach(pool -> pool.retire(reason));
      tenants.remove(before);
    }
  }

  private FunctionPool pool(EnvironmentFactory factory) {
    AccountConcurrency account = limits.account();
    String name = factory.function().name();
    return new FunctionPool(factory, limits.pool(), () -> account.mayScale(name), born);
  }

  /**
   * The environments that serve a tenant and nobody else (newer.md section 6); the local cap holds
   * for each tenant.
   *
   * @param tenantId null for a call without a tenant
   */
  FunctionPool ofTenant(FunctionPool pool, @Nullable String tenantId) {
    if (tenantId == null) {
      return pool;
    }
    synchronized (this) {
      // One that is retired says so to the call, which then looks for the new deployment.
      return pools.get(pool.function().qualifiedName()) != pool
          ? pool
          : tenants
              .computeIfAbsent(pool, _ -> new ConcurrentHashMap<>())
              .computeIfAbsent(tenantId, _ -> pool(pool.factory()));
    }
  }

  private List<FunctionPool> withTenants(FunctionPool pool) {
    List<FunctionPool> all = new ArrayList<>(tenants.getOrDefault(pool, Map.of()).values());
    all.addFirst(pool);
    return all;
  }

  /** Makes a version unknown, or a function with all its versions; running calls finish. */
  synchronized void remove(String name) {
    for (FunctionPool pool : of(name)) {
      pools.remove(pool.function().qualifiedName());
      tenants.remove(pool);
      pool.retire(GoneReason.FUNCTION_REMOVED);
    }
  }

  /** All pools of a name: with a qualifier that one's, without those of all versions. */
  List<FunctionPool> of(String name) {
    return pools.entrySet().stream()
        .filter(each -> belongs(each.getKey(), name))
        .flatMap(each -> withTenants(each.getValue()).stream())
        .toList();
  }

  /** Whether {@code each} is {@code name} itself or one of its versions. */
  static boolean belongs(String each, String name) {
    return each.equals(name) || each.startsWith(name + ":");
  }

  /** What a call of this name runs on; the version behind an alias is drawn by its weights. */
  @Nullable FunctionPool find(String name) {
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

  /** What is provisioned under a name: an alias with weights stands for the one with the rest. */
  @Nullable FunctionPool provisionable(String name) {
    int colon = name.indexOf(':');
    String functionName = name.substring(0, colon);
    String qualifier = name.substring(colon + 1);
    Optional<Alias> alias = published.alias(functionName, qualifier);
    return version(functionName, alias.map(Alias::functionVersion).orElse(qualifier));
  }

  private @Nullable FunctionPool version(String functionName, String number) {
    boolean latest = number.equals(DeployedFunction.LATEST);
    String name = latest ? functionName : functionName + ":" + number;
    if (!latest && !pools.containsKey(name)) {
      published.version(functionName, number).ifPresent(this::deploy);
    }
    return pools.get(name);
  }

  /** By its exact qualified name. */
  @Nullable FunctionPool get(String qualifiedName) {
    return pools.get(qualifiedName);
  }

  /** In name order. */
  List<DeployedFunction> all() {
    return pools.values().stream()
        .map(FunctionPool::function)
        .sorted(Comparator.comparing(DeployedFunction::qualifiedName))
        .toList();
  }

  /**
   * @throws IllegalStateException after {@link #close()}
   */
  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("The local Lambda is closed");
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes nothing any more; what was deployed is for the caller to end. */
  synchronized List<FunctionPool> close() {
    closed = true;
    List<FunctionPool> last =
        pools.values().stream().flatMap(pool -> withTenants(pool).stream()).toList();
    pools.clear();
    tenants.clear();
    return last;
  }
}
