package dev.hearth.runtime.sandbox;

import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.LocalLambdaOptions;
import dev.hearth.runtime.TestBootstrap;
import dev.hearth.runtime.TestLambda;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.NetworkAccess;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What confinement, measuring and freezing cost with each warm call. */
final class CallCosts {
  private static final int ROUNDS = 4000;
  private static final int CALLS = 6000;
  private static final int IN_TURN = 50;
  private static final byte[] EVENT = "{\"hello\":1}".getBytes(StandardCharsets.US_ASCII);

  private CallCosts() {}

  static void print(BenchmarkFolders folders) throws Exception {
    try (Sandbox sandbox = Sandboxes.best()) {
      steps(sandbox, folders);
    }
    if (TestBootstrap.available()) {
      warmCalls(folders);
    } else {
      System.out.println("warm calls: need a C compiler");
    }
  }

  private static void steps(Sandbox sandbox, BenchmarkFolders folders) throws Exception {
    SandboxedProcess process = folders.idle(sandbox);
    step(
        "measuring a call",
        40,
        () -> {
          process.cpuNanos();
          process.residentBytes();
          process.peakBytes();
          process.resetPeak();
          process.cpuNanos();
        });
    step(
        "freeze and thaw by signals",
        100,
        () -> {
          process.freeze();
          process.thaw();
        });
    BenchmarkFolders.end(process);
    SandboxedProcess strayed =
        sandbox.start(
            folders.spec(
                256, "/bin/sh", "-c", "setsid sleep 1000 & sleep 0.1; echo x; exec sleep 1000"));
    strayed.stdout().read();
    step(
        "freeze and thaw with a child that left its session",
        100,
        () -> {
          strayed.freeze();
          strayed.thaw();
        });
    BenchmarkFolders.end(strayed);
  }

  private static void step(String what, int goalMicros, Runnable step) {
    var clock = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ROUNDS; i++) {
      step.run();
    }
    Samples micros = new Samples(ROUNDS);
    long cpu = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < ROUNDS; i++) {
      long before = System.nanoTime();
      step.run();
      micros.add((System.nanoTime() - before) / 1e3);
    }
    System.out.printf(
        "%-52s processor %6.1f us  p50 %6.1f us  p99 %7.1f us  goal %d us%n",
        what,
        (clock.getCurrentThreadCpuTime() - cpu) / 1e3 / ROUNDS,
        micros.median(),
        micros.p99(),
        goalMicros);
  }

  /** The same call of the same C program, in turn. */
  private static void warmCalls(BenchmarkFolders folders) {
    LocalLambdaOptions options =
        LocalLambdaOptions.of(folders.tmp().resolve("scratch"), folders.tmp().resolve("cache"));
    try (LocalLambda plain = TestLambda.openPlain(options);
        LocalLambda best = TestLambda.open(options)) {
      plain.deploy(TestBootstrap.function(configuration("plain")));
      best.deploy(TestBootstrap.function(configuration("confined")));
      Samples floor = new Samples(CALLS);
      Samples confined = new Samples(CALLS);
      inTurn(plain, "plain", floor, best, "confined", confined);
      System.out.printf("%-52s p50 %6.1f us%n", "warm call, plain process", floor.median());
      line("warm call, " + best.sandboxDescription().split("\\.")[0], floor, confined);
      for (NetworkAccess network : List.of(NetworkAccess.LOOPBACK, NetworkAccess.NONE)) {
        String name = "network-" + network;
        best.deploy(TestBootstrap.function(configuration(name).withNetwork(network)));
        Samples beside = new Samples(CALLS);
        Samples separated = new Samples(CALLS);
        inTurn(plain, "plain", beside, best, name, separated);
        line(
            "the same, network " + network.name().toLowerCase(java.util.Locale.ROOT),
            beside,
            separated);
      }
    }
  }

  /** Enough memory for more than any call uses: nobody waits for a quota. */
  private static FunctionConfiguration configuration(String name) {
    return FunctionConfiguration.of(name, RuntimeIdentifier.parse("provided.al2023"), "init.ok")
        .withMemorySize(10_240)
        .withTimeout(60);
  }

  private static void inTurn(
      LocalLambda one,
      String ofOne,
      Samples micros,
      LocalLambda other,
      String ofOther,
      Samples of) {
    for (int round = -CALLS / 2; round < CALLS; round += IN_TURN) {
      calls(one, ofOne, round < 0 ? new Samples(IN_TURN) : micros);
      calls(other, ofOther, round < 0 ? new Samples(IN_TURN) : of);
    }
  }

  private static void calls(LocalLambda lambda, String function, Samples micros) {
    for (int i = 0; i < IN_TURN; i++) {
      long before = System.nanoTime();
      lambda.invoke(InvokeRequest.of(function, EVENT));
      micros.add((System.nanoTime() - before) / 1e3);
    }
  }

  private static void line(String what, Samples floor, Samples calls) {
    System.out.printf(
        "%-52s p50 %6.1f us  adds %+.1f us (%.2f x)  goal 40 us%n",
        what, calls.median(), calls.median() - floor.median(), calls.median() / floor.median());
  }
}
