package dev.hearth.app.task;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The one gate to background work and back to the FX thread. Panels hold no executor: they hand
 * work over and get the answer on the FX thread. Tests use one that runs everything at once.
 */
public interface TaskRunner extends AutoCloseable {
  /**
   * Runs work on a virtual thread.
   *
   * @param name for logs and thread names
   * @param onSuccess called on the FX thread
   * @param onFailure called on the FX thread with what the work threw
   */
  <T> void run(String name, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure);

  /** Runs on the FX thread: at once when already there, else later. */
  void onFx(Runnable action);

  @Override
  void close();
}
