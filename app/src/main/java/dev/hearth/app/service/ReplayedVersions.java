package dev.hearth.app.service;

import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.function.DeployedFunction;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the past version of a function deployed while it is replayed: replays of one version and
 * configuration share it, and the last one to end takes it away. A replay of the same source under
 * another configuration waits for them.
 */
final class ReplayedVersions {
  private final Map<String, Use> uses = new HashMap<>();

  private record Use(DeployedFunction function, int count) {}

  synchronized void enter(LocalLambda lambda, DeployedFunction then) throws InterruptedException {
    String name = then.qualifiedName();
    Use use = uses.get(name);
    while (use != null && !use.function().equals(then)) {
      wait();
      use = uses.get(name);
    }
    if (use == null) {
      lambda.deploy(then);
    }
    uses.put(name, new Use(then, use == null ? 1 : use.count() + 1));
  }

  synchronized void leave(LocalLambda lambda, DeployedFunction then) {
    String name = then.qualifiedName();
    if (uses.computeIfPresent(name, (key, use) -> less(use)) == null) {
      lambda.remove(name);
      notifyAll();
    }
  }

  private static @Nullable Use less(Use use) {
    return use.count() == 1 ? null : new Use(use.function(), use.count() - 1);
  }
}
