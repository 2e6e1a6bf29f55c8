package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A runtime process started the way an environment does it, with its log lines. */
final class RuntimeProcess implements AutoCloseable {
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<Thread> readers = new ArrayList<>();

  RuntimeProcess(
      DeployedFunction function, LaunchPlan plan, TestRuntimeApi api, Map<String, String> more)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(plan.command());
    builder.directory(function.code().taskRoot().toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(plan.environment());
    environment.putAll(variables(function, api));
    environment.putAll(more);
    process = builder.start();
    readers.add(read(process.getInputStream()));
    readers.add(read(process.getErrorStream()));
  }

  static Map<String, String> variables(DeployedFunction function, TestRuntimeApi api) {
    Path taskRoot = function.code().taskRoot();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("_HANDLER", function.configuration().handler());
    variables.put("LAMBDA_TASK_ROOT", taskRoot.toString());
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.configuration().runtime().id());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[$LATEST]0123456789abcdef");
    variables.put("TZ", ":UTC");
    variables.put("LANG", "en_US.UTF-8");
    return variables;
  }

  private Thread read(InputStream stream) {
    return Thread.ofVirtual()
        .start(
            () -> {
              var text = new InputStreamReader(stream, StandardCharsets.UTF_8);
              try (BufferedReader reader = new BufferedReader(text)) {
                // Only a line feed ends an event; readLine would also cut at carriage returns.
                StringBuilder line = new StringBuilder();
                for (int c = reader.read(); c >= 0; c = reader.read()) {
                  if (c == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                  } else {
                    line.append((char) c);
                  }
                }
                if (!line.isEmpty()) {
                  lines.add(line.toString());
                }
              } catch (IOException e) {
                lines.add("stream broke: " + e);
              }
            });
  }

  /** The next log event of the process. */
  String log() throws InterruptedException {
    String line = lines.poll(30, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("No log line within 30 s");
    }
    return line;
  }

  boolean hasLog() {
    return !lines.isEmpty();
  }

  /** The log events so far that nobody has taken. */
  Stream<String> logged() {
    return lines.stream();
  }

  /**
   * Waits until the process has ended or has sent a number of answers.
   *
   * @return {@code exit 1}, or {@code running}
   */
  String endOr(TestRuntimeApi api, int answers) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < limit) {
      if (process.waitFor(2, TimeUnit.MILLISECONDS)) {
        return "exit " + exitCode();
      }
      if (api.answers.size() >= answers) {
        return "running";
      }
    }
    throw new AssertionError("Neither an end nor " + answers + " answers within 30 s");
  }

  /** Ends the process and reads what it has logged. */
  void finish() throws InterruptedException {
    process.toHandle().destroyForcibly(); // Process.destroyForcibly would close the streams at once
    exitCode();
  }

  /** Waits for the end; all log lines have been read then. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("The process did not end within 30 s");
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
