package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the next start does about a program that ended together with its helper. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class AbandonedTest {
  /** Leaves an orphan that carries a mark, and prints its number. */
  private static long orphan(String mark) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "setsid sleep 1000 > /dev/null & echo $!");
    builder.environment().putAll(Map.of(Sweeper.MARK, mark));
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader()) {
      long pid = Long.parseLong(lines.readLine());
      process.waitFor();
      return pid;
    }
  }

  @Test
  void orphansOfAnEndedProgramAreKilledAndOthersAreNot() throws Exception {
    Process ended = new ProcessBuilder("/bin/true").start();
    ended.waitFor();
    long abandoned = orphan(Long.toHexString(ended.pid()) + "-1-2/3");
    long ours = orphan(Long.toHexString(ProcessHandle.current().pid()) + "-1-2/3");
    try {
      Waiting.until("it is an orphan", () -> ProcTable.isOrphan((int) abandoned));

      Sweeper.killAbandoned();

      Waiting.until("the abandoned one is gone", () -> !Waiting.alive(abandoned));
      assertThat(Waiting.alive(ours)).isTrue();
    } finally {
      ProcessHandle.of(ours).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aNameTellsWhoseItWas() {
    String self = Long.toHexString(ProcessHandle.current().pid());

    assertThat(Cgroups.isAbandoned("hearth-" + self + "-1-2-3")).isFalse();
    assertThat(Cgroups.isAbandoned("hearth-7ffffffe-1-2-3")).isTrue();
    assertThat(Cgroups.isAbandoned("hearth-self")).isFalse();
    assertThat(Cgroups.isAbandoned("hearth-1234.scope")).isFalse();
  }
}
