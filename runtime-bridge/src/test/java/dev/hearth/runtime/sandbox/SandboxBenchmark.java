package dev.hearth.runtime.sandbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Prints what starting, measuring and freezing cost on this machine: medians. */
public final class SandboxBenchmark {
  private static final ProcessSpec TRUE =
      new ProcessSpec(List.of("/bin/true"), Map.of(), Path.of("/"), 128 << 20);
  private static final ProcessSpec ECHO =
      new ProcessSpec(List.of("/bin/echo", "x"), Map.of(), Path.of("/"), 128 << 20);
  private static final ProcessSpec PYTHON =
      new ProcessSpec(
          List.of("/usr/bin/python3", "-I", "-S", "-c", "print(1,flush=True)\nwhile True: pass"),
          Map.of(),
          Path.of("/"),
          128 << 20);
  private static final ProcessSpec GIGABYTE =
      new ProcessSpec(
          List.of("/usr/bin/head", "-c", "1000000000", "/dev/zero"),
          Map.of(),
          Path.of("/"),
          128 << 20);

  private SandboxBenchmark() {}

  /** One thing to time. */
  private interface Step {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    long before = System.nanoTime();
    try (Sandbox sandbox = Sandboxes.best()) {
      sandbox.start(TRUE).onExit().join();
      System.out.printf("first start to exit %.1f ms%n", (System.nanoTime() - before) / 1e6);
      starting("posix_spawn", sandbox);
      try (Sandbox portable = TestSandboxes.portable()) {
        starting("ProcessBuilder", portable);
      }
      running(sandbox);
      gigabyte(sandbox);
    }
  }

  private static void starting(String way, Sandbox sandbox) throws Exception {
    time(way + " start returns, /bin/true", 200, () -> close(sandbox.start(TRUE)));
    time(
        way + " start to exit, /bin/true",
        200,
        () -> {
          SandboxedProcess process = sandbox.start(TRUE);
          process.onExit().join();
          close(process);
        });
    time(
        way + " start to first byte, /bin/echo",
        200,
        () -> {
          SandboxedProcess process = sandbox.start(ECHO);
          process.stdout().read();
          close(process);
        });
  }

  private static void close(SandboxedProcess process) throws Exception {
    process.stdout().close();
    process.stderr().close();
  }

  private static void running(Sandbox sandbox) throws Exception {
    SandboxedProcess process = sandbox.start(PYTHON);
    process.stdout().read();
    time("residentBytes", 5000, process::residentBytes);
    time("resetPeak", 5000, process::resetPeak);
    time("peakBytes", 5000, process::peakBytes);
    time("cpuNanos", 5000, process::cpuNanos);
    time(
        "freeze + thaw, spinning",
        5000,
        () -> {
          process.freeze();
          process.thaw();
        });
    process.freeze();
    time("residentBytes, frozen", 5000, process::residentBytes);
    time("resetPeak, frozen", 5000, process::resetPeak);
    time(
        "kill to exit",
        1,
        () -> {
          process.kill();
          process.onExit().join();
        });
    close(process);
  }

  private static void gigabyte(Sandbox sandbox) throws Exception {
    SandboxedProcess process = sandbox.start(GIGABYTE);
    byte[] buffer = new byte[1 << 16];
    long before = System.nanoTime();
    long total = 0;
    int count;
    while ((count = process.stdout().read(buffer)) >= 0) {
      total += count;
    }
    double seconds = (System.nanoTime() - before) / 1e9;
    System.out.printf("reading %,d bytes %28.2f GB/s%n", total, total / seconds / 1e9);
    close(process);
  }

  private static void time(String what, int runs, Step step) throws Exception {
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
        "%-42s min %7.1f us   p50 %7.1f us   p99 %8.1f us%n",
        what, nanos[0] / 1e3, nanos[runs / 2] / 1e3, nanos[(int) (runs * 0.99)] / 1e3);
  }
}
