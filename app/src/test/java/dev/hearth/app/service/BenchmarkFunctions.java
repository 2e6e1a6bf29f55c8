package dev.hearth.app.service;

import dev.hearth.app.project.SourceLocation;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The functions that are measured: one trivial handler in each language. */
final class BenchmarkFunctions {
  /** Enough for a whole CPU where the share is limited. */
  private static final int MEMORY_MB = 1_769;

  private BenchmarkFunctions() {}

  /** Compiles the custom runtime; without a C compiler there is none. */
  static @Nullable Path bootstrap(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("bootstrap.c");
    try (InputStream in = BenchmarkFunctions.class.getResourceAsStream("/benchmark/bootstrap.c")) {
      Files.copy(in, source);
    }
    Path program = folder.resolve("bootstrap");
    try {
      Process compiler =
          new ProcessBuilder("cc", "-O2", "-static", "-o", program.toString(), source.toString())
              .inheritIO()
              .start();
      return compiler.waitFor(1, TimeUnit.MINUTES) && compiler.exitValue() == 0 ? program : null;
    } catch (IOException e) {
      System.out.println("No C compiler (cc) here, so the custom runtime is left out. " + e);
      return null;
    }
  }

  static void create(ProjectSession session, @Nullable Path bootstrap) throws IOException {
    if (bootstrap != null) {
      create(
          session, "c", "provided.al2023", "bootstrap", "bootstrap", Files.readAllBytes(bootstrap));
    }
    create(
        session,
        "python",
        "python3.12",
        "handler.handler",
        "handler.py",
        utf8("def handler(event, context):\n    return event\n"));
    create(
        session,
        "node",
        "nodejs22.x",
        "index.handler",
        "index.js",
        utf8("exports.handler = async event => event;\n"));
    create(
        session,
        "java",
        "java21",
        "Echo::handle",
        "Echo.java",
        utf8(
            """
            import java.util.Map;

            public class Echo {
              public Map<String, Object> handle(Map<String, Object> event) {
                return event;
              }
            }
            """));
  }

  private static void create(
      ProjectSession session,
      String name,
      String runtime,
      String handler,
      String file,
      byte[] code) {
    var configuration =
        FunctionConfiguration.of(name, RuntimeIdentifier.parse(runtime), handler)
            .withMemorySize(MEMORY_MB)
            .withTimeout(30);
    session.functions().create(configuration, new SourceLocation.InProject(), Map.of(file, code));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
