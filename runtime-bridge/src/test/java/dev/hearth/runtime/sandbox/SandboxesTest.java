package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void itsMeansAreFoundOnceAndNotBeforeTheyAreNeeded() {
    CountedMeans means = new CountedMeans();
    try (Sandbox sandbox = new ProcessSandbox(means)) {
      assertThat(means.asked).hasValue(0);
      sandbox.prepare();
      assertThat(sandbox.description()).isEqualTo("plain process");
      assertThat(sandbox.separatesNetworks()).isFalse();
    }
    assertThat(means.asked).hasValue(1);
  }

  @Test
  void closedBeforeItWasNeededItFindsNoMeans() {
    CountedMeans means = new CountedMeans();
    Sandbox sandbox = new ProcessSandbox(means);
    sandbox.close();
    sandbox.prepare();
    assertThat(sandbox.description()).isEqualTo("plain process");
    assertThat(means.asked).hasValue(0);
  }

  /** Nothing but processes. */
  private static final class CountedMeans implements ProcessSandbox.Means {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Launcher launcher(Sweeper sweeper) {
      return new PortableLauncher(new UnixSystem(pid -> null));
    }

    @Override
    public Confinement confinement(Sweeper sweeper, Launcher launcher) {
      asked.incrementAndGet();
      return Confinement.NONE;
    }

    @Override
    public boolean proc() {
      return false;
    }

    @Override
    public boolean shell() {
      return false;
    }
  }
}
