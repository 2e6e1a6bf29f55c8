package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.LocalLambdaOptions;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs on this machine with everything that the program does around it, history stored
 * included, beside floors that are measured in the same run. Arguments: the number of warm calls
 * (20,000), then the runnable program for what concerns commands.
 */
public final class HearthBenchmark {
  private static final byte[] EVENT = "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);
  private static final int COLD_CALLS = 15;
  private static final int ENVIRONMENTS = 4;

  /** The account's usual 1,000 let in 10,000 calls a second (limits-and-pricing.md section 2). */
  private static final int CONCURRENCY = 10_000;

  private static final int LEAST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 15;

  private final int calls;
  private final Path folder;
  private final @Nullable Path bootstrap;

  private HearthBenchmark(int calls, Path folder) throws IOException, InterruptedException {
    this.calls = calls;
    this.folder = folder;
    this.bootstrap = BenchmarkFunctions.bootstrap(folder);
  }

  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    System.out.printf(
        "%s, %d processors, %s, Java %s, load %.1f%n%n",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Path folder = Files.createTempDirectory("hearth-benchmark");
    var benchmark = new HearthBenchmark(calls, folder);
    Path project = folder.resolve("benchmark.hearth");
    benchmark.runtime(project);
    Path program =
        Path.of(arguments.length > 1 ? arguments[1] : "installers/target/hearth/bin/hearth");
    if (Files.isExecutable(program)) {
      new CommandBenchmark(program.toAbsolutePath(), project, folder).run(calls);
    } else {
      System.out.println("Commands: not measured, there is no " + program + " (mvn install).");
    }
    System.exit(0);
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.exists(file)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private LocalLambda lambda() {
    return LocalLambda.open(
        LocalLambdaOptions.of(folder.resolve("scratch"), folder.resolve("cache"))
            .withConcurrencyLimit(CONCURRENCY)
            .withMaxEnvironmentsPerFunction(ENVIRONMENTS));
  }

  private void runtime(Path file) throws Exception {
    try (ProjectService projects =
            HearthServices.open(UserFolders.under(folder.resolve("user")), false, this::lambda);
        ProjectSession session = projects.create(file, "empty")) {
      System.out.println("Confinement: " + session.sandboxDescription() + "\n");
      BenchmarkFunctions.create(session, bootstrap);
      BenchmarkSample floor = floor();
      for (FunctionDefinition function : session.functions().list()) {
        measure(session, function, floor);
      }
      int stored = session.history().recent(1_000_000).size();
      System.out.printf("%nHistory: %,d calls stored", stored);
    }
    System.out.printf(", project file %,d KB%n%n", Files.size(file) >> 10);
  }

  private BenchmarkSample floor() throws Exception {
    if (bootstrap == null) {
      throw new IllegalStateException("The floor needs a C compiler. Install gcc or clang.");
    }
    BenchmarkFloor.pingPong(bootstrap, calls / 2);
    BenchmarkSample floor = BenchmarkFloor.pingPong(bootstrap, calls);
    floor.printWarm("floor: socket ping-pong with the C runtime", floor);
    return floor;
  }

  private void measure(ProjectSession session, FunctionDefinition function, BenchmarkSample floor)
      throws Exception {
    String name = function.name();
    LocalLambda lambda = session.lambda();
    lambda.deploy(session.functions().snapshot(function.id()).deployable());
    InvokeResult first = lambda.invoke(InvokeRequest.of(name, EVENT));
    if (!first.succeeded()) {
      System.out.println(name + ": not measured, " + first.outcome());
      return;
    }
    System.out.println();
    warmed(n -> inProcess(lambda, name, n)).printWarm(name + ": invoke in process", floor);
    try (ServedApi server = session.serveApi(0, System.out::println)) {
      var clients = new BenchmarkClients(server.port(), name);
      warmed(n -> clients.run(1, n)).printWarm(name + ": HTTP, 1 client", floor);
      warmed(n -> clients.run(16, n)).printWarm(name + ": HTTP, 16 clients, 4 environments", floor);
    }
    cold(session, name, function.configuration().runtime().family());
    lambda.remove(name);
  }

  /** One series of calls. */
  private interface Round {
    BenchmarkSample run(int calls) throws Exception;
  }

  /** Repeats the round until the JVM has compiled what there is to compile, then measures once. */
  private BenchmarkSample warmed(Round round) throws Exception {
    double best = 0;
    double last = round.run(calls).perSecond();
    for (int n = 1; n < MOST_ROUNDS && (n < LEAST_ROUNDS || last > best * 1.05); n++) {
      best = Math.max(best, last);
      last = round.run(calls).perSecond();
    }
    return round.run(calls);
  }

  private static BenchmarkSample inProcess(LocalLambda lambda, String name, int calls)
      throws Exception {
    return BenchmarkSample.of(calls, () -> checked(lambda, name));
  }

  private static InvokeResult checked(LocalLambda lambda, String name) {
    InvokeResult result = lambda.invoke(InvokeRequest.of(name, EVENT));
    if (!result.succeeded()) {
      throw new IllegalStateException(result.toString());
    }
    return result;
  }

  private static void cold(ProjectSession session, String name, RuntimeFamily family)
      throws Exception {
    LocalLambda lambda = session.lambda();
    BenchmarkSample floor =
        BenchmarkFloor.bareStart(family, session.interpreters(), COLD_CALLS)
            .orElse(BenchmarkSample.of(COLD_CALLS, () -> BenchmarkFloor.run(List.of("/bin/true"))));
    floor.printSlow(name + ": floor, bare start and end", floor);
    BenchmarkSample.of(COLD_CALLS, () -> lambda.stopEnvironments(name), () -> checked(lambda, name))
        .printSlow(name + ": cold call", floor);
  }
}
