package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A function imports the SDK that only Debian's packages have. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PythonSdkTest {
  private static final String ID = "8f0e5c0a-0000-4000-8000-000000000001";

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @Test
  void importsTheSdkAndNothingElseFromThere() throws Exception {
    Path packages = Path.of("root/usr/lib/python3/dist-packages");
    file(packages + "/boto3/__init__.py", "import botocore.sub\nname = botocore.sub.name\n");
    file(packages + "/botocore/__init__.py", "");
    file(packages + "/botocore/sub.py", "name = 'sdk'\n");
    file(packages + "/stranger.py", "");
    file(
        "task/app.py",
        """
        import boto3
        def handler(event, context):
            try:
                import stranger
            except ImportError:
                return boto3.name
        """);
    Machine real = Machine.current();
    Machine machine =
        new Machine(real.os(), folder.resolve("root"), folder, real.javaHome(), real.environment());
    DeployedFunction function =
        new DeployedFunction(
            FunctionConfiguration.of("fn", RuntimeIdentifier.parse("python3.11"), "app.handler"),
            new CodePackage(folder.resolve("task").toRealPath(), ""),
            DeployedFunction.LATEST);
    try (LanguageRuntimes runtimes = new LanguageRuntimes(folder.resolve("cache"), machine, false);
        TestRuntimeApi api = new TestRuntimeApi()) {
      LanguageRuntime python = runtimes.forFamily(RuntimeFamily.PYTHON);
      assumeTrue(!python.interpreters().isEmpty(), "needs Python on PATH");
      LaunchPlan plan = python.plan(function);
      assumeTrue(!plan.command().getLast().isEmpty(), "Python has boto3 itself");
      try (RuntimeProcess process = new RuntimeProcess(function, plan, api, Map.of())) {
        api.send(ID, "{}", Map.of());
        assertThat(api.answer().text()).isEqualTo("\"sdk\"");
        assertThat(process).isNotNull();
      }
    }
  }
}
