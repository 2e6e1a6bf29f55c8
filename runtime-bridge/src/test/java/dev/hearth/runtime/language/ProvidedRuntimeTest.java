package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidedRuntimeTest {
  @TempDir Path folder;

  private LaunchPlan plan() throws Exception {
    var runtime = RuntimeIdentifier.parse("provided.al2023");
    var function =
        new DeployedFunction(
            FunctionConfiguration.of("fn", runtime, "bootstrap"),
            new CodePackage(folder, "0".repeat(64)),
            DeployedFunction.LATEST);
    try (LanguageRuntimes runtimes =
        new LanguageRuntimes(folder.resolve("cache"), Machine.current(), false)) {
      return runtimes.forFamily(RuntimeFamily.PROVIDED).plan(function);
    }
  }

  @Test
  void startsTheBootstrap() throws Exception {
    Path bootstrap = Files.writeString(folder.resolve("bootstrap"), "#!/bin/sh\n");
    assertThat(bootstrap.toFile().setExecutable(true)).isTrue();
    LaunchPlan plan = plan();
    assertThat(plan.command()).containsExactly(bootstrap.toString());
    assertThat(plan.runtimeVersion()).isEqualTo("provided.al2023");
    assertThat(plan.environment()).containsKey("PATH").doesNotContainKey("LD_LIBRARY_PATH");
  }

  @Test
  void aMissingBootstrapIsAnInvalidEntrypoint() {
    var rejected = catchThrowableOfType(CodeRejectedException.class, this::plan);
    assertThat(rejected.errorType()).isEqualTo("Runtime.InvalidEntrypoint");
    assertThat(rejected)
        .hasMessage("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
  }

  @Test
  void aBootstrapWithoutTheRightToRunIsAnInvalidEntrypoint() throws IOException {
    Files.writeString(folder.resolve("bootstrap"), "#!/bin/sh\n");
    var rejected = catchThrowableOfType(CodeRejectedException.class, this::plan);
    assertThat(rejected.errorType()).isEqualTo("Runtime.InvalidEntrypoint");
    assertThat(rejected).hasMessage("fork/exec /var/task/bootstrap: permission denied");
    assertThat(rejected.diagnostics()).singleElement().asString().contains("chmod +x");
  }
}
