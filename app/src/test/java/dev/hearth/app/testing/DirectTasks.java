package dev.hearth.app.testing;

import dev.hearth.app.task.TaskRunner;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Runs everything at once on the calling thread, so that view models are tested without waiting.
 */
public final class DirectTasks implements TaskRunner {
  @Override
  public <T> void run(
      String name, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
    T value;
    try {
      value = work.call();
    } catch (Exception e) {
      onFailure.accept(e);
      return;
    }
    onSuccess.accept(value);
  }

  @Override
  public void onFx(Runnable action) {
    action.run();
  }

  @Override
  public void close() {}
}
