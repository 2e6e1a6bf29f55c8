package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Where the measured processes have their code and their {@code /tmp}. */
record BenchmarkFolders(Path task, Path tmp) implements AutoCloseable {
  static final long MEBI = 1 << 20;
  static final String PYTHON = "/usr/bin/python3";

  static BenchmarkFolders make() throws IOException {
    Path task = Files.createTempDirectory("hearth-benchmark-task");
    return new BenchmarkFolders(task, Files.createTempDirectory("hearth-benchmark-tmp"));
  }

  ProcessSpec spec(long megabytes, String... command) {
    return new ProcessSpec(
        List.of(command),
        Map.of("PATH", "/usr/bin:/bin"),
        task,
        megabytes * MEBI,
        new Isolation(task, null, tmp, 512 * MEBI, List.of(), NetworkSpace.OPEN));
  }

  /** A process that says a line and sleeps, past its init. */
  SandboxedProcess idle(Sandbox sandbox) throws IOException {
    SandboxedProcess process = sandbox.start(spec(256, "/bin/sh", "-c", "echo x; exec sleep 1000"));
    process.stdout().read();
    process.initDone();
    return process;
  }

  /** Runs until it is ended. */
  SandboxedProcess python(Sandbox sandbox, long megabytes, String program) throws IOException {
    return sandbox.start(spec(megabytes, PYTHON, "-I", "-S", "-c", program));
  }

  static void end(SandboxedProcess process) throws IOException {
    process.kill();
    process.onExit().join();
    process.stdout().close();
    process.stderr().close();
  }

  @Override
  public void close() throws IOException {
    for (Path folder : List.of(task, tmp)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
