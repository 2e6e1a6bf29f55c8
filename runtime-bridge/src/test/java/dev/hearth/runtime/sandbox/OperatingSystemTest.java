package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which strategy is chosen where, and what each says of itself; on any system. */
class OperatingSystemTest {
  private static final CpuShare EIGHT = new CpuShare(8);

  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,OfLinux",
    "Linux,riscv64,OfOthers",
    "Mac OS X,aarch64,OfMac",
    "Windows 11,amd64,OfWindows",
    "Windows Server 2022,amd64,OfWindows",
    "FreeBSD,amd64,OfOthers",
  })
  void eachSystemHasItsMeans(String name, String architecture, String means) {
    assertThat(
            Sandboxes.means(OperatingSystem.of(name, architecture), Choice.ALL)
                .getClass()
                .getSimpleName())
        .isEqualTo(means);
  }

  @Test
  void whatCantBeCalledIsLeftOutAndNamed() {
    var windows = new Sandboxes.OfWindows(Choice.ALL, true);

    Confinement found =
        windows.confinement(new Sweeper(), new PortableLauncher(new WindowsSystem()));

    if (OperatingSystem.ofThisMachine().kind() != OperatingSystem.Kind.WINDOWS) {
      assertThat(found.description()).isEqualTo("plain process");
      assertThat(found.notLimited()).contains("CPU share", "memory", "number of processes");
    }
  }

  @Test
  void macOsSaysWhatItLimits() {
    CpuThrottle throttle = new CpuThrottle();
    try (Confinement whole = new MacConfinement(true, EIGHT, throttle, List.of())) {
      assertThat(whole.description()).isEqualTo("sandbox-exec");
      assertThat(whole.notLimited()).containsExactly("size of /tmp", "number of processes");
      assertThat(whole.remarks())
          .containsExactly(
              "memory is checked every 10 ms",
              "the CPU share is kept by stopping and continuing",
              "code, layers and /tmp keep their places on this machine");
      assertThat(whole.separatesNetworks()).isTrue();
    }
    try (Confinement nothing = new MacConfinement(false, EIGHT, null, List.of(Path.of("/x")))) {
      assertThat(nothing.description()).isEqualTo("plain process");
      assertThat(nothing.notLimited())
          .containsExactly("CPU share", "files", "size of /tmp", "number of processes");
      assertThat(nothing.separatesNetworks()).isFalse();
    }
  }

  @Test
  void windowsSaysWhatItLimits() {
    assertThat(WindowsConfinement.probe(new FakeWindows(), EIGHT))
        .satisfies(
            whole -> {
              assertThat(whole.description()).isEqualTo("job object");
              assertThat(whole.notLimited())
                  .containsExactly("files", "size of /tmp", "number of threads", "open files");
            });
    FakeWindows seven = new FakeWindows();
    seven.refused.add(JobStructures.CPU_RATE);
    assertThat(WindowsConfinement.probe(seven, EIGHT).notLimited()).startsWith("CPU share");
    FakeWindows none = new FakeWindows();
    none.refused.add(JobStructures.LIMITS);
    assertThat(WindowsConfinement.probe(none, EIGHT)).isSameAs(Confinement.NONE);
    // What was tried has been let go of.
    assertThat(none.open).isEmpty();
    assertThat(seven.open).isEmpty();
  }
}
