package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Timeout(300)
class WatchdogTest {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  /** A text from which entries are struck one by one takes minutes for this. */
  @Test
  void keepsTheBookOfManyEnvironments() throws Exception {
    Path scratch = Files.createDirectories(folder.resolve("scratch/deep"));
    int unused = 5_000_000;
    try (PortableLauncher launcher = new PortableLauncher(new UnixSystem(pid -> null));
        Watchdog watchdog = new Watchdog(() -> launcher, "HEARTH_SANDBOX=nobody/")) {
      watchdog.start();
      watchdog.guardFolder(scratch);
      for (int i = 0; i < 3_000; i++) {
        watchdog.guardGroup(unused + i);
      }
      for (int i = 0; i < 3_000; i++) {
        watchdog.forgetGroup(unused + i);
      }
    }
    Waiting.until("the folder is gone", () -> !Files.exists(scratch));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "portable"})
  void nothingOutlivesAKilledProgram(String way) throws Exception {
    Path scratch = Files.createDirectories(folder.resolve("scratch of one/deep"));
    Files.writeString(scratch.resolve("file"), "x");
    Process program = program(way, scratch);
    BufferedReader lines = program.inputReader();
    long sleeper = Long.parseLong(lines.readLine());
    long frozen = Long.parseLong(lines.readLine());
    long escaped = Long.parseLong(lines.readLine());
    assertThat(Stream.of(sleeper, frozen, escaped)).allMatch(Waiting::alive);

    program.destroyForcibly().waitFor();

    Waiting.until(
        "all are gone", () -> Stream.of(sleeper, frozen, escaped).noneMatch(Waiting::alive));
    Waiting.until("the folder is gone", () -> !Files.exists(scratch));
    assertThat(scratch.getParent()).exists();
  }

  private Process program(String way, Path scratch) throws IOException, URISyntaxException {
    List<String> classPath = new ArrayList<>();
    for (Class<?> needed : List.of(Sandboxes.class, KilledProgram.class, org.slf4j.Logger.class)) {
      classPath.add(
          new File(needed.getProtectionDomain().getCodeSource().getLocation().toURI()).getPath());
    }
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath.stream().distinct().collect(Collectors.joining(File.pathSeparator)),
                KilledProgram.class.getName(),
                way,
                scratch.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(program);
    return program;
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "portable"})
  void onlyWhatIsStillRegisteredGoes(String way) throws Exception {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    Path gone = Files.createDirectories(folder.resolve("gone, 'quoted' $HOME"));
    long forgotten = sleeper();
    long guarded = sleeper();
    long first = sleeper();
    try (Launcher launcher = launcher(way)) {
      Watchdog watchdog = new Watchdog(() -> launcher, "HEARTH_SANDBOX=no process has this/");
      watchdog.guardGroup((int) first);
      watchdog.guardFolder(kept);
      watchdog.start();
      watchdog.guardGroup((int) forgotten);
      watchdog.guardGroup((int) guarded);
      watchdog.guardFolder(gone);
      watchdog.forgetGroup((int) forgotten);
      watchdog.forgetFolder(kept);

      watchdog.close();
    }

    Waiting.until("the folder is gone", () -> !Files.exists(gone));
    Waiting.until(
        "the guarded groups are gone", () -> !Waiting.alive(first) && !Waiting.alive(guarded));
    assertThat(Waiting.alive(forgotten)).isTrue();
    assertThat(kept).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "portable"})
  void aHelperThatWasKilledIsReplaced(String way) throws Exception {
    long guarded = sleeper();
    long added = sleeper();
    String mark = "HEARTH_SANDBOX=" + System.nanoTime() + "/";
    try (Launcher launcher = launcher(way)) {
      Watchdog watchdog = new Watchdog(() -> launcher, mark);
      watchdog.guardGroup((int) guarded);
      watchdog.start();
      // Its command line can be seen a moment after it has been started.
      Waiting.until("the helper runs", () -> helper(mark).isPresent());
      ProcessHandle helper = helper(mark).orElseThrow();
      helper.destroyForcibly();
      helper.onExit().join();

      watchdog.guardGroup((int) added);
      watchdog.close();
    }

    Waiting.until("both groups are gone", () -> !Waiting.alive(guarded) && !Waiting.alive(added));
  }

  private static Optional<ProcessHandle> helper(String mark) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").endsWith(mark))
        .findFirst();
  }

  private static Launcher launcher(String way) {
    return way.equals("native")
        ? new NativeLauncher(new Sweeper())
        : new PortableLauncher(new UnixSystem(pid -> null));
  }

  private long sleeper() throws IOException {
    Process process = new ProcessBuilder("setsid", "sleep", "1000").start();
    started.add(process);
    return process.pid();
  }
}
