package dev.hearth.app.bench.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes the command line of AWS's runtime interface emulator and answers its Invoke call as the
 * echo handler would, for machines that do not have the emulator. Like the emulator it serves one
 * call at a time, and it needs a bootstrap that can be run.
 */
final class StandInEmulator {
  private static final String PATH = "/2015-03-31/functions/function/invocations";

  private StandInEmulator() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3 || !arguments[0].equals("--runtime-interface-emulator-address")) {
      throw new IllegalArgumentException("Not the emulator's arguments");
    }
    Path bootstrap = Path.of(arguments[2]);
    if (!Files.isExecutable(bootstrap) || !Files.readString(bootstrap).contains("index.handler")) {
      throw new IllegalArgumentException("No bootstrap: " + bootstrap);
    }
    int colon = arguments[1].lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            arguments[1].substring(0, colon), Integer.parseInt(arguments[1].substring(colon + 1)));
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(PATH, StandInEmulator::echo);
    server.start();
  }

  private static void echo(HttpExchange exchange) throws IOException {
    byte[] event = exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, event.length);
    try (var body = exchange.getResponseBody()) {
      body.write(event);
    }
  }
}
