package dev.hearth.runtime;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The custom runtime of the tests, compiled once per run from its C source. */
public final class TestBootstrap {
  private static final Path FOLDER = compile();

  private TestBootstrap() {}

  /** Whether this machine has a C compiler. */
  public static boolean available() {
    return FOLDER != null;
  }

  /** The folder with the executable {@code bootstrap}. */
  public static Path folder() {
    return FOLDER;
  }

  /** A function that runs it; the handler says how init goes (see the source). */
  public static DeployedFunction function(String name, String handler) {
    return function(
        FunctionConfiguration.of(name, RuntimeIdentifier.parse("provided.al2023"), handler)
            .withTimeout(60));
  }

  public static DeployedFunction function(FunctionConfiguration configuration) {
    return new DeployedFunction(
        configuration, new CodePackage(FOLDER, "0".repeat(64)), DeployedFunction.LATEST);
  }

  private static Path compile() {
    try (InputStream source = TestBootstrap.class.getResourceAsStream("/bootstrap/bootstrap.c")) {
      Path folder = Files.createTempDirectory("hearth-bootstrap");
      Path file = folder.resolve("bootstrap.c");
      Files.copy(source, file);
      Process compiler =
          new ProcessBuilder(
                  "cc", "-O2", "-static", "-o", folder.resolve("bootstrap").toString(), "" + file)
              .inheritIO()
              .start();
      return compiler.waitFor(100, TimeUnit.SECONDS) && compiler.exitValue() == 0 ? folder : null;
    } catch (IOException e) {
      if (e.getMessage().contains("Cannot run program")) {
        return null;
      }
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
