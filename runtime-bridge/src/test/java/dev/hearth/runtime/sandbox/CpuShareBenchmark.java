package dev.hearth.runtime.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Prints how near a busy function comes to the CPU share that its memory buys. */
public final class CpuShareBenchmark {
  private static final long[] MEGABYTES = {128, 512, 1769, 3538};
  private static final long NANOS = 3_000_000_000L;

  private CpuShareBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    for (long megabytes : MEGABYTES) {
      try (Sandbox sandbox = Sandboxes.best()) {
        measure(sandbox, megabytes);
      }
    }
  }

  private static void measure(Sandbox sandbox, long megabytes) throws Exception {
    long bytes = megabytes << 20;
    String busy = "while :; do :; done";
    SandboxedProcess process =
        sandbox.start(
            new ProcessSpec(
                List.of("/bin/sh", "-c", "echo x; (" + busy + ")& " + busy),
                Map.of(),
                Path.of("/"),
                bytes));
    process.stdout().read();
    process.initDone();
    Thread.sleep(200);
    long from = System.nanoTime();
    long before = process.cpuNanos();
    Thread.sleep(NANOS / 1_000_000);
    double share = (process.cpuNanos() - before) / (double) (System.nanoTime() - from);
    double wanted = CpuShare.ofThisMachine().of(bytes);
    System.out.printf(
        "%-16s %,6d MB: wanted %.4f of a processor, got %.4f, error %+.1f %%%n",
        sandbox.description(), megabytes, wanted, share, (share / wanted - 1) * 100);
    process.kill();
    process.onExit().join();
  }
}
