package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Job objects of Windows: its structures byte by byte, and the steps with Windows played. */
class JobTest {
  private static final long MEBI = 1 << 20;
  private final FakeWindows windows = new FakeWindows();

  private Job job(long... pids) throws IOException {
    Job job = Job.create(windows, 4, 128 * MEBI);
    for (long pid : pids) {
      job.adopt(pid);
    }
    return job;
  }

  /** At the offsets that a compiler finds in mingw's headers. */
  @Test
  void limitsAreLaidOutAsWindowsReadsThem() {
    assertThat(HexFormat.of().formatHex(JobStructures.limits(0x1122334455L, 1024)))
        .isEqualTo(
            "00".repeat(16)
                + "08260000"
                + "00".repeat(20)
                + "00040000"
                + "00".repeat(76)
                + "5544332211000000"
                + "00".repeat(16));
  }

  @ParameterizedTest
  @CsvSource({
    // 128 MB of 1,769 on 8 processors: 0.0724 / 8 of the machine
    "0.07236,8,05000000,90",
    "1,4,05000000,2500",
    "2,4,05000000,5000",
    "5.789,16,05000000,3618",
    "0.0001,64,05000000,1",
    // all there is needs no cap
    "4,4,00000000,0",
    "6,4,00000000,0",
  })
  void theCpuRateIsOfTheWholeMachine(double share, int processors, String flags, int rate) {
    byte[] structure = JobStructures.cpuRate(share, processors);
    assertThat(HexFormat.of().formatHex(structure, 0, 4)).isEqualTo(flags);
    assertThat((structure[4] & 0xff) | (structure[5] & 0xff) << 8).isEqualTo(rate);
    assertThat(structure).hasSize(8);
  }

  @Test
  void answersAreReadAsWindowsWritesThem() {
    byte[] accounting =
        HexFormat.of().parseHex("8096980000000000" + "40420f0000000000" + "00".repeat(32));
    assertThat(JobStructures.cpuNanos(accounting)).isEqualTo(1_100_000_000L);
    assertThat(JobStructures.cpuNanos(new byte[0])).isEqualTo(SandboxedProcess.UNMEASURED);

    byte[] list =
        HexFormat.of()
            .parseHex(
                "03000000" + "02000000" + "1027000000000000" + "b80b000000000000" + "00".repeat(8));
    assertThat(JobStructures.processes(list)).containsExactly(10_000, 3000);
    // Longer than there is room for, and none at all.
    assertThat(JobStructures.processes(HexFormat.of().parseHex("ff000000ff000000"))).isEmpty();
    assertThat(JobStructures.processes(new byte[0])).isEmpty();
  }

  @Test
  void memoryAndTimeAreOfAllTogether() throws Exception {
    try (Job job = job(11, 12)) {
      windows.members.put(11L, 30 * MEBI);
      windows.members.put(12L, 50 * MEBI);
      assertThat(job.residentBytes()).isEqualTo(80 * MEBI);
      windows.members.put(12L, 5 * MEBI);
      assertThat(job.residentBytes()).isEqualTo(35 * MEBI);
      assertThat(job.peakBytes()).isEqualTo(80 * MEBI);
      job.resetPeak();
      assertThat(job.peakBytes()).isEqualTo(35 * MEBI);
      windows.cpuUnits = 12_345;
      assertThat(job.cpuNanos()).isEqualTo(1_234_500);
      job.close();
      assertThat(job.residentBytes()).isZero();
      assertThat(job.cpuNanos()).isEqualTo(1_234_500);
    }
    assertThat(windows.open).isEmpty();
  }

  @Test
  void freezingFindsWhoWasStartedMeanwhile() throws Exception {
    try (Job job = job(11, 12)) {
      windows.childOfFirst = 13;
      job.freeze();
      assertThat(windows.suspensions).containsExactlyInAnyOrder(11L, 12L, 13L);
      // Suspensions are counted, so nobody may be suspended twice.
      job.freeze();
      assertThat(windows.suspensions).hasSize(3);
      job.thaw();
      assertThat(windows.suspensions).hasSize(6).contains(-11L, -12L, -13L);
      job.freeze();
      assertThat(windows.suspensions).hasSize(9);
    }
  }

  @Test
  void aKilledOneEndsBySignalAndAnotherByItsCode() throws Exception {
    try (Job job = job(11)) {
      assertThat(job.status(3)).isEqualTo(new ExitStatus.Exited(3));
      job.kill();
      assertThat(windows.ended).isEqualTo(137);
      assertThat(job.status(137)).isEqualTo(new ExitStatus.Signaled(9, false));
    }
  }

  @Test
  void aProcessThatIsRefusedIsNamed() throws Exception {
    try (Job job = job()) {
      assertThatThrownBy(() -> job.adopt(-1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("-1");
    }
    assertThat(windows.open).isEmpty();
  }
}
