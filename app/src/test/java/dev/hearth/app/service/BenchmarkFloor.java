package dev.hearth.app.service;

import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.Interpreter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What nothing on this machine can be faster than, measured in the same run. */
final class BenchmarkFloor {
  private static final byte[] EVENT =
      """
      HTTP/1.1 200 OK\r
      Lambda-Runtime-Aws-Request-Id: 1\r
      Content-Length: 17\r
      \r
      {"hello":"world"}\
      """
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ACCEPTED =
      "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private BenchmarkFloor() {}

  /** One thread that hands events to the custom runtime over a plain socket and does no more. */
  static BenchmarkSample pingPong(Path bootstrap, int calls) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      ProcessBuilder builder = new ProcessBuilder(bootstrap.toString());
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getLocalPort());
      Process process = builder.start();
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] buffer = new byte[4096];
        in.read(buffer);
        return BenchmarkSample.of(
            calls,
            () -> {
              out.write(EVENT);
              in.read(buffer);
              out.write(ACCEPTED);
              return in.read(buffer);
            });
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** The start and end of the same interpreter with a program that does nothing. */
  static Optional<BenchmarkSample> bareStart(
      RuntimeFamily family, List<Interpreter> interpreters, int starts) throws Exception {
    Optional<List<String>> command =
        interpreters.stream()
            .filter(i -> i.family() == family)
            .findFirst()
            .map(i -> nothing(family, i.executable().toString()));
    if (command.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(BenchmarkSample.of(starts, () -> run(command.get())));
  }

  private static List<String> nothing(RuntimeFamily family, String executable) {
    return switch (family) {
      case PYTHON -> List.of(executable, "-S", "-c", "pass");
      case NODEJS -> List.of(executable, "-e", "0");
      case JAVA -> List.of(executable, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-version");
      default -> List.of("/bin/true");
    };
  }

  /** Without our own variables, which environments do not have either. */
  static int run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    return builder.start().waitFor();
  }
}
