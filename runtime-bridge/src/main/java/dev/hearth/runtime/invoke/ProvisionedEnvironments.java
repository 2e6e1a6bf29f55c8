package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.EnvironmentFactory;
import dev.hearth.runtime.environment.ExecutionEnvironment;
import dev.hearth.runtime.environment.NotRunnableException;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.ProvisionedConcurrency;
import dev.hearth.runtime.function.ProvisionedConcurrency.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environments that are started ahead of any call for one version or alias and never idle away
 * (limits-and-pricing.md section 2). None is used before all are ready; what they can't take goes
 * to on-demand environments. After an init that failed no other is tried until it is asked for
 * again.
 */
final class ProvisionedEnvironments implements ExecutionEnvironment.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(ProvisionedEnvironments.class);
  private static final String INIT_FAILURE = "FUNCTION_ERROR_INIT_FAILURE";

  private final EnvironmentFactory factory;
  private final Executor threads;
  private final Consumer<ExecutionEnvironment> born;
  private final Set<ExecutionEnvironment> all = new HashSet<>();
  private final Set<ExecutionEnvironment> ready = new HashSet<>();
  private final Deque<ExecutionEnvironment> free = new ArrayDeque<>();
  private int requested;
  private int starting;
  private boolean failed;
  private boolean complete;

  /**
   * @param threads an init blocks one
   * @param born hears of each environment before it starts
   */
  ProvisionedEnvironments(
      EnvironmentFactory factory, Executor threads, Consumer<ExecutionEnvironment> born) {
    this.factory = factory;
    this.threads = threads;
    this.born = born;
  }

  DeployedFunction function() {
    return factory.function();
  }

  /** Asks for a number of environments; 0 ends them all. */
  void request(int count) {
    List<ExecutionEnvironment> surplus = new ArrayList<>();
    synchronized (this) {
      requested = count;
      failed = false;
      complete = ready.size() >= count;
      while (ready.size() - surplus.size() > count && !free.isEmpty()) {
        surplus.add(free.pollFirst());
      }
      startMissing();
    }
    surplus.forEach(environment -> environment.end(GoneReason.CONFIGURATION_CHANGED, false));
  }

  private void startMissing() {
    while (!failed && all.size() + starting < requested) {
      starting++;
      threads.execute(this::startOne);
    }
  }

  private void startOne() {
    boolean good = false;
    try {
      ExecutionEnvironment made = factory.createProvisioned(this);
      born.accept(made);
      synchronized (this) {
        starting--;
        all.add(made);
      }
      good = made.prepare();
    } catch (NotRunnableException | RuntimeException e) {
      LOG.warn("{} can't be provisioned", function().qualifiedName(), e);
      synchronized (this) {
        starting--;
      }
    }
    synchronized (this) {
      failed |= !good;
    }
  }

  /** A free one, kept for a call; null when there is none or not all are ready. */
  synchronized @Nullable ExecutionEnvironment take() {
    for (var one = complete ? free.pollFirst() : null; one != null; one = free.pollFirst()) {
      if (one.reserve()) {
        return one;
      }
    }
    return null;
  }

  synchronized ProvisionedConcurrency status() {
    Status status = failed ? Status.FAILED : complete ? Status.READY : Status.IN_PROGRESS;
    return new ProvisionedConcurrency(
        requested, ready.size(), free.size(), status, failed ? INIT_FAILURE : null);
  }

  @Override
  public void answered(ExecutionEnvironment environment) {
    // Nobody waits for it: a call that finds none free runs on demand.
  }

  @Override
  public void idle(ExecutionEnvironment environment) {
    boolean surplus;
    synchronized (this) {
      ready.add(environment);
      surplus = ready.size() > requested;
      if (!surplus) {
        free.addLast(environment);
        complete |= ready.size() >= requested;
      }
    }
    if (surplus) {
      environment.end(GoneReason.CONFIGURATION_CHANGED, false);
    }
  }

  @Override
  public synchronized void gone(ExecutionEnvironment environment) {
    boolean wasReady = ready.remove(environment);
    all.remove(environment);
    free.remove(environment);
    if (wasReady) {
      startMissing();
    }
  }

  /** Ends all; running calls finish, or are cancelled. */
  void close(GoneReason reason, boolean cancelCalls) {
    List<ExecutionEnvironment> existing;
    synchronized (this) {
      requested = 0;
      complete = false;
      existing = List.copyOf(all);
      free.clear();
    }
    existing.forEach(environment -> environment.end(reason, cancelCalls));
  }
}
