package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kernel's control groups as this machine has them; the contract holds inside them, too. */
class CgroupSandboxTest extends SandboxContract {
  @Override
  Sandbox create() {
    return Sandboxes.with(Choice.of("cgroup-v1,cgroup-v2"));
  }

  @AfterEach
  void nothingIsLeftInTheKernel() throws Exception {
    sandbox.close();
    for (Path folder : CgroupMounts.ofThisProcess().v1().values()) {
      try (var groups = Files.list(folder)) {
        assertThat(groups.map(group -> group.getFileName().toString()))
            .noneMatch(name -> name.startsWith("hearth-" + Long.toHexString(pid()) + "-"));
      }
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private void needs(String dimension) {
    assumeTrue(sandbox.description().startsWith("cgroup"), "no control groups here: " + dimension);
    assumeTrue(!sandbox.notLimited().contains(dimension), sandbox.notLimited());
  }

  @Test
  void theKernelStopsAProcessAtItsMemory() throws Exception {
    needs("memory is checked");
    SandboxedProcess process = python("held = b'x' * (200 << 20)\nprint('survived')");

    assertThat(exit(process)).isEqualTo(new ExitStatus.Signaled(9, false));

    assertThat(text(process.stdout())).isEmpty();
    assertThat(process.limitsMemory()).isTrue();
    assertThat(process.outOfMemory()).isTrue();
    assertThat(process.peakBytes()).isEqualTo(128 * MEBI);
  }

  @Test
  void aKillFromOutsideIsNotOutOfMemory() throws Exception {
    SandboxedProcess process = shell("echo ready; exec sleep 1000");
    lines(process.stdout()).readLine();
    process.kill();
    exit(process);
    assertThat(process.outOfMemory()).isFalse();
  }

  @Test
  void aHogInAChildDiesAndTheParentHearsOfIt() throws Exception {
    needs("memory is checked");
    SandboxedProcess process =
        python(
            """
            import subprocess, sys
            child = subprocess.run([sys.executable, '-I', '-S', '-c', "b'x' * (1 << 30)"])
            print(child.returncode, flush=True)
            """);

    assertThat(text(process.stdout())).isEqualTo("-9\n");
    assertThat(exit(process)).isEqualTo(new ExitStatus.Exited(0));
    assertThat(process.outOfMemory()).isFalse();
  }

  @Test
  void aHogOfAnEarlierCallIsNotHeldAgainstALaterOne() throws Exception {
    needs("memory is checked");
    SandboxedProcess process =
        python(
            """
            import os, subprocess, sys, time
            subprocess.run([sys.executable, '-I', '-S', '-c', "b'x' * (1 << 30)"])
            print('first', flush=True)
            while not os.path.exists('go'): time.sleep(0.01)
            with open('large', 'wb') as file:
                for i in range(90): file.write(bytes(1 << 20))
            print('second', flush=True)
            time.sleep(1000)
            """);
    BufferedReader lines = lines(process.stdout());
    lines.readLine();
    assertThat(process.peakBytes()).isGreaterThanOrEqualTo(128 * MEBI);
    process.resetPeak();
    Files.createFile(folder.resolve("go"));
    lines.readLine();

    assertThat(process.peakBytes()).isLessThan(60 * MEBI);
    assertThat(ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly()).isTrue();
    assertThat(exit(process)).isEqualTo(new ExitStatus.Signaled(9, false));
    assertThat(process.outOfMemory()).isFalse();
  }

  @Test
  void cachedFilesAreNotHeldAgainstTheProcess() throws Exception {
    needs("memory is checked");
    Path file = folder.resolve("large");
    SandboxedProcess process =
        shell(
            "head -c 300000000 /dev/zero > large; cat large > /dev/null; cat large | tail -c 1 |"
                + " wc -c");

    assertThat(text(process.stdout()).strip()).isEqualTo("1");
    assertThat(exit(process)).isEqualTo(new ExitStatus.Exited(0));
    assertThat(process.peakBytes()).isLessThan(40 * MEBI);
    assertThat(file).hasSize(300_000_000);
  }

  @Test
  void thePeakOfATreeIsFoundBetweenTwoSamples() throws Exception {
    needs("memory is checked");
    SandboxedProcess process =
        python(
            """
            import os, sys, time
            for part in range(2):
                if os.fork() == 0:
                    break
            else:
                time.sleep(1000)
            held = b'x' * (20 << 20)
            print('held', flush=True)
            del held
            time.sleep(1000)
            """);
    BufferedReader lines = lines(process.stdout());
    lines.readLine();
    process.residentBytes();
    lines.readLine();

    assertThat(process.peakBytes()).isBetween(20 * MEBI, 100 * MEBI);
  }

  @Test
  void aForkBombStaysSmall() throws Exception {
    needs("number of processes");
    // Enough memory for all that are allowed.
    ProcessSpec bomb =
        new ProcessSpec(
            List.of(
                "/usr/bin/python3",
                "-I",
                "-S",
                "-c",
                """
                import os, time
                count = 0
                while True:
                    try:
                        if os.fork() == 0:
                            time.sleep(1000)
                        count += 1
                    except OSError as e:
                        print(count, e.errno, flush=True)
                        time.sleep(1000)
                """),
            Map.of(),
            folder,
            4096 * MEBI);
    SandboxedProcess process = sandbox.start(bomb);

    String[] answer = lines(process.stdout()).readLine().split(" ");
    // Lambda's 1,024, less the parent.
    assertThat(answer).containsExactly("1023", "11");
    // Each of them holds some megabytes that all share; a thousand times that would be gigabytes.
    Waiting.until("the children are found", () -> process.residentBytes() > 20 * MEBI);
    assertThat(process.residentBytes()).isLessThan(1024 * MEBI);
    process.kill();
    exit(process);
    Waiting.until("all are gone", () -> Sweepers.carrying(process).isEmpty());
  }

  @Test
  void theShareFollowsTheMemory() throws Exception {
    needs("CPU share");
    SandboxedProcess process = python("print(1, flush=True)\nwhile True: pass");
    lines(process.stdout()).readLine();
    process.initDone();

    Waiting.forShare(process, 0.06, 0.085);
  }

  @Test
  void freezingReachesThoseThatLeftTheSession() throws Exception {
    assumeTrue(sandbox.description().startsWith("cgroup"), "no control groups here");
    SandboxedProcess process =
        shell("(setsid sh -c 'while :; do date +%N > tick; done' &) ; echo ready; exec sleep 1000");
    lines(process.stdout()).readLine();
    Path tick = folder.resolve("tick");
    Waiting.until("the daemon ticks", () -> Files.exists(tick));

    process.freeze();
    String frozen = Files.readString(tick);
    SandboxedProcess witness = shell("for i in 1 2 3 4 5 6 7 8 9 10; do date +%N; done");
    assertThat(lines(witness.stdout()).lines().toList()).hasSize(10);
    assertThat(Files.readString(tick)).isEqualTo(frozen);
    process.thaw();

    Waiting.until("it ticks again", () -> !read(tick).equals(frozen));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return "";
    }
  }

  @Test
  void aDaemonWithoutTheMarkDiesWithItsEnvironment() throws Exception {
    assumeTrue(sandbox.description().startsWith("cgroup"), "no control groups here");
    SandboxedProcess process =
        shell(
            """
            (setsid env -i /bin/sh -c 'echo $$ > pid; exec sleep 1000' &)
            until [ -s pid ]; do sleep 0.01; done
            """);
    exit(process);
    long daemon = Long.parseLong(Files.readString(folder.resolve("pid")).strip());

    Waiting.until("the daemon is gone", () -> !Waiting.alive(daemon));
  }

  @Test
  void theMeansAreNamed() {
    assertThat(List.of("cgroup v1", "cgroup v2", "plain process")).contains(sandbox.description());
  }
}
