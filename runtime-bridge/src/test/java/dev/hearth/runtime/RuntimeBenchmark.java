package dev.hearth.runtime;

import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

public final class RuntimeBenchmark {
  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20000;
    floor(calls);
    Path scratch = Files.createTempDirectory("hearth-bench");
    ConcurrentLinkedQueue<RuntimeEvent> history = new ConcurrentLinkedQueue<>();
    try (LocalLambda lambda = TestLambda.open(LocalLambdaOptions.of(scratch, scratch))) {
      lambda.subscribe(history::add);
      lambda.deploy(TestBootstrap.function("hello", "init.ok"));
      byte[] event = "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);
      long begin = System.nanoTime();
      var first = lambda.invoke(InvokeRequest.of("hello", event));
      System.out.printf("cold %.2f ms %s%n", (System.nanoTime() - begin) / 1e6, first.outcome());
      System.out.println(first.init() + "\n" + first.measurements() + "\n" + first.logTail());
      for (int round = 0; round < 3; round++) {
        long[] took = new long[calls];
        history.clear();
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
          long from = System.nanoTime();
          lambda.invoke(InvokeRequest.of("hello", event));
          took[i] = System.nanoTime() - from;
        }
        report("invoke", took, System.nanoTime() - start);
      }
      System.out.println(history.size() + " events");
    }
  }

  private static void report(String what, long[] took, long total) {
    Arrays.sort(took);
    System.out.printf(
        "%-8s p50 %.1f us  p90 %.1f  p99 %.1f us  max %.0f  %.0f /s%n",
        what,
        took[took.length / 2] / 1e3,
        took[took.length * 9 / 10] / 1e3,
        took[took.length * 99 / 100] / 1e3,
        took[took.length - 1] / 1e3,
        took.length / (total / 1e9));
  }

  static void floor(int calls) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      ProcessBuilder builder = new ProcessBuilder(TestBootstrap.folder() + "/bootstrap");
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getLocalPort());
      builder.environment().put("_HANDLER", "x");
      Process process = builder.start();
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] buffer = new byte[4096];
        byte[] event =
            ("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nContent-Length: 17\r\n\r\n"
                    + "{\"hello\":\"world\"}")
                .getBytes();
        byte[] ok = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes();
        in.read(buffer);
        for (int round = 0; round < 2; round++) {
          long[] rtt = new long[calls];
          long[] cycle = new long[calls];
          long start = System.nanoTime();
          for (int i = 0; i < calls; i++) {
            long from = System.nanoTime();
            out.write(event);
            in.read(buffer);
            rtt[i] = System.nanoTime() - from;
            out.write(ok);
            in.read(buffer);
            cycle[i] = System.nanoTime() - from;
          }
          long total = System.nanoTime() - start;
          report("rtt", rtt, total);
          report("cycle", cycle, total);
        }
      }
      process.destroyForcibly();
    }
  }
}
