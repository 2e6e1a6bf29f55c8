package dev.hearth.runtime.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, which nothing here is told about. */
final class Waiting {
  private static final long MOST_NANOS = 100_000_000_000L;

  private Waiting() {}

  static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > MOST_NANOS) {
        throw new AssertionError("Not within 100 s: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /**
   * Waits for a second in which the process gets such a share of one processor. On a busy machine
   * it may be kept from its share for a while; without a limit it never comes down to it while
   * others leave it anything.
   */
  static void forShare(SandboxedProcess process, double least, double most) {
    long[] from = {System.nanoTime(), process.cpuNanos()};
    until(
        "a share between " + least + " and " + most,
        () -> {
          long now = System.nanoTime();
          if (now - from[0] < 1_000_000_000L) {
            return false;
          }
          long used = process.cpuNanos();
          double share = (double) (used - from[1]) / (now - from[0]);
          from[0] = now;
          from[1] = used;
          return share >= least && share <= most;
        });
  }

  /** False for one that has ended, also while nobody has collected it. */
  static boolean alive(long pid) {
    String state = state(pid);
    return !state.isEmpty() && !state.equals("Z") && !state.equals("X");
  }

  /** The state's letter, or an empty text. */
  static String state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    } catch (java.io.IOException e) {
      return "";
    }
  }
}
