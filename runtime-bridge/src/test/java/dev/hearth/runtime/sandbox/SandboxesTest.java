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
  void thePlainSandboxStartsAndSaysWhatItLacks() throws Exception {
    try (Sandbox sandbox = Sandboxes.plain()) {
      SandboxedProcess process =
          sandbox.start(
              new ProcessSpec(
                  List.of("/bin/sh", "-c", "exit 5"), Map.of(), Path.of("/"), 128 << 20));

      assertThat(process.onExit().get(100, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(5));
      assertThat(sandbox.description()).isEqualTo("plain process");
      assertThat(sandbox.notLimited()).startsWith("Not limited here: CPU share, ");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theBestSandboxSaysWhatItIs() {
    try (Sandbox sandbox = Sandboxes.best()) {
      assertThat(sandbox.description())
          .matches("(cgroup v[12](, )?)?((namespaces|bubblewrap)(, )?)?|plain process")
          .isNotEmpty();
      // Either a means of its own or a word that it is missing, for each dimension.
      if (!sandbox.description().startsWith("cgroup")) {
        assertThat(sandbox.notLimited()).contains("CPU share");
      }
    }
  }

  @Test
  void meansCanBeLeftOutByName() {
    assertThat(Choice.of("").allows(Choice.CGROUP_V1)).isTrue();
    assertThat(Choice.of("cgroup-v1").allows(Choice.CGROUP_V1)).isTrue();
    assertThat(Choice.of("Cgroup-V1, other").allows(Choice.CGROUP_V2)).isFalse();
    assertThat(Choice.of("plain").allows(Choice.CGROUP_V1)).isFalse();
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
