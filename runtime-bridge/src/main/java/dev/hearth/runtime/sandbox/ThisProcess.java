package dev.hearth.runtime.sandbox;

import java.util.NoSuchElementException;

/** The process that Hearth itself runs in. */
public final class ThisProcess {
  private ThisProcess() {}

  /**
   * Ends it at once with an exit code. A JVM that ends waits 300 ms for threads that sit in the
   * kernel, as those that wait for sockets always do; for a command that is as long as all the
   * rest. No shutdown hook runs where this works: everything has to be closed and flushed before.
   */
  public static void end(int exitCode) {
    if (Sandboxes.NATIVE) {
      endNow(exitCode);
    }
    System.exit(exitCode);
  }

  private static void endNow(int exitCode) {
    try {
      Libc.call(Libc.symbol("_exit"), exitCode, 0, 0);
    } catch (NoSuchElementException | LinkageError e) {
      // The caller ends it in the usual way, which only takes longer.
      return;
    }
  }
}
