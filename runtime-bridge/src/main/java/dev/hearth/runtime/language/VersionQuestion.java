package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a program for its version and for the file that really runs, by starting it once. */
class VersionQuestion {
  private static final long LIMIT_SECONDS = 5;

  /**
   * @return empty when the program can't be started, is no such interpreter, or does not answer in
   *     five seconds
   */
  Optional<Interpreter> ask(RuntimeFamily family, InterpreterDiscovery.Candidate candidate)
      throws IOException, InterruptedException {
    String program = candidate.executable().toString();
    List<String> command =
        switch (family) {
          case PYTHON ->
              List.of(
                  program,
                  "-c",
                  "import sys; print('.'.join(map(str, sys.version_info[:3])));"
                      + " print(sys.executable)");
          case NODEJS -> List.of(program, "-p", "process.versions.node + '\\n' + process.execPath");
          case RUBY ->
              List.of(program, "-e", "puts RUBY_VERSION; require 'rbconfig'; puts RbConfig.ruby");
          case JAVA -> List.of(program, "-XshowSettings:properties", "-version");
          case PROVIDED -> throw new IllegalArgumentException("A bootstrap has no interpreter");
        };
    String answer = run(command);
    if (family == RuntimeFamily.JAVA) {
      return javaAnswer(answer, candidate);
    }
    List<String> lines = answer.lines().map(String::strip).toList();
    if (lines.size() < 2 || VersionNumber.find(lines.get(0)) == null) {
      return Optional.empty();
    }
    Path executable = Path.of(lines.get(1));
    return Optional.of(new Interpreter(family, lines.get(0), executable, candidate.source()));
  }

  private static Optional<Interpreter> javaAnswer(
      String answer, InterpreterDiscovery.Candidate candidate) {
    String version = property(answer, "java.version");
    String home = property(answer, "java.home");
    if (version.isEmpty() || home.isEmpty()) {
      return Optional.empty();
    }
    Path executable = Path.of(home, "bin").resolve(candidate.executable().getFileName());
    return Optional.of(
        new Interpreter(RuntimeFamily.JAVA, version, executable, candidate.source()));
  }

  private static String property(String answer, String name) {
    return answer
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(name + " = "))
        .map(line -> line.substring(name.length() + 3))
        .findFirst()
        .orElse("");
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("PYTHON")
                    || name.startsWith("RUBY")
                    || name.equals("NODE_OPTIONS"));
    Process process = builder.start();
    process.getOutputStream().close();
    Thread reaper =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException e) {
                    process.destroyForcibly();
                  }
                });
    try (var output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      reaper.join();
    }
  }
}
