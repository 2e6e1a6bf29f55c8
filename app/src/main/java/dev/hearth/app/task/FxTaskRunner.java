package dev.hearth.app.task;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The window's task runner: a virtual thread for each piece of work, answers on the FX thread.
 * Whatever escapes a callback is handed to one handler, so that no mistake vanishes.
 */
public final class FxTaskRunner implements TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(FxTaskRunner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory());
  private final Consumer<Throwable> onUncaught;
  private volatile boolean closed;

  /**
   * @param onUncaught told on the FX thread of what nobody else handled; logs it and shows it
   */
  public FxTaskRunner(Consumer<Throwable> onUncaught) {
    this.onUncaught = onUncaught;
  }

  @Override
  public <T> void run(
      String name, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
    if (closed) {
      LOG.debug("Not started after the end: {}", name);
      return;
    }
    threads.execute(() -> attempt(name, work, onSuccess, onFailure));
  }

  private <T> void attempt(
      String name, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
    Thread.currentThread().setName(name);
    T value;
    try {
      value = work.call();
    } catch (Exception | Error e) {
      deliver(() -> onFailure.accept(e));
      return;
    }
    deliver(() -> onSuccess.accept(value));
  }

  /** Answers are dropped once the panels that asked are gone. */
  private void deliver(Runnable answer) {
    onFx(
        () -> {
          if (!closed) {
            answer.run();
          }
        });
  }

  @Override
  public void onFx(Runnable action) {
    if (Platform.isFxApplicationThread()) {
      guarded(action);
    } else {
      Platform.runLater(() -> guarded(action));
    }
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      onUncaught.accept(e);
    }
  }

  /**
   * Lets running work finish for a few seconds, then interrupts it. No answers are delivered from
   * here on. Blocks: not for the FX thread.
   */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
