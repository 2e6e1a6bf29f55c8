package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What every way of starting processes does alike; run against each of them. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SandboxContract {
  static final long MEBI = 1 << 20;

  /** Python's account of children is in ticks of 10 ms. */
  private static final long TICKS = 50_000_000;

  @TempDir Path folder;
  Sandbox sandbox;

  abstract Sandbox create();

  @BeforeEach
  void open() {
    sandbox = create();
  }

  @AfterEach
  void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  SandboxedProcess shell(String script) {
    return start(Map.of("PATH", "/usr/bin:/bin"), "/bin/sh", "-c", script);
  }

  SandboxedProcess start(Map<String, String> environment, String... command) {
    try {
      return sandbox.start(new ProcessSpec(List.of(command), environment, folder, 128 * MEBI));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  static BufferedReader lines(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  static ExitStatus exit(SandboxedProcess process) throws Exception {
    return process.onExit().get(100, TimeUnit.SECONDS);
  }

  @Test
  void bothStreamsArriveApartAndTheExitCodeIsExact() throws Exception {
    SandboxedProcess process = shell("printf out; printf err >&2; exit 7");

    assertThat(text(process.stdout())).isEqualTo("out");
    assertThat(text(process.stderr())).isEqualTo("err");
    assertThat(exit(process)).isEqualTo(new ExitStatus.Exited(7));
  }

  @Test
  void theProcessGetsItsOwnVariablesFolderAndNothingToRead() throws Exception {
    SandboxedProcess process =
        start(
            Map.of("PATH", "/usr/bin:/bin", "WORD", "a=b ü"),
            "/bin/sh",
            "-c",
            "pwd -P; env; cat; ls /proc/self/fd | wc -l",
            "unused");

    List<String> lines = lines(process.stdout()).lines().toList();
    assertThat(lines.getFirst()).isEqualTo(folder.toRealPath().toString());
    assertThat(lines).contains("WORD=a=b ü").noneMatch(line -> line.startsWith("HOME="));
    // ls sees its own three and the folder it reads.
    assertThat(lines.getLast().strip()).isEqualTo("4");
  }

  @Test
  void theProcessLeadsASessionOfItsOwnWithoutBlockedSignals() throws Exception {
    SandboxedProcess process =
        shell("cut -d ' ' -f 5,6 /proc/$$/stat; exec grep -E 'Sig(Blk|Ign)' /proc/self/status");

    List<String> lines = lines(process.stdout()).lines().toList();
    assertThat(lines.getFirst()).isEqualTo(process.pid() + " " + process.pid());
    assertThat(lines.get(1)).isEqualTo("SigBlk:\t0000000000000000");
  }

  @Test
  void aMissingFileIsRefusedInTheSystemsWords() {
    assertThatThrownBy(() -> launch(folder.resolve("bootstrap")))
        .isInstanceOfSatisfying(
            StartFailedException.class,
            e -> {
              assertThat(e.file()).endsWith("/bootstrap");
              assertThat(e.reason()).isEqualTo("no such file or directory");
            });
  }

  @Test
  void aFileThatIsNotExecutableIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("bootstrap"), "#!/bin/sh\n");

    assertThatThrownBy(() -> launch(file))
        .isInstanceOf(StartFailedException.class)
        .hasMessage("Could not start " + file + ": permission denied");
  }

  @Test
  void aMissingFolderIsNamedRatherThanTheProgram() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(
            () ->
                sandbox.start(new ProcessSpec(List.of("/bin/true"), Map.of(), missing, 128 * MEBI)))
        .isInstanceOfSatisfying(
            StartFailedException.class, e -> assertThat(e.file()).isEqualTo(missing.toString()));
  }

  private void launch(Path file) throws IOException {
    sandbox.start(new ProcessSpec(List.of(file.toString()), Map.of(), folder, 128 * MEBI));
  }

  @Test
  void aKilledProcessEndsWithTheSignal() throws Exception {
    SandboxedProcess process = shell("echo ready; exec sleep 1000");
    lines(process.stdout()).readLine();

    process.kill();

    assertThat(exit(process)).isEqualTo(new ExitStatus.Signaled(9, false));
    process.kill();
  }

  @Test
  void killingTakesTheWholeGroup() throws Exception {
    SandboxedProcess process = shell("sleep 1000 & echo $!; sleep 1000 & echo $!; wait");
    BufferedReader lines = lines(process.stdout());
    long first = Long.parseLong(lines.readLine());
    long second = Long.parseLong(lines.readLine());

    process.kill();

    assertThat(lines.readLine()).isNull();
    Waiting.until("the group is gone", () -> !Waiting.alive(first) && !Waiting.alive(second));
  }

  @Test
  void killingFindsAChildThatLeftTheSession() throws Exception {
    SandboxedProcess process = shell("setsid sh -c 'echo $$; exec sleep 1000' & wait");
    BufferedReader lines = lines(process.stdout());
    long escaped = Long.parseLong(lines.readLine());

    process.kill();

    Waiting.until("the escaped child is gone", () -> !Waiting.alive(escaped));
  }

  @Test
  void anOrphanThatLeftTheSessionIsFoundWhenItsEnvironmentEnds() throws Exception {
    SandboxedProcess process =
        shell("(setsid sh -c 'echo $$; exec sleep 1000' &); until [ -e go ]; do sleep 0.01; done");
    long escaped = Long.parseLong(lines(process.stdout()).readLine());
    Files.createFile(folder.resolve("go"));

    exit(process);

    Waiting.until("the orphan is gone", () -> !Waiting.alive(escaped));
  }

  @Test
  void theGroupEndsWithItsFirstProcess() throws Exception {
    // Without variables it can't be found by its mark: only the group leads to it.
    SandboxedProcess process =
        shell(
            """
            env -i /bin/sleep 1000 &
            until [ "$(basename $(readlink /proc/$!/exe))" = sleep ]; do sleep 0.01; done
            echo $!
            """);
    BufferedReader lines = lines(process.stdout());
    long child = Long.parseLong(lines.readLine());

    assertThat(exit(process)).isEqualTo(new ExitStatus.Exited(0));

    assertThat(lines.readLine()).isNull();
    Waiting.until("the child is gone", () -> !Waiting.alive(child));
  }

  @Test
  void terminatingReachesAFrozenProcessAndLeavesItTheLastWord() throws Exception {
    SandboxedProcess process =
        shell("trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.01; done");
    BufferedReader lines = lines(process.stdout());
    lines.readLine();
    process.freeze();

    process.terminate();

    assertThat(lines.readLine()).isEqualTo("bye");
    assertThat(exit(process)).isEqualTo(new ExitStatus.Exited(3));
  }

  @Test
  void aFrozenGroupStopsAndGoesOn() throws Exception {
    SandboxedProcess process = shell("sh -c 'echo $$; while :; do :; done' & wait");
    long child = Long.parseLong(lines(process.stdout()).readLine());

    process.freeze();
    Waiting.until("all are stopped", () -> Waiting.state(child).equals("T"));
    process.thaw();

    Waiting.until("it runs again", () -> Waiting.state(child).equals("R"));
    process.freeze();
    process.kill();
    assertThat(exit(process)).isInstanceOf(ExitStatus.Signaled.class);
  }

  @Test
  void aReaderEndsAlthoughAnEscapedOrphanHoldsThePipe() throws Exception {
    // The variables are cleared, so that this one can't be found by its mark.
    SandboxedProcess process =
        shell(
            """
            (setsid env -i /bin/sh -c 'echo $$ > pid; exec sleep 1000' &)
            until [ -s pid ]; do sleep 0.01; done
            printf last
            """);

    assertThat(text(process.stdout())).isEqualTo("last");
    String escaped = Files.readString(folder.resolve("pid")).strip();
    assertThat(ProcessHandle.of(Long.parseLong(escaped)).orElseThrow().destroyForcibly()).isTrue();
  }

  @Test
  void closingEndsABlockedReader() throws Exception {
    SandboxedProcess process = shell("exec sleep 1000");
    FutureTask<Integer> read = new FutureTask<>(() -> process.stdout().read());
    Thread reader = Thread.ofPlatform().daemon().start(read);
    Waiting.until("the reader blocks", () -> isIn(reader, "awaitReadable", "poll"));

    process.stdout().close();

    assertThat(read.get(100, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThat(process.stdout().read()).isEqualTo(-1);
  }

  private static boolean isIn(Thread thread, String... methods) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> List.of(methods).contains(frame.getMethodName()));
  }

  @Test
  void virtualThreadsReadWithoutStarvingEachOther() throws Exception {
    int blocked = 4 * Runtime.getRuntime().availableProcessors();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<SandboxedProcess> processes = new ArrayList<>();
      List<CompletableFuture<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < blocked; i++) {
        SandboxedProcess process = shell("exec sleep 1000");
        processes.add(process);
        reads.add(CompletableFuture.supplyAsync(() -> readOne(process), threads));
      }
      CompletableFuture.runAsync(() -> {}, threads).get(100, TimeUnit.SECONDS);
      processes.forEach(SandboxedProcess::kill);
      for (CompletableFuture<Integer> read : reads) {
        assertThat(read.get(100, TimeUnit.SECONDS)).isEqualTo(-1);
      }
    }
  }

  private static int readOne(SandboxedProcess process) {
    try {
      return process.stdout().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void muchOutputArrivesWhole() throws Exception {
    SandboxedProcess process = shell("head -c 50000000 /dev/zero | tr '\\0' x");

    byte[] buffer = new byte[1 << 16];
    long total = 0;
    int count;
    while ((count = process.stdout().read(buffer)) >= 0) {
      assertThat(buffer[count - 1]).isEqualTo((byte) 'x');
      total += count;
    }

    assertThat(total).isEqualTo(50_000_000);
  }

  @Test
  void manyProcessesLeaveNoDescriptorBehind() throws Exception {
    exit(shell(":"));
    long before = descriptors();

    for (int i = 0; i < 200; i++) {
      SandboxedProcess process = start(Map.of(), "/bin/echo", "x");
      if (i % 2 == 0) {
        process.residentBytes();
        process.cpuNanos();
        assertThat(text(process.stdout())).isEqualTo("x\n");
        assertThat(text(process.stderr())).isEmpty();
      } else {
        process.stdout().close();
        process.stderr().close();
      }
      exit(process);
    }

    Waiting.until("as many descriptors as before", () -> descriptors() <= before);
  }

  private static long descriptors() {
    String[] names = new File("/proc/self/fd").list();
    return names == null ? -1 : names.length;
  }

  @Test
  void closingTheSandboxKillsWhatRuns() throws Exception {
    SandboxedProcess process = shell("trap '' TERM; echo ready; while :; do sleep 1; done");
    lines(process.stdout()).readLine();

    sandbox.close();

    assertThat(process.onExit()).isDone();
    assertThatThrownBy(() -> launch(Path.of("/bin/true"))).hasMessage("The sandbox is closed");
  }

  @Test
  void residentBytesFollowTheWholeTree() throws Exception {
    SandboxedProcess process =
        python("import sys\nprint(1, flush=True)\nsys.stdin.read()\nimport time\ntime.sleep(1000)");
    lines(process.stdout()).readLine();
    long alone = process.residentBytes();
    assertThat(alone).isBetween(2 * MEBI, 60 * MEBI);

    SandboxedProcess tree =
        python(
            """
            import subprocess, sys
            child = "held = b'x' * (80 << 20)\\nprint('held', flush=True)\\nimport time\\ntime.sleep(1000)"
            subprocess.run([sys.executable, '-I', '-S', '-c', child])
            """);
    lines(tree.stdout()).readLine();
    Waiting.until("the child is found", () -> tree.residentBytes() > 80 * MEBI);
    assertThat(tree.residentBytes()).isLessThan(80 * MEBI + 3 * alone);
    assertThat(tree.peakBytes()).isGreaterThanOrEqualTo(80 * MEBI);
  }

  @Test
  void memoryThatForkedProcessesShareCountsOnce() throws Exception {
    SandboxedProcess process =
        python(
            """
            import os, time
            held = b'x' * (60 << 20)
            for i in range(3):
                if os.fork() == 0:
                    own = b'y' * (10 << 20)
                    time.sleep(1000)
            time.sleep(1000)
            """);

    Waiting.until(
        "the children's own memory is counted",
        () -> {
          long bytes = process.residentBytes();
          // Four times 60 MB would be counted if sharing were overlooked.
          assertThat(bytes).isLessThan(125 * MEBI);
          return bytes >= 90 * MEBI;
        });
  }

  @Test
  void aNewPeakStartsAtWhatIsResident() throws Exception {
    SandboxedProcess process =
        python(
            """
            import os, time
            held = b'x' * (100 << 20)
            del held
            print('first', flush=True)
            time.sleep(1000)
            """);
    lines(process.stdout()).readLine();

    assertThat(process.peakBytes()).isBetween(100 * MEBI, 150 * MEBI);
    process.resetPeak();
    assertThat(process.peakBytes()).isBetween(2 * MEBI, 60 * MEBI);
    process.kill();
    exit(process);
    assertThat(process.peakBytes()).isBetween(2 * MEBI, 60 * MEBI);
    assertThat(process.residentBytes()).isZero();
  }

  @Test
  void cpuTimeCountsTheProcessAndItsChildren() throws Exception {
    SandboxedProcess process =
        python(
            """
            import os, subprocess, sys, time
            spin = "import time\\nwhile time.process_time() < 0.2: pass"
            exec(spin)
            print(time.process_time_ns(), flush=True)
            subprocess.run([sys.executable, '-I', '-S', '-c', spin])
            spent = os.times()
            print(int(sum(spent[:4]) * 1e9), flush=True)
            time.sleep(1000)
            """);
    BufferedReader lines = lines(process.stdout());
    long own = Long.parseLong(lines.readLine());
    assertThat(process.cpuNanos()).isGreaterThanOrEqualTo(own);
    long both = Long.parseLong(lines.readLine());
    assertThat(both).isGreaterThan(own + 100_000_000L);
    Waiting.until("the child's time is counted", () -> process.cpuNanos() >= both - TICKS);
    // What is counted twice would be half as much again.
    assertThat(process.cpuNanos()).isLessThan(both + both / 4 + TICKS);
  }

  SandboxedProcess python(String program) {
    return start(Map.of(), "/usr/bin/python3", "-I", "-S", "-c", program);
  }
}
