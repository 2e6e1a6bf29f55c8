package dev.hearth.runtime.language;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Cold start (process start to the response being read) and warm round trips of each runtime client
 * against a small Runtime API, on every interpreter of this machine. Arguments: cold starts per
 * client (default 15), warm invokes (default 20,000).
 */
final class RuntimeClientBenchmark {
  private record Subject(RuntimeFamily family, String runtime, String handler) {}

  private final LanguageRuntimes runtimes;
  private final Path taskRoot;
  private final int coldStarts;
  private final int warmInvokes;

  private RuntimeClientBenchmark(LanguageRuntimes runtimes, Path taskRoot, int cold, int warm) {
    this.runtimes = runtimes;
    this.taskRoot = taskRoot;
    this.coldStarts = cold;
    this.warmInvokes = warm;
  }

  public static void main(String[] arguments) throws Exception {
    int cold = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    int warm = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    Path folder = Files.createTempDirectory("hearth-benchmark");
    Path taskRoot = Files.createDirectories(folder.resolve("task"));
    Files.writeString(
        taskRoot.resolve("app.py"), "def handler(event, context):\n    return event\n");
    Files.writeString(taskRoot.resolve("index.js"), "exports.handler = async (event) => event;\n");
    Files.writeString(
        taskRoot.resolve("Echo.java"),
        """
        import com.amazonaws.services.lambda.runtime.*;
        import java.util.Map;
        public class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
          public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            return event;
          }
        }
        """);
    long start = System.nanoTime();
    try (LanguageRuntimes runtimes = new LanguageRuntimes(folder.resolve("cache"))) {
      List<Interpreter> interpreters = runtimes.interpreters();
      System.out.printf(
          "discovery: %d interpreters in %.0f ms%n",
          interpreters.size(), (System.nanoTime() - start) / 1e6);
      new RuntimeClientBenchmark(runtimes, taskRoot, cold, warm).run(interpreters);
    } finally {
      JavaSourceCompiler.delete(folder);
    }
  }

  private void run(List<Interpreter> interpreters) throws Exception {
    System.out.println(
        "client               plan ms  cold ms median / min   warm us p50 / p99   invokes/s");
    for (Interpreter interpreter : interpreters) {
      Subject subject = subject(interpreter);
      measure(subject, "");
      if (subject.family() == RuntimeFamily.JAVA) {
        long start = System.nanoTime();
        boolean trained = runtimes.trained().get();
        System.out.printf(
            "  archive made: %s, %.1f s%n", trained, (System.nanoTime() - start) / 1e9);
        measure(subject, " +archive");
      }
    }
  }

  private static Subject subject(Interpreter interpreter) {
    VersionNumber version = VersionNumber.parse(interpreter.version());
    return switch (interpreter.family()) {
      case PYTHON -> new Subject(RuntimeFamily.PYTHON, "python3." + version.part(1), "app.handler");
      case NODEJS ->
          new Subject(RuntimeFamily.NODEJS, "nodejs" + version.part(0) + ".x", "index.handler");
      default -> new Subject(RuntimeFamily.JAVA, "java" + version.part(0), "Echo");
    };
  }

  private void measure(Subject subject, String suffix) throws Exception {
    var configuration =
        FunctionConfiguration.of(
                "fn", RuntimeIdentifier.parse(subject.runtime()), subject.handler())
            .withMemorySize(512);
    var function = new DeployedFunction(configuration, new CodePackage(taskRoot, ""), "$LATEST");
    long start = System.nanoTime();
    LaunchPlan plan = runtimes.forFamily(subject.family()).plan(function);
    double planMs = (System.nanoTime() - start) / 1e6;
    double[] cold = new double[coldStarts];
    for (int i = -1; i < coldStarts; i++) {
      try (TestRuntimeApi api = new TestRuntimeApi()) {
        api.send("id", "{\"hello\":\"world\"}", Map.of());
        long begin = System.nanoTime();
        try (RuntimeProcess process = new RuntimeProcess(function, plan, api, Map.of())) {
          api.answer();
          cold[Math.max(i, 0)] =
              (System.nanoTime() - begin) / 1e6; // the first one warms the caches
        }
      }
    }
    Arrays.sort(cold);
    long[] warm;
    double seconds;
    try (TestRuntimeApi api = new TestRuntimeApi();
        RuntimeProcess process = new RuntimeProcess(function, plan, api, Map.of())) {
      api.measure(Math.max(1, warmInvokes / 4), Duration.ofMinutes(2)); // warm-up
      api.send("id", "{}", Map.of());
      api.answer();
      begin(api);
      long begin = System.nanoTime();
      warm = api.measure(warmInvokes, Duration.ofMinutes(2));
      seconds = (System.nanoTime() - begin) / 1e9;
    }
    Arrays.sort(warm);
    System.out.printf(
        "%-20s %7.0f  %9.1f / %-9.1f %11.1f / %-9.1f %7.0f%n",
        subject.runtime() + suffix,
        planMs,
        cold[cold.length / 2],
        cold[0],
        warm[warm.length / 2] / 1e3,
        warm[warm.length * 99 / 100] / 1e3,
        warmInvokes / seconds);
  }

  /** Lets the client, which waits for an event by now, come back for the measured ones. */
  private static void begin(TestRuntimeApi api) {
    api.send("id", "{}", Map.of());
  }
}
