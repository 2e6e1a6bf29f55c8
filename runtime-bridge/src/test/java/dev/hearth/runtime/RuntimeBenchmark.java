package dev.hearth.runtime;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.service.ControlPlane;
import dev.hearth.runtime.service.InMemoryCatalog;
import dev.hearth.runtime.service.LambdaApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a call costs on this machine, beside the floor measured in the same run: one thread
 * playing ping-pong with the same C runtime over a plain socket. Arguments: number of calls
 * (20,000).
 */
public final class RuntimeBenchmark {
  private static final byte[] EVENT = "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);
  private static final int COLD_CALLS = 20;

  private RuntimeBenchmark() {}

  /** Sorted durations of single calls, and of all. */
  private record Sample(long[] nanos, long totalNanos) {
    double percentile(double share) {
      return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e3;
    }

    double perSecond() {
      return nanos.length / (totalNanos / 1e9);
    }

    void print(String what, String unitNote) {
      System.out.printf(
          "%-34s p50 %8.1f us   p99 %8.1f us   %8.0f /s %s%n",
          what, percentile(0.5), percentile(0.99), perSecond(), unitNote);
    }
  }

  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    if (!TestBootstrap.available()) {
      System.out.println("A C compiler (cc) is needed for the smallest runtime. Install gcc.");
      return;
    }
    floor(calls / 2);
    Sample floor = floor(calls);
    floor.print("floor: socket ping-pong, whole cycle", "");
    Path scratch = Files.createTempDirectory("hearth-benchmark");
    LocalLambdaOptions options =
        LocalLambdaOptions.of(scratch.resolve("scratch"), scratch.resolve("cache"))
            .withMaxEnvironmentsPerFunction(4);
    try (LocalLambda lambda = LocalLambda.open(options)) {
      ConcurrentLinkedQueue<RuntimeEvent> history = new ConcurrentLinkedQueue<>();
      lambda.subscribe(history::add);
      for (DeployedFunction function : functions(scratch)) {
        measure(lambda, function, calls, floor);
        history.clear();
      }
    }
  }

  /** The C runtime, and an echo in each language that this machine has. */
  private static List<DeployedFunction> functions(Path scratch) throws IOException {
    List<DeployedFunction> functions = new ArrayList<>();
    // As much memory as buys two processors: a smaller function would be held to its share.
    functions.add(
        TestBootstrap.function(
            FunctionConfiguration.of("c", RuntimeIdentifier.parse("provided.al2023"), "init.ok")
                .withMemorySize(3538)));
    functions.add(
        echo(
            scratch,
            FunctionConfiguration.of("python", RuntimeIdentifier.parse("python3.12"), "app.handler")
                .withMemorySize(3538),
            "app.py",
            "def handler(event, context):\n    return event\n"));
    functions.add(
        echo(
            scratch,
            FunctionConfiguration.of("node", RuntimeIdentifier.parse("nodejs22.x"), "app.handler")
                .withMemorySize(3538),
            "app.js",
            "exports.handler = async event => event;\n"));
    return functions;
  }

  private static DeployedFunction echo(
      Path scratch, FunctionConfiguration configuration, String file, String source)
      throws IOException {
    Path code = Files.createDirectories(scratch.resolve(configuration.functionName()));
    Files.writeString(code.resolve(file), source);
    return new DeployedFunction(
        configuration, new CodePackage(code, "0".repeat(64)), DeployedFunction.LATEST);
  }

  private static void measure(
      LocalLambda lambda, DeployedFunction function, int calls, Sample floor) throws Exception {
    String name = function.name();
    lambda.deploy(function);
    InvokeResult first = lambda.invoke(InvokeRequest.of(name, EVENT));
    if (!first.succeeded()) {
      System.out.println(name + ": not measured, " + first.outcome());
      return;
    }
    inProcess(lambda, name, calls);
    compare(name + ": invoke in process", inProcess(lambda, name, calls), floor);
    try (LambdaApiServer server =
        LambdaApiServer.start(
            lambda,
            new ControlPlane(new InMemoryCatalog(Path.of("."), lambda::deploy, lambda::remove)),
            0)) {
      String path = "/2015-03-31/functions/" + name + "/invocations";
      overHttp(server.port(), path, 1, calls / 2);
      compare(name + ": HTTP, 1 client", overHttp(server.port(), path, 1, calls), floor);
      overHttp(server.port(), path, 16, calls / 2);
      compare(name + ": HTTP, 16 on 4", overHttp(server.port(), path, 16, calls * 2), floor);
    }
    cold(lambda, name).print(name + ": cold call", "");
    lambda.remove(name);
  }

  private static void compare(String what, Sample sample, Sample floor) {
    sample.print(what, "%5.2f x floor".formatted(sample.percentile(0.5) / floor.percentile(0.5)));
  }

  private static Sample timed(int calls, Callable<?> call) throws Exception {
    long[] took = new long[calls];
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      long from = System.nanoTime();
      call.call();
      took[i] = System.nanoTime() - from;
    }
    long total = System.nanoTime() - start;
    Arrays.sort(took);
    return new Sample(took, total);
  }

  private static Sample inProcess(LocalLambda lambda, String name, int calls) throws Exception {
    return timed(calls, () -> check(lambda.invoke(InvokeRequest.of(name, EVENT))));
  }

  private static InvokeResult check(InvokeResult result) {
    if (!result.succeeded()) {
      throw new IllegalStateException(result.toString());
    }
    return result;
  }

  private static Sample cold(LocalLambda lambda, String name) throws Exception {
    long[] took = new long[COLD_CALLS];
    long total = 0;
    for (int i = 0; i < COLD_CALLS; i++) {
      lambda.stopEnvironments(name);
      long from = System.nanoTime();
      check(lambda.invoke(InvokeRequest.of(name, EVENT)));
      took[i] = System.nanoTime() - from;
      total += took[i];
    }
    Arrays.sort(took);
    return new Sample(took, total);
  }

  /** Each client has one connection and sends its next request when it has its answer. */
  private static Sample overHttp(int port, String path, int clients, int calls) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<Sample>> running = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(() -> client(port, path, calls / clients)));
      }
      long[] all = new long[0];
      for (Future<Sample> one : running) {
        long[] more = one.get(120, TimeUnit.SECONDS).nanos();
        int end = all.length;
        all = Arrays.copyOf(all, end + more.length);
        System.arraycopy(more, 0, all, end, more.length);
      }
      long total = System.nanoTime() - start;
      Arrays.sort(all);
      return new Sample(all, total);
    }
  }

  private static Sample client(int port, String path, int calls) throws Exception {
    byte[] request =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                + EVENT.length
                + "\r\n\r\n"
                + new String(EVENT, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      byte[] buffer = new byte[4096];
      return timed(
          calls,
          () -> {
            socket.getOutputStream().write(request);
            int length = socket.getInputStream().read(buffer);
            String answer = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 200 ") || !answer.endsWith("}")) {
              throw new IOException(answer);
            }
            return answer;
          });
    }
  }

  private static Sample floor(int calls) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      ProcessBuilder builder = new ProcessBuilder(TestBootstrap.folder() + "/bootstrap");
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getLocalPort());
      builder.environment().put("_HANDLER", "init.ok");
      Process process = builder.start();
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] buffer = new byte[4096];
        byte[] event =
            ("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nContent-Length: 17\r\n\r\n"
                    + "{\"hello\":\"world\"}")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] accepted =
            "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        in.read(buffer);
        return timed(
            calls,
            () -> {
              out.write(event);
              in.read(buffer);
              out.write(accepted);
              return in.read(buffer);
            });
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
