package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs something on a platform thread that does nothing else and ends then: the kernel keeps some
 * of what a process inherits for each thread (control groups, namespaces, rights), and no other
 * thread of ours may be left with it.
 */
final class OwnThread {
  private static final long STACK_BYTES = 512 << 10;

  private OwnThread() {}

  /**
   * @throws IOException whatever the task throws
   */
  static <T> T call(Callable<T> task) throws IOException {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofPlatform().daemon().stackSize(STACK_BYTES).name("sandbox-start").start(future);
    return await(future);
  }

  /**
   * Waits for a task of another thread, whatever happens.
   *
   * @throws IOException whatever the task throws
   */
  static <T> T await(FutureTask<T> future) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          // Half started is not a state to leave things in; it takes a millisecond.
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
