package dev.hearth.runtime.language;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Asks a Python interpreter once where its packages are, and compiles Hearth's client with it, so
 * that no cold start has to do either.
 */
final class PythonProbe {
  private static final long LIMIT_SECONDS = 20;

  private final ClientFiles files;
  private final Path cacheDirectory;
  private final ObjectMapper mapper = new ObjectMapper();

  PythonProbe(ClientFiles files, Path cacheDirectory) {
    this.files = files;
    this.cacheDirectory = cacheDirectory;
  }

  /**
   * @param client the file to start: compiled, or the source where that failed
   * @param packages the module path that the site module would have made
   * @param editable modules whose {@code install()} makes editable installs importable
   */
  record Answer(
      Path client, List<String> packages, List<String> editable, Map<Path, FileTime> times) {

    boolean isCurrent() {
      return Files.exists(client) && times.equals(timesOf(packages));
    }
  }

  /**
   * @throws IOException when the interpreter does not start or does not answer; the message says
   *     what it said
   */
  Answer ask(Interpreter interpreter) throws IOException {
    Path source = files.file("hearth_python.py");
    String key =
        ClientFiles.hash(
            source.toString().getBytes(StandardCharsets.UTF_8),
            interpreter.executable().toString().getBytes(StandardCharsets.UTF_8),
            interpreter.version().getBytes(StandardCharsets.UTF_8));
    Path compiled = cacheDirectory.resolve("python").resolve(key).resolve("hearth_python.pyc");
    Files.createDirectories(compiled.getParent());
    JsonNode answer = run(interpreter, source, compiled);
    List<String> packages = texts(answer.path("packages"));
    return new Answer(
        answer.path("compiled").asBoolean(false) ? compiled : source,
        packages,
        texts(answer.path("editable")),
        timesOf(packages));
  }

  private JsonNode run(Interpreter interpreter, Path source, Path compiled) throws IOException {
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
      return mapper.readTree(output);
    } catch (JacksonException e) {
      String said = Files.readString(errors).strip();
      throw new IOException(
          said.isEmpty() ? "it gave no answer" : said.lines().toList().getLast(), e);
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

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asString()));
    return List.copyOf(texts);
  }

  private static Map<Path, FileTime> timesOf(List<String> folders) {
    Map<Path, FileTime> times = new LinkedHashMap<>();
    for (String folder : folders) {
      Path path = Path.of(folder);
      if (Files.isDirectory(path)) {
        try {
          times.put(path, Files.getLastModifiedTime(path));
        } catch (IOException e) {
          times.put(path, FileTime.fromMillis(0));
        }
      }
    }
    return times;
  }
}
