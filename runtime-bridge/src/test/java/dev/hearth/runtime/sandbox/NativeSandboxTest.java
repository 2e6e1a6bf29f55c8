package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeSandboxTest extends SandboxContract {
  @Override
  Sandbox create() {
    return Sandboxes.plain();
  }

  @Test
  void anExitCodeAbove128IsNoSignal() throws Exception {
    assertThat(exit(shell("exit 139"))).isEqualTo(new ExitStatus.Exited(139));
    assertThat(exit(shell("kill -SEGV $$")))
        .isInstanceOfSatisfying(
            ExitStatus.Signaled.class, status -> assertThat(status.signal()).isEqualTo(11));
  }

  @Test
  void aFileThatIsNoProgramIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("bootstrap"), "no program");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(
            () ->
                sandbox.start(
                    new ProcessSpec(List.of(file.toString()), Map.of(), folder, 128 * MEBI)))
        .hasMessage("Could not start " + file + ": exec format error");
  }

  @Test
  void aRefusedStartLeavesNothingBehind() throws Exception {
    exit(shell(":"));
    int before = descriptors();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(
              () ->
                  sandbox.start(new ProcessSpec(List.of("/missing"), Map.of(), folder, 128 * MEBI)))
          .isInstanceOf(StartFailedException.class);
    }
    assertThat(descriptors()).isLessThanOrEqualTo(before + 4);
  }

  private static int descriptors() {
    return new java.io.File("/proc/self/fd").list().length;
  }

  @Test
  void helpersAreCollectedWhenAllElseIsClosed() throws Exception {
    int self = (int) ProcessHandle.current().pid();
    List<Integer> before = ProcTable.children(self);
    try (Sandbox closed = Sandboxes.plain()) {
      SandboxedProcess process =
          closed.start(new ProcessSpec(List.of("/bin/sh", "-c", ":"), Map.of(), folder, MEBI));
      process.onExit().join();
    }
    Waiting.until(
        "no child is left, not even a dead one",
        () -> before.containsAll(ProcTable.children(self)));
  }

  @Test
  void availableTellsWhatIsInThePipe() throws Exception {
    SandboxedProcess process = shell("printf 12345; exec sleep 1000");

    Waiting.until("five bytes wait", () -> available(process) == 5);

    assertThat(process.stdout().readNBytes(5)).hasSize(5);
    assertThat(available(process)).isZero();
  }

  private static int available(SandboxedProcess process) {
    try {
      return process.stdout().available();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theFinalCpuTimeIsTheKernelsOwnAccount() throws Exception {
    SandboxedProcess process =
        python("import time\nwhile time.process_time() < 0.1: pass\nprint(time.process_time_ns())");

    long own = Long.parseLong(text(process.stdout()).strip());
    exit(process);

    assertThat(process.cpuNanos()).isBetween(own, 2 * own);
  }
}
