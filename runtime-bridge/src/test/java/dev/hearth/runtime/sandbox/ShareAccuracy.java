package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processor time that a busy loop of two processes gets, beside what its memory buys. */
final class ShareAccuracy {
  /** Tries to find a moment in which others leave enough. */
  private static final int WINDOWS = 5;

  private static final double TICK_NANOS = 1e7;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private ShareAccuracy() {}

  static void print(BenchmarkFolders folders) throws Exception {
    for (String means : List.of("cgroup-v1", "cgroup-v2", Choice.THROTTLE)) {
      try (Sandbox sandbox = Sandboxes.with(Choice.of(means))) {
        boolean offered =
            means.equals(Choice.THROTTLE) || sandbox.description().startsWith("cgroup");
        if (!offered) {
          System.out.printf("%-10s not to be had here%n", means);
          continue;
        }
        for (long megabytes : new long[] {128, 512, 1769, 3538}) {
          share(means, sandbox, megabytes, folders);
        }
      }
    }
  }

  private static void share(String means, Sandbox sandbox, long megabytes, BenchmarkFolders folders)
      throws Exception {
    double onLambda = CpuShare.onLambda(megabytes * BenchmarkFolders.MEBI);
    if (onLambda > PROCESSORS) {
      System.out.printf(
          "%-10s %,6d MB: this machine has %d of %.2f processors%n",
          means, megabytes, PROCESSORS, onLambda);
      return;
    }
    String busy = "while :; do :; done";
    SandboxedProcess process =
        sandbox.start(folders.spec(megabytes, "/bin/sh", "-c", "echo x; (" + busy + ")& " + busy));
    process.stdout().read();
    boolean ahead = Priority.prefer(process);
    process.initDone();
    Thread.sleep(300);
    String verdict = "";
    for (int window = 0; window < WINDOWS && !verdict.startsWith("error"); window++) {
      verdict = verdict(process, onLambda, ahead);
    }
    System.out.printf(
        "%-10s %,6d MB: %.4f of a processor wanted, %s, goal %d %%%n",
        means, megabytes, onLambda, verdict, means.equals(Choice.THROTTLE) ? 8 : 3);
    BenchmarkFolders.end(process);
  }

  /**
   * Judged only where others left more than the share, or next to all there is.
   *
   * @param ahead whether others get only what the process leaves
   */
  private static String verdict(SandboxedProcess process, double wanted, boolean ahead)
      throws Exception {
    long from = System.nanoTime();
    long before = process.cpuNanos();
    long busyBefore = busyTicks();
    Thread.sleep(3000);
    double took = System.nanoTime() - from;
    double share = (process.cpuNanos() - before) / took;
    double others = (busyTicks() - busyBefore) * TICK_NANOS / took - share;
    double free = PROCESSORS - others;
    return ahead || free >= Math.min(wanted + 0.3, 0.98 * PROCESSORS)
        ? "error %+.1f %%".formatted((share / wanted - 1) * 100)
        : "%+.1f %%, not judged: others left only %.2f of %d"
            .formatted((share / wanted - 1) * 100, free, PROCESSORS);
  }

  /** Of all processors, since the machine was started, for whomever. */
  private static long busyTicks() throws IOException {
    String[] words = Files.readAllLines(Path.of("/proc/stat")).getFirst().split("\\s+");
    long busy = 0;
    for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
      busy += Long.parseLong(words[field]);
    }
    return busy;
  }
}
