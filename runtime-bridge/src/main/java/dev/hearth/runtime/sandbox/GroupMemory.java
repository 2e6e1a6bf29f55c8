package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory of several processes that share some of it. The sum of their resident sizes counts a page
 * once for each of them, which after a fork may be several times too much; Lambda counts it once.
 *
 * <p>The kernel knows the shares, but works long to tell. So they are asked for now and then, and
 * what was counted too often at that moment is taken off the cheap sums until the next time.
 */
final class GroupMemory {
  /** Asking may take this part of the time at most. */
  private static final long MOST_SHARE_OF_TIME = 20;

  private static final long LEAST_PAUSE_NANOS = 20_000_000L;

  private long countedTwice;
  private long dueAt = System.nanoTime();

  /** The group has other members now, so what was shared says nothing. */
  void membersChanged() {
    dueAt = System.nanoTime();
  }

  /**
   * Bytes that the processes hold together.
   *
   * @param sum of their resident bytes just now
   */
  long together(long sum, Collection<Integer> pids) {
    long now = System.nanoTime();
    if (now - dueAt >= 0) {
      countedTwice = Math.max(0, sum - exact(sum, pids));
      long took = System.nanoTime() - now;
      dueAt = now + Math.max(LEAST_PAUSE_NANOS, took * MOST_SHARE_OF_TIME);
    }
    return sum - Math.min(countedTwice, sum);
  }

  /**
   * Private memory by the kernel's proportional shares; mapped files once for each program, since
   * the shares of files would depend on strangers that run the same program.
   */
  private static long exact(long sum, Collection<Integer> pids) {
    long own = 0;
    Map<String, Long> files = new HashMap<>();
    for (int pid : pids) {
      String folder = "/proc/" + pid;
      try (ProcFile shares = new ProcFile(folder + "/smaps_rollup", 4096);
          ProcFile status = new ProcFile(folder + "/status", 4096)) {
        if (shares.read() && status.read()) {
          long anonymous = shares.numberOf("Pss_Anon");
          if (anonymous < 0) {
            return sum;
          }
          own += anonymous + Math.max(0, shares.numberOf("Pss_Shmem"));
          files.merge(program(folder), Math.max(0, status.numberOf("RssFile")), Math::max);
        }
      }
    }
    return (own + files.values().stream().mapToLong(Long::longValue).sum()) * 1024;
  }

  private static String program(String folder) {
    try {
      return Files.readSymbolicLink(Path.of(folder, "exe")).toString();
    } catch (IOException e) {
      // It has ended meanwhile, or it is not ours to look at: then it shares with nobody.
      return folder;
    }
  }
}
