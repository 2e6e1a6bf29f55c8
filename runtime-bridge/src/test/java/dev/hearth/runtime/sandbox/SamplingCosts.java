package dev.hearth.runtime.sandbox;

import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.LocalLambdaOptions;
import dev.hearth.runtime.TestBootstrap;
import dev.hearth.runtime.TestLambda;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What looking at running environments takes: one look, and the thread that looks at twenty. */
final class SamplingCosts {
  private static final int ENVIRONMENTS = 20;
  private static final int LOOKS = 4000;
  private static final long SECONDS = 8;

  private SamplingCosts() {}

  static void print(BenchmarkFolders folders) throws Exception {
    try (Sandbox sandbox = Sandboxes.best()) {
      look("one look, one process", sandbox, folders.idle(sandbox));
      SandboxedProcess tree =
          sandbox.start(
              folders.spec(
                  256, "/bin/sh", "-c", "sleep 1000 & sleep 1000 & echo x; exec sleep 1000"));
      tree.stdout().read();
      look("one look, three processes", sandbox, tree);
    }
    if (!TestBootstrap.available()) {
      System.out.println("twenty environments: need a C compiler");
      return;
    }
    LocalLambdaOptions options =
        LocalLambdaOptions.of(folders.tmp().resolve("scratch"), folders.tmp().resolve("cache"));
    twenty("the kernel keeps the limit", () -> TestLambda.open(options));
    twenty("the limit is ours", () -> TestLambda.openPlain(options));
  }

  private static void look(String what, Sandbox sandbox, SandboxedProcess process)
      throws Exception {
    var clock = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < LOOKS; i++) {
      process.residentBytes();
    }
    long cpu = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < LOOKS; i++) {
      process.residentBytes();
    }
    System.out.printf(
        "%-40s processor %5.2f us (%s)%n",
        what, (clock.getCurrentThreadCpuTime() - cpu) / 1e3 / LOOKS, sandbox.description());
    BenchmarkFolders.end(process);
  }

  /** Twenty calls that do nothing for a while, seen by the product's own threads. */
  private static void twenty(String when, Supplier<LocalLambda> opened) throws Exception {
    try (LocalLambda lambda = opened.get()) {
      lambda.deploy(
          TestBootstrap.function(
              FunctionConfiguration.of("fn", RuntimeIdentifier.parse("provided.al2023"), "init.ok")
                  .withMemorySize(256)
                  .withTimeout(100)));
      // The first round only starts them all, and lets the JVM compile.
      calls(lambda, SECONDS).forEach(SamplingCosts::join);
      List<Thread> calls = calls(lambda, SECONDS + 4);
      Thread.sleep(1500);
      long cpu = watching();
      long from = System.nanoTime();
      Thread.sleep(SECONDS * 1000);
      System.out.printf(
          "%d environments, %-30s %.2f %% of a core, goal 1 %%%n",
          ENVIRONMENTS, when, 100.0 * (watching() - cpu) / (System.nanoTime() - from));
      calls.forEach(SamplingCosts::join);
    }
  }

  private static List<Thread> calls(LocalLambda lambda, long seconds) {
    byte[] event = "\"sleep %d\"".formatted(seconds * 1000).getBytes(StandardCharsets.US_ASCII);
    List<Thread> calls = new ArrayList<>();
    for (int i = 0; i < ENVIRONMENTS; i++) {
      calls.add(Thread.ofPlatform().start(() -> lambda.invoke(InvokeRequest.of("fn", event))));
    }
    return calls;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nanoseconds that the threads have used that look at environments. */
  private static long watching() {
    var threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getAllThreadIds())
        .filter(
            id -> {
              var thread = threads.getThreadInfo(id);
              return thread != null
                  && (thread.getThreadName().equals("environment-monitor")
                      || thread.getThreadName().startsWith("sandbox-"));
            })
        .map(threads::getThreadCpuTime)
        .filter(nanos -> nanos > 0)
        .sum();
  }
}
