package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SandboxesTest {
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theBestSandboxStartsAndSaysWhatItIs() throws Exception {
    try (Sandbox sandbox = Sandboxes.best()) {
      SandboxedProcess process =
          sandbox.start(
              new ProcessSpec(
                  List.of("/bin/sh", "-c", "exit 5"), Map.of(), Path.of("/"), 128 << 20));

      assertThat(process.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(5));
      assertThat(sandbox.description()).isEqualTo("plain process");
      assertThat(sandbox.notLimited()).contains("CPU share");
    }
  }

  @Test
  void aFolderNearTheRootIsNoScratchFolder() {
    try (Sandbox sandbox = Sandboxes.best()) {
      assertThatThrownBy(() -> sandbox.ownScratch(Path.of("/tmp")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("/tmp");
    }
  }
}
