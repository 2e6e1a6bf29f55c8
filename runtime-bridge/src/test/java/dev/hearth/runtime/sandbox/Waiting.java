package dev.hearth.runtime.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, which nothing here is told about. */
final class Waiting {
  private static final long MOST_NANOS = 60_000_000_000L;

  private Waiting() {}

  static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > MOST_NANOS) {
        throw new AssertionError("Not within 60 s: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
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
