package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.task.Threads;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.DeployedFunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the local Lambda runs the same as what the project holds, whoever changes it: this
 * process, another one that has the project open, or a program that edits a linked folder.
 */
final class DeploymentKeeper {
  private static final long PERIOD_MILLIS = 1_000;

  private final StoredFunctions functions;
  private final LongConsumer deploy;
  private final Supplier<LocalLambda> lambda;
  private final Consumer<String> problems;
  private final Map<Long, Long> deployed = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Threads.virtual("deployment-keeper"));
  private @Nullable Subscription folders;

  DeploymentKeeper(
      StoredFunctions functions,
      LongConsumer deploy,
      Supplier<LocalLambda> lambda,
      Consumer<String> problems) {
    this.functions = functions;
    this.deploy = deploy;
    this.lambda = lambda;
    this.problems = problems;
  }

  /** Deploys everything, then watches. */
  void start() {
    folders = functions.onExternalChange(id -> timer.execute(() -> deploy(id)));
    check();
    timer.scheduleWithFixedDelay(
        this::checkAgain, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void checkAgain() {
    try {
      check();
    } catch (HearthException e) {
      problems.accept(e.getMessage());
    }
  }

  /** Deploys what has changed since the last time and removes what is gone. */
  synchronized void check() {
    Map<Long, Long> now = functions.revisions();
    if (now.equals(deployed)) {
      return;
    }
    now.forEach(
        (id, revision) -> {
          if (!revision.equals(deployed.get(id))) {
            deploy(id);
          }
        });
    removeGone(functions.list());
    deployed.clear();
    deployed.putAll(now);
  }

  private void deploy(long functionId) {
    try {
      deploy.accept(functionId);
    } catch (HearthException e) {
      problems.accept(e.getMessage());
    }
  }

  private void removeGone(List<FunctionDefinition> existing) {
    Set<String> names = new HashSet<>();
    existing.forEach(function -> names.add(function.name()));
    for (DeployedFunction function : lambda.get().deployed()) {
      if (!names.contains(function.name())) {
        lambda.get().remove(function.name());
      }
    }
  }

  void close() {
    if (folders != null) {
      folders.close();
    }
    timer.shutdownNow();
  }
}
