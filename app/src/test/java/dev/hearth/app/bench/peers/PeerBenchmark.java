package dev.hearth.app.bench.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hearth beside other local runners, with the same handler on the same node in one run. What is not
 * on this machine is named and left out. Arguments, all as {@code name=value}: {@code program}, the
 * runnable program; {@code modules}, a node_modules folder with lambda-local, serverless and
 * serverless-offline; {@code install=true} to get those from the npm registry into a temporary
 * folder; {@code emulator} and {@code client}, AWS's runtime interface emulator and its client for
 * node; {@code calls} (5,000).
 */
public final class PeerBenchmark {
  private static final List<String> PACKAGES =
      List.of("lambda-local@2.2.0", "serverless@3.40.0", "serverless-offline@13.9.0");

  private final Map<String, String> options;
  private final Path folder;

  private PeerBenchmark(Map<String, String> options) throws IOException {
    this.options = options;
    this.folder = Files.createTempDirectory("hearth-peers");
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("Not name=value: " + argument);
      }
      if (equals < argument.length() - 1) {
        options.put(argument.substring(0, equals), argument.substring(equals + 1));
      }
    }
    new PeerBenchmark(options).run();
  }

  private void run() throws Exception {
    String node = output("node", "--version");
    System.out.printf(
        "%s, %d processors, %s %s, node %s, load %.1f%n%n",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        node,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.printf(
        "%-28s %18s %18s %18s %18s %18s %16s%n",
        "median, and ratio to Hearth",
        "start, ms",
        "warm p50, us",
        "warm p99, us",
        "1 client, /s",
        "16 clients, /s",
        "memory, MB");
    PeerRun.Figures own = null;
    for (Peer peer : peers(new Peers(folder, node))) {
      try {
        PeerRun.Figures figures =
            new PeerRun(
                    peer,
                    Integer.parseInt(options.getOrDefault("calls", "5000")),
                    folder.resolve(peer.name().replace(' ', '-') + ".log"))
                .run();
        own = own == null ? figures : own;
        print(peer.name(), figures, own);
      } catch (Exception e) {
        System.out.printf("%-28s not measured: %s%n", peer.name(), e.getMessage());
      }
    }
  }

  private List<Peer> peers(Peers peers) throws Exception {
    List<Peer> all = new ArrayList<>();
    Path program =
        Path.of(options.getOrDefault("program", "installers/target/hearth/bin/hearth"))
            .toAbsolutePath();
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException("There is no " + program + ". Run mvn install first.");
    }
    all.add(peers.hearth(program));
    Path modules = modules();
    if (present(modules, Peers.LAMBDA_LOCAL)) {
      all.add(peers.lambdaLocal(modules));
    }
    if (present(modules, Peers.SERVERLESS)) {
      all.add(peers.serverlessOffline(modules));
    }
    String emulator = options.get("emulator");
    String client = options.get("client");
    if (emulator != null && client != null) {
      all.add(peers.emulator(Path.of(emulator), Path.of(client)));
    } else {
      System.out.println("AWS's emulator left out: give emulator=PATH and client=PATH.");
    }
    return all;
  }

  private static boolean present(Path modules, String name) {
    boolean present = Files.isDirectory(modules.resolve(name));
    if (!present) {
      System.out.println(name + " left out: give modules=FOLDER or install=true.");
    }
    return present;
  }

  private Path modules() throws Exception {
    if (Boolean.parseBoolean(options.get("install"))) {
      List<String> command =
          new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
      command.addAll(PACKAGES);
      Path npm = Files.createDirectories(folder.resolve("npm"));
      Process process = new ProcessBuilder(command).directory(npm.toFile()).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
      return npm.resolve("node_modules");
    }
    return Path.of(options.getOrDefault("modules", "node_modules")).toAbsolutePath();
  }

  private static void print(String name, PeerRun.Figures figures, PeerRun.Figures own) {
    System.out.printf(
        "%-28s %18s %18s %18s %18s %18s %16s%n",
        name,
        beside(figures.startMillis(), own.startMillis()),
        beside(figures.warmMicros(), own.warmMicros()),
        beside(figures.slowMicros(), own.slowMicros()),
        beside(figures.perSecond(), own.perSecond()),
        beside(figures.parallelPerSecond(), own.parallelPerSecond()),
        beside(figures.memoryMb(), own.memoryMb()));
  }

  private static String beside(double figure, double own) {
    return figure == 0 ? "-" : "%,.0f (%.2f x)".formatted(figure, figure / own);
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"))
        : System.getProperty("os.arch");
  }
}
