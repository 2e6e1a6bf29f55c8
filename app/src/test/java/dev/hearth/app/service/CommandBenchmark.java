package dev.hearth.app.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the runnable program's commands take, from the shell's view. */
record CommandBenchmark(Path program, Path project, Path folder) {
  private static final int RUNS = 11;
  private static final int ENVIRONMENT_CLIENTS = 4;

  void run(int calls) throws Exception {
    Path java = program.resolveSibling("../lib/runtime/bin/java").normalize();
    BenchmarkSample floor =
        BenchmarkSample.of(
            RUNS, () -> BenchmarkFloor.run(List.of(java.toString(), "-Xshare:auto", "-version")));
    floor.printSlow("floor: the bundled JVM's -version", floor);
    command("--version");
    BenchmarkSample.of(RUNS, () -> command("--version")).printSlow("hearth --version", floor);
    for (String function : List.of("python", "node", "java")) {
      invoke(function);
      BenchmarkSample.of(RUNS, () -> invoke(function))
          .printSlow("hearth invoke " + function + ": to the answer", floor);
    }
    BenchmarkSample.of(RUNS, () -> command("invoke", "python", "--project", project.toString()))
        .printSlow("hearth invoke python: to the end", floor);
    engine(calls);
  }

  private Process start(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("HEARTH_CONFIG_DIR", folder.resolve("user").toString());
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private int command(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  /** Returns when the first byte of the payload is there; the end is waited for unmeasured. */
  private int invoke(String function) throws IOException {
    Process process = start("invoke", function, "--project", project.toString());
    int first = process.getInputStream().read();
    if (first < 0) {
      throw new IOException("hearth invoke " + function + " gave no answer");
    }
    process.onExit().orTimeout(1, TimeUnit.MINUTES);
    return first;
  }

  /** Resident memory of the program without a window: after its start, and after many calls. */
  private void engine(int calls) throws Exception {
    Process process = start("serve", "--project", project.toString(), "--port", "0");
    try (BufferedReader out = process.inputReader()) {
      String first = out.readLine();
      int port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
      System.out.printf("%nhearth serve: %d MB resident after its start", resident(process.pid()));
      BenchmarkClients clients = new BenchmarkClients(port, "python");
      clients.run(ENVIRONMENT_CLIENTS, calls);
      System.out.printf(", %d MB after %,d calls%n", resident(process.pid()), calls);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElseThrow();
  }
}
