package dev.hearth.app.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The emulator whose path a user gives is started, called and measured like the other peers. */
@DisabledOnOs(OS.WINDOWS)
class EmulatorPeerTest {
  private static final int CALLS = 20;

  @TempDir Path folder;

  private Path program(String command) throws IOException {
    Path file = folder.resolve("aws-lambda-rie");
    Files.writeString(file, "#!/bin/sh\nexec " + command + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private PeerRun run(Path emulator) throws IOException {
    Peer peer = new Peers(folder, "v22.1.0").emulator(emulator, folder.resolve("index.mjs"));
    return new PeerRun(peer, CALLS, folder.resolve("log"));
  }

  @Test
  void isStartedCalledAndMeasured() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path classes =
        Path.of(StandInEmulator.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path emulator =
        program(
            "'%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\""
                .formatted(java, classes, StandInEmulator.class.getName()));

    PeerRun.Figures figures = run(emulator).run();

    assertThat(figures.startMillis()).isPositive();
    assertThat(figures.warmMicros()).isPositive().isLessThanOrEqualTo(figures.slowMicros());
    assertThat(figures.perSecond()).isPositive();
    assertThat(figures.parallelPerSecond()).as("one call at a time").isZero();
  }

  @Test
  void saysWhereToLookWhenItDoesNotAnswer() throws Exception {
    PeerRun run = run(program("echo 'no such option' && exit 1"));

    assertThatThrownBy(run::run)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gives no good answer")
        .hasMessageContaining(folder.resolve("log").toString());
    assertThat(folder.resolve("log")).hasContent("no such option");
  }
}
