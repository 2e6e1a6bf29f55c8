package dev.hearth.app.bench.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How each program is given the same handler: an echo in JavaScript on the node of this machine.
 */
final class Peers {
  static final String LAMBDA_LOCAL = "lambda-local";
  static final String SERVERLESS = "serverless-offline";

  private static final String HANDLER = "exports.handler = async event => event;\n";
  private static final String ECHOED = "\"hello\":\"world\"";
  private static final String INVOKE = "/2015-03-31/functions/%s/invocations";

  private final Path folder;
  private final String node;

  /**
   * @param folder gets the handler and a configuration for each program
   * @param nodeVersion such as {@code v22.1.0}
   */
  Peers(Path folder, String nodeVersion) throws IOException {
    this.folder = folder;
    this.node = nodeVersion.replaceFirst("^v(\\d+).*$", "nodejs$1.x");
    Files.writeString(folder.resolve("index.js"), HANDLER);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Peer peer(String name, List<String> command, int port, String path, boolean parallel) {
    return new Peer(name, command, folder, Map.of(), port, path, Peer.EVENT, ECHOED, parallel);
  }

  Peer hearth(Path program) throws IOException, InterruptedException {
    Path project = folder.resolve("peers.hearth");
    command(program, "new", project.toString());
    Path code = Files.createDirectories(folder.resolve("hearth-code"));
    Files.writeString(code.resolve("index.js"), HANDLER);
    command(
        program,
        "add",
        "echo",
        "--project",
        project.toString(),
        "--runtime",
        node,
        "--handler",
        "index.handler",
        // A whole processor's worth: the others take what they get.
        "--memory",
        "1769",
        "--folder",
        code.toString());
    int port = freePort();
    return peer(
        "Hearth",
        List.of(
            program.toString(),
            "serve",
            "--project",
            project.toString(),
            "--port",
            String.valueOf(port)),
        port,
        INVOKE.formatted("echo"),
        true);
  }

  private void command(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .inheritIO()
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(program + " " + String.join(" ", arguments) + " failed");
    }
  }

  /** It takes the event as a part of the request's body. */
  Peer lambdaLocal(Path modules) throws IOException {
    int port = freePort();
    return new Peer(
        LAMBDA_LOCAL,
        List.of(
            "node",
            modules.resolve("lambda-local/build/cli.js").toString(),
            "-l",
            "index.js",
            "-h",
            "handler",
            "-W",
            String.valueOf(port)),
        folder,
        Map.of(),
        port,
        "/",
        "{\"event\":" + Peer.EVENT + "}",
        "hello",
        true);
  }

  Peer serverlessOffline(Path modules) throws IOException {
    int http = freePort();
    int lambda = freePort();
    Path own = Files.createDirectories(folder.resolve("serverless"));
    Files.writeString(own.resolve("index.js"), HANDLER);
    Files.writeString(
        own.resolve("serverless.yml"),
        """
        service: peers
        frameworkVersion: "3"
        provider:
          name: aws
          runtime: %s
        plugins:
          - serverless-offline
        functions:
          echo:
            handler: index.handler
        """
            .formatted(node));
    Path link = own.resolve("node_modules");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, modules);
    }
    return new Peer(
        SERVERLESS,
        List.of(
            "node",
            modules.resolve("serverless/bin/serverless.js").toString(),
            "offline",
            "start",
            "--host",
            "127.0.0.1",
            "--httpPort",
            String.valueOf(http),
            "--lambdaPort",
            String.valueOf(lambda)),
        own,
        Map.of("SLS_TELEMETRY_DISABLED", "1", "SLS_NOTIFICATIONS_MODE", "off", "CI", "1"),
        lambda,
        INVOKE.formatted("peers-dev-echo"),
        Peer.EVENT,
        ECHOED,
        true);
  }

  /**
   * AWS's emulator serves one call at a time.
   *
   * @param client the runtime interface client for node, its {@code bin/index.mjs}
   */
  Peer emulator(Path emulator, Path client) throws IOException {
    int port = freePort();
    Path bootstrap = folder.resolve("bootstrap");
    Files.writeString(
        bootstrap, "#!/bin/sh\nexec node %s index.handler\n".formatted(client.toAbsolutePath()));
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    return peer(
        "runtime interface emulator",
        List.of(
            emulator.toAbsolutePath().toString(),
            "--runtime-interface-emulator-address",
            "127.0.0.1:" + port,
            bootstrap.toString()),
        port,
        INVOKE.formatted("function"),
        false);
  }
}
