package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The CPU share where the kernel gives no quota: by stopping and continuing. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CpuThrottleTest {
  private static final String BUSY = "while :; do :; done";

  private static SandboxedProcess start(Sandbox sandbox, String script) throws Exception {
    SandboxedProcess process =
        sandbox.start(
            new ProcessSpec(
                List.of("/bin/sh", "-c", "echo x; " + script), Map.of(), Path.of("/"), 128L << 20));
    process.stdout().read();
    return process;
  }

  @Test
  void aBusyProcessGetsWhatItsMemoryBuys() throws Exception {
    try (Sandbox sandbox = Sandboxes.with(Choice.of(Choice.THROTTLE))) {
      assertThat(sandbox.notLimited()).contains("kept by stopping and continuing");
      SandboxedProcess process = start(sandbox, BUSY);
      process.initDone();

      // 0.0724, and what a busy machine adds to the reaction.
      Waiting.forShare(process, 0.03, 0.11);
    }
  }

  @Test
  void initIsNotThrottled() throws Exception {
    try (Sandbox sandbox = Sandboxes.with(Choice.of(Choice.THROTTLE))) {
      SandboxedProcess process = start(sandbox, BUSY);

      Waiting.until("more than its share is used", () -> process.cpuNanos() > 300_000_000L);
      assertThat(Waiting.state(process.pid())).isEqualTo("R");
    }
  }

  @Test
  void aFrozenProcessStaysFrozen() throws Exception {
    try (Sandbox sandbox = Sandboxes.with(Choice.of(Choice.THROTTLE))) {
      SandboxedProcess process = start(sandbox, BUSY);
      process.initDone();
      process.freeze();
      Waiting.until("it is stopped", () -> Waiting.state(process.pid()).equals("T"));
      long used = process.cpuNanos();
      long from = System.nanoTime();
      Waiting.until(
          "a while is over",
          () -> {
            assertThat(Waiting.state(process.pid())).isEqualTo("T");
            return System.nanoTime() - from > 300_000_000L;
          });
      assertThat(process.cpuNanos()).isEqualTo(used);

      process.thaw();

      Waiting.until("it goes on", () -> process.cpuNanos() > used + 10_000_000);
    }
  }
}
