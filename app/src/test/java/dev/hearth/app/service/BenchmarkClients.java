package dev.hearth.app.service;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Clients of the Invoke API. Each has one connection and sends its next request when it has its
 * answer; any answer but success ends the run.
 */
record BenchmarkClients(int port, String function) {
  private static final String EVENT = "{\"hello\":\"world\"}";

  BenchmarkSample run(int clients, int calls) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<BenchmarkSample>> running = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(() -> client(calls / clients)));
      }
      List<BenchmarkSample> samples = new ArrayList<>();
      for (Future<BenchmarkSample> one : running) {
        samples.add(one.get(5, TimeUnit.MINUTES));
      }
      return BenchmarkSample.joined(samples, System.nanoTime() - start);
    }
  }

  private BenchmarkSample client(int calls) throws Exception {
    byte[] request =
        ("POST /2015-03-31/functions/"
                + function
                + "/invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                + EVENT.length()
                + "\r\n\r\n"
                + EVENT)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] buffer = new byte[4096];
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      return BenchmarkSample.of(
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
}
