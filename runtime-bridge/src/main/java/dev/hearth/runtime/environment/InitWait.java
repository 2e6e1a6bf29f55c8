package dev.hearth.runtime.environment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How one init ends, and the waits for it: until all external extensions have registered, until the
 * runtime is ready, and with SnapStart the time that a restore may take (lifecycle.md section 1).
 * The first end counts.
 */
final class InitWait {
  private final CompletableFuture<Void> registered = new CompletableFuture<>();
  private final CompletableFuture<Void> restoring = new CompletableFuture<>();
  private final CompletableFuture<InitOutcome> outcome = new CompletableFuture<>();

  /** All extensions that were started have registered. */
  void registered() {
    registered.complete(null);
  }

  /** The runtime has been restored: its own limit begins. */
  void restoring() {
    restoring.complete(null);
  }

  /** False when init had ended before. */
  boolean end(InitOutcome end) {
    return outcome.complete(end);
  }

  /** False when init has ended before all extensions have registered. */
  boolean awaitRegistration(long untilNanos) throws InterruptedException {
    if (!await(CompletableFuture.anyOf(registered, outcome), untilNanos - System.nanoTime())) {
      end(new InitOutcome.TimedOut());
    }
    return !outcome.isDone();
  }

  /**
   * Waits for the end.
   *
   * @param untilNanos when init is over
   * @param restoreNanos how long a restore may take after that; negative for what is left of the
   *     init
   */
  InitOutcome await(long untilNanos, long restoreNanos) throws InterruptedException {
    boolean seen =
        await(CompletableFuture.anyOf(restoring, outcome), untilNanos - System.nanoTime());
    long left = restoreNanos < 0 ? untilNanos - System.nanoTime() : restoreNanos;
    if (!seen || !await(outcome, left)) {
      end(new InitOutcome.TimedOut());
    }
    return outcome.join();
  }

  /** How it ended; a failure to start leaves no time to wait for more. */
  InitOutcome now() {
    end(new InitOutcome.TimedOut());
    return outcome.join();
  }

  private static boolean await(CompletableFuture<?> event, long nanos) throws InterruptedException {
    try {
      event.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Init ends with a value", e);
    }
  }
}
