package dev.hearth.runtime.language;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks a Python interpreter once where its packages are, and compiles Hearth's client with it, so
 * that no cold start has to do either. The answer is kept on disk, because the command line lives
 * for one invocation only.
 */
final class PythonProbe {
  private static final long LIMIT_SECONDS = 20;

  private final ClientFiles files;
  private final Path cacheDirectory;

  PythonProbe(ClientFiles files, Path cacheDirectory) {
    this.files = files;
    this.cacheDirectory = cacheDirectory;
  }

  /**
   * @param client the file to start: compiled, or the source where that failed
   * @param packages the module path that the site module would have made
   * @param editable modules whose {@code install()} makes editable installs importable
   * @param state what the package folders looked like; another state asks for another probe
   */
  record Answer(Path client, List<String> packages, List<String> editable, String state) {

    boolean isCurrent() {
      return Files.exists(client) && state.equals(stateOf(packages));
    }

    private static Answer parse(List<String> lines, String state) {
      return new Answer(
          Path.of(values(lines, "client ").getFirst()),
          values(lines, "package "),
          values(lines, "editable "),
          state);
    }

    private static List<String> values(List<String> lines, String key) {
      return lines.stream()
          .filter(l -> l.startsWith(key))
          .map(l -> l.substring(key.length()))
          .toList();
    }
  }

  /**
   * @throws IOException when the interpreter does not start or does not answer; the message says
   *     what it said
   */
  Answer ask(Interpreter interpreter) throws IOException {
    Path source = files.file("hearth_python.py");
    String subject = interpreter + " " + source + " " + FileState.of(interpreter.executable());
    String key = ClientFiles.hash(subject.getBytes(StandardCharsets.UTF_8));
    Path folder = Files.createDirectories(cacheDirectory.resolve("python").resolve(key));
    Path stored = folder.resolve("answer");
    Optional<Answer> known = read(stored);
    if (known.isPresent()) {
      return known.get();
    }
    List<String> lines = run(interpreter, source, folder.resolve("hearth_python.pyc"));
    Answer answer = Answer.parse(lines, stateOf(Answer.values(lines, "package ")));
    String text = "state " + answer.state() + "\n" + String.join("\n", lines) + "\n";
    ClientFiles.write(stored, text.getBytes(StandardCharsets.UTF_8));
    return answer;
  }

  private static Optional<Answer> read(Path stored) throws IOException {
    if (!Files.isRegularFile(stored)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(stored);
    if (!lines.contains("done")) {
      return Optional.empty();
    }
    Answer answer = Answer.parse(lines, Answer.values(lines, "state ").getFirst());
    return answer.isCurrent() ? Optional.of(answer) : Optional.empty();
  }

  private List<String> run(Interpreter interpreter, Path source, Path compiled) throws IOException {
    String executable = interpreter.executable().toString();
    String script = files.file("python_probe.py").toString();
    ProcessBuilder builder =
        new ProcessBuilder(executable, "-B", script, source.toString(), compiled.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("PYTHON"));
    Path errors = Files.createTempFile("hearth-python", ".log");
    builder.redirectError(errors.toFile());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      Thread.ofVirtual().start(() -> endWhenLate(process));
      byte[] output = process.getInputStream().readAllBytes();
      List<String> lines = new String(output, StandardCharsets.UTF_8).lines().toList();
      if (!lines.contains("done")) {
        String said = Files.readString(errors).strip();
        throw new IOException(
            said.isEmpty() ? "it gave no answer" : said.lines().toList().getLast());
      }
      return lines;
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(errors);
    }
  }

  private static void endWhenLate(Process process) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  /** Installing or removing a package changes the time of its folder. */
  private static String stateOf(List<String> folders) {
    StringBuilder state = new StringBuilder();
    for (String folder : folders) {
      state.append(FileState.of(Path.of(folder))).append(' ');
    }
    return ClientFiles.hash(state.toString().getBytes(StandardCharsets.UTF_8));
  }
}
