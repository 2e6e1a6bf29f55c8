package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prints what each means costs and how exact it is, beside the goals: per cold start (all together
 * 10 ms), per warm call (40 us), freeze and thaw (100 us), sampling of 20 environments (1 % of a
 * core), CPU share (3 %, by stopping and continuing 8 %), memory (1 MB). Arguments choose parts:
 * {@code starts calls sampling memory shares}.
 */
public final class ConfinementBenchmark {
  /** Tries to find a moment in which others leave enough. */
  private static final int WINDOWS = 5;

  private static final List<String> MEANS =
      List.of(
          "plain",
          "cgroup-v1",
          "cgroup-v2",
          "namespaces",
          "bubblewrap",
          "cgroup-v1,namespaces",
          "cgroup-v1,bubblewrap");
  private static final int STARTS = 40;
  private static final int ENVIRONMENTS = 20;
  private static final long MEBI = 1 << 20;
  private static final double TICK_NANOS = 1e7;

  private ConfinementBenchmark() {}

  /** A folder for the code and one for /tmp. */
  private record Folders(Path task, Path tmp) {
    static Folders make() throws IOException {
      Path task = Files.createTempDirectory("hearth-benchmark-task");
      return new Folders(task, Files.createTempDirectory("hearth-benchmark-tmp"));
    }

    ProcessSpec spec(long megabytes, String... command) {
      return new ProcessSpec(
          List.of(command),
          Map.of("PATH", "/usr/bin:/bin"),
          task,
          megabytes * MEBI,
          new Isolation(task, null, tmp, 512 * MEBI, List.of(), NetworkSpace.OPEN));
    }
  }

  public static void main(String[] arguments) throws Exception {
    Folders folders = Folders.make();
    Set<String> parts = Set.of(arguments);
    if (parts.isEmpty() || parts.contains("starts")) {
      starts(folders);
    }
    try (Sandbox sandbox = Sandboxes.best()) {
      if (parts.isEmpty() || parts.contains("calls")) {
        calls(sandbox, folders);
      }
      if (parts.isEmpty() || parts.contains("sampling")) {
        sampling(sandbox, folders);
      }
      if (parts.isEmpty() || parts.contains("memory")) {
        memory(sandbox, folders);
      }
    }
    if (parts.isEmpty() || parts.contains("shares")) {
      for (String means : List.of("cgroup-v1", "throttle")) {
        shares(means, folders);
      }
    }
  }

  private static void starts(Folders folders) throws Exception {
    for (String means : MEANS) {
      try (Sandbox sandbox = Sandboxes.with(Choice.of(means))) {
        String found = sandbox.description();
        if (found.replace(' ', '-').replace(",-", ",").equals(means) || means.equals("plain")) {
          starts(found, sandbox, folders);
        } else {
          System.out.printf("%-24s not to be had here%n", means);
        }
      }
    }
  }

  private static void starts(String means, Sandbox sandbox, Folders folders) throws Exception {
    starts(means, sandbox, folders, STARTS, 0);
    starts(means + ", rested", sandbox, folders, STARTS / 4, 400);
  }

  /**
   * @param pause milliseconds between two starts, in which the next may be prepared
   */
  private static void starts(String means, Sandbox sandbox, Folders folders, int starts, long pause)
      throws Exception {
    long[] nanos = new long[starts];
    for (int i = -starts / 2; i < starts; i++) {
      Thread.sleep(pause);
      long before = System.nanoTime();
      SandboxedProcess process = sandbox.start(folders.spec(256, "/bin/echo", "x"));
      process.stdout().read();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - before;
      }
      process.onExit().join();
      close(process);
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-32s start to first byte   min %6.2f ms   p50 %6.2f ms%n",
        means, nanos[0] / 1e6, nanos[starts / 2] / 1e6);
  }

  private static void close(SandboxedProcess process) throws IOException {
    process.stdout().close();
    process.stderr().close();
  }

  private static SandboxedProcess idle(Sandbox sandbox, Folders folders) throws Exception {
    SandboxedProcess process =
        sandbox.start(folders.spec(256, "/bin/sh", "-c", "echo x; exec sleep 1000"));
    process.stdout().read();
    process.initDone();
    return process;
  }

  private static void calls(Sandbox sandbox, Folders folders) throws Exception {
    SandboxedProcess process = idle(sandbox, folders);
    print(
        "what a warm call asks for",
        2000,
        () -> {
          process.cpuNanos();
          process.residentBytes();
          process.peakBytes();
          process.resetPeak();
          process.cpuNanos();
        });
    print(
        "freeze and thaw",
        2000,
        () -> {
          process.freeze();
          process.thaw();
        });
    process.kill();
    process.onExit().join();
  }

  private static void print(String what, int runs, Runnable step) {
    for (int i = 0; i < runs / 2; i++) {
      step.run();
    }
    long[] nanos = new long[runs];
    for (int i = 0; i < runs; i++) {
      long before = System.nanoTime();
      step.run();
      nanos[i] = System.nanoTime() - before;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-46s min %6.1f us   p50 %6.1f us   p99 %7.1f us%n",
        what, nanos[0] / 1e3, nanos[runs / 2] / 1e3, nanos[(int) (runs * 0.99)] / 1e3);
  }

  /** As the monitor does. */
  private static void sampling(Sandbox sandbox, Folders folders) throws Exception {
    List<SandboxedProcess> all = new ArrayList<>();
    for (int i = 0; i < ENVIRONMENTS; i++) {
      all.add(idle(sandbox, folders));
    }
    for (int i = 0; i < 2000; i++) {
      all.forEach(SandboxedProcess::residentBytes);
    }
    sampling(all, 10, "while memory changes, or the limit is ours");
    sampling(all, 40, "while it stays and the kernel keeps the limit");
    all.forEach(SandboxedProcess::kill);
    all.forEach(process -> process.onExit().join());
  }

  private static void sampling(List<SandboxedProcess> all, int millis, String when)
      throws InterruptedException {
    var clock = java.lang.management.ManagementFactory.getThreadMXBean();
    long before = clock.getCurrentThreadCpuTime();
    long from = System.nanoTime();
    for (int tick = 0; tick < 400; tick++) {
      all.forEach(SandboxedProcess::residentBytes);
      Thread.sleep(millis);
    }
    System.out.printf(
        "sampling %d environments every %d ms, %s: %.2f %% of a core%n",
        ENVIRONMENTS,
        millis,
        when,
        100.0 * (clock.getCurrentThreadCpuTime() - before) / (System.nanoTime() - from));
  }

  /** Beside what the process says of itself. */
  private static void memory(Sandbox sandbox, Folders folders) throws Exception {
    for (int megabytes : new int[] {10, 100, 500}) {
      String program =
          "held = b'x' * (%d << 20)\nprint([l for l in open('/proc/self/status') if l.startswith('VmHWM')][0].split()[1], flush=True)\nimport time\ntime.sleep(1000)"
              .formatted(megabytes);
      SandboxedProcess process =
          sandbox.start(folders.spec(2048, "/usr/bin/python3", "-I", "-S", "-c", program));
      long outside = Long.parseLong(SandboxContract.lines(process.stdout()).readLine()) * 1024;
      System.out.printf(
          "memory of a process holding %3d MB: measured %.1f MB, by itself %.1f MB, error %+.2f"
              + " MB%n",
          megabytes,
          process.peakBytes() / 1e6,
          outside / 1e6,
          (process.peakBytes() - outside) / 1e6);
      process.kill();
      process.onExit().join();
    }
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

  private static void shares(String means, Folders folders) throws Exception {
    try (Sandbox sandbox = Sandboxes.with(Choice.of(means))) {
      for (long megabytes : new long[] {128, 512, 1769, 3538}) {
        String busy = "while :; do :; done";
        SandboxedProcess process =
            sandbox.start(
                folders.spec(megabytes, "/bin/sh", "-c", "echo x; (" + busy + ")& " + busy));
        process.stdout().read();
        process.initDone();
        Thread.sleep(300);
        double wanted = CpuShare.ofThisMachine().of(megabytes * MEBI);
        String verdict = "";
        for (int window = 0; window < WINDOWS && !verdict.startsWith("error"); window++) {
          verdict = verdict(process, wanted);
        }
        System.out.printf(
            "%-10s %,6d MB: %.4f of a processor wanted, %s%n", means, megabytes, wanted, verdict);
        process.kill();
        process.onExit().join();
      }
    }
  }

  /** Judged only where others left more than the share, or next to all there is. */
  private static String verdict(SandboxedProcess process, double wanted) throws Exception {
    int processors = Runtime.getRuntime().availableProcessors();
    long from = System.nanoTime();
    long before = process.cpuNanos();
    long busyBefore = busyTicks();
    Thread.sleep(3000);
    double took = System.nanoTime() - from;
    double share = (process.cpuNanos() - before) / took;
    double others = (busyTicks() - busyBefore) * TICK_NANOS / took - share;
    double free = processors - others;
    return free >= Math.min(wanted + 0.3, 0.98 * processors)
        ? "error %+.1f %%".formatted((share / wanted - 1) * 100)
        : "not judged: others left only %.2f".formatted(free);
  }
}
