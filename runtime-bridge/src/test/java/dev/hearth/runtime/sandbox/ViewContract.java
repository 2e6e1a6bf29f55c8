package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an environment sees and may touch, by each means that gives it a view of its own. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ViewContract {
  private static final long MEBI = 1 << 20;

  @TempDir Path folder;
  Path task;
  Path tmp;
  Sandbox sandbox;

  abstract String means();

  /** Whether the machine has what the means needs: then it has to work. */
  abstract boolean possible() throws IOException;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandboxes.with(Choice.of("cgroup-v1," + means()));
    assumeTrue(possible(), means() + " is not to be had on this machine");
    assertThat(sandbox.description()).contains(means());
    task = Files.createDirectory(folder.resolve("code"));
    tmp = Files.createDirectory(folder.resolve("private"));
    Files.writeString(task.resolve("handler.py"), "print('handled')\n");
    Files.writeString(folder.resolve("stranger"), "of somebody else");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  Isolation isolation(NetworkSpace network, Path... readable) {
    return new Isolation(task, null, tmp, 512 * MEBI, List.of(readable), network);
  }

  SandboxedProcess start(Isolation isolation, String script) {
    try {
      return sandbox.start(
          new ProcessSpec(
              List.of("/bin/sh", "-c", script),
              Map.of("PATH", "/usr/bin:/bin", "LAMBDA_TASK_ROOT", task.toString()),
              task,
              256 * MEBI,
              isolation));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String output(String script) throws Exception {
    return output(isolation(NetworkSpace.OPEN), script);
  }

  String output(Isolation isolation, String script) throws Exception {
    SandboxedProcess process = start(isolation, "exec 2>&1; " + script);
    String text = SandboxContract.text(process.stdout()) + SandboxContract.text(process.stderr());
    ExitStatus status = process.onExit().get(100, TimeUnit.SECONDS);
    return text.isEmpty() ? status.toString() : text.strip();
  }

  @Test
  void pathsAreLambdas() throws Exception {
    assertThat(output("pwd; echo $LAMBDA_TASK_ROOT; ls; python3 -S handler.py"))
        .isEqualTo("/var/task\n/var/task\nhandler.py\nhandled");
  }

  @Test
  void codeAndLayersCannotBeWritten() throws Exception {
    assertThat(output("echo x > /var/task/handler.py; echo x > /var/task/new; echo x > /opt/new"))
        .contains("/var/task/handler.py: Read-only file system")
        .contains("/var/task/new: Read-only file system")
        .contains("/opt/new: Read-only file system");
    assertThat(task.resolve("handler.py")).hasContent("print('handled')");
  }

  @Test
  void nothingElseCanBeWrittenEither() throws Exception {
    assertThat(output("for f in / /usr /etc; do touch $f/new; done; echo done"))
        .contains("'//new'", "'/usr/new'", "'/etc/new'")
        .endsWith("done");
    assertThat(output("cat /proc/sys/kernel/panic > /proc/sys/kernel/panic")).contains("panic:");
  }

  @Test
  void strangersHomesAndProjectsAreNotThere() throws Exception {
    Files.writeString(task.resolve("mine.hearth"), "secret of the project");

    assertThat(
            output(
                "cat "
                    + folder.resolve("stranger")
                    + "; ls -A "
                    + System.getProperty("user.home")
                    + "; cat /var/task/mine.hearth 2>/dev/null | wc -c;"
                    + " cat /etc/shadow 2>/dev/null | wc -c"))
        .contains("No such file or directory")
        .doesNotContain("of somebody else")
        .endsWith("0\n0");
  }

  @Test
  void whatTheInterpreterNeedsIsReadable() throws Exception {
    Path extra = Files.createDirectories(folder.resolve("tools/lib"));
    Files.writeString(extra.resolve("module"), "useful");

    assertThat(
            output(
                isolation(NetworkSpace.OPEN, extra),
                "cat " + extra + "/module; echo; echo x > " + extra + "/module"))
        .startsWith("useful\n")
        .contains("Read-only file system");
  }

  @Test
  void tmpEndsWhereItIsConfiguredToEndAndIsSharedByTheEnvironment() throws Exception {
    assumeTrue(!sandbox.notLimited().contains("size of /tmp"), sandbox.notLimited());
    Isolation small = new Isolation(task, null, tmp, 6 * MEBI, List.of(), NetworkSpace.OPEN);

    assertThat(output(small, "ls -A /tmp; head -c 20000000 /dev/zero > /tmp/large"))
        .isEqualTo("head: error writing 'standard output': No space left on device");
    // Another process of the same environment.
    long held = Long.parseLong(output(small, "stat -c %s /tmp/large; rm /tmp/large"));
    assertThat(held).isBetween(6 * MEBI - 4096, 11 * MEBI);
    assertThat(output(small, "echo again > /tmp/other; cat /tmp/other")).isEqualTo("again");
    assertThat(tmp).isEmptyDirectory();
    sandbox.disownScratch(tmp);
    // The next environment begins with nothing, as a folder of its own would.
    assertThat(output(small, "ls -A /tmp; echo none")).isEqualTo("none");
  }

  @Test
  void aLinkOutOfTmpLeadsNowhere() throws Exception {
    assertThat(output("ln -s " + folder + "/stranger /tmp/out; cat /tmp/out; echo y > /tmp/out"))
        .contains("/tmp/out: No such file or directory");
    assertThat(folder.resolve("stranger")).hasContent("of somebody else");
  }

  @Test
  void onlyItsOwnProcessesAreThere() throws Exception {
    String pids = output("ls /proc | grep -c '^[0-9]'; kill -0 " + ProcessHandle.current().pid());

    assertThat(Integer.parseInt(pids.lines().findFirst().orElseThrow())).isLessThan(8);
    assertThat(pids).containsIgnoringCase("no such process");
  }

  @Test
  void itHasNoRightsToGetOut() throws Exception {
    assertThat(output("mount -t tmpfs none /tmp; echo $?; grep NoNewPrivs /proc/self/status"))
        .doesNotStartWith("0")
        .contains("NoNewPrivs:\t1");
  }

  @Test
  void theExitIsTheOneInside() throws Exception {
    assertThat(start(isolation(NetworkSpace.OPEN), "exit 7").onExit().get(100, TimeUnit.SECONDS))
        .isEqualTo(new ExitStatus.Exited(7));
    assertThat(
            start(isolation(NetworkSpace.OPEN), "kill -SEGV $$")
                .onExit()
                .get(100, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            ExitStatus.Signaled.class, status -> assertThat(status.signal()).isEqualTo(11));
  }

  @Test
  void terminatingReachesTheProgramInside() throws Exception {
    SandboxedProcess process =
        start(
            isolation(NetworkSpace.OPEN),
            "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.01; done");
    var lines = SandboxContract.lines(process.stdout());
    lines.readLine();

    process.terminate();

    assertThat(lines.readLine()).isEqualTo("bye");
    assertThat(process.onExit().get(100, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(3));
  }

  @Test
  void aDaemonThatLeftEverythingDiesWithItsEnvironment() throws Exception {
    SandboxedProcess process =
        start(
            isolation(NetworkSpace.OPEN),
            "(setsid env -i /bin/sh -c 'while :; do date +%N > /tmp/tick; done' &) ;"
                + " until [ -s /tmp/tick ]; do sleep 0.01; done; echo ready; exec sleep 1000");
    SandboxContract.lines(process.stdout()).readLine();

    process.kill();
    process.onExit().get(100, TimeUnit.SECONDS);

    Waiting.until("it no longer ticks", this::quiet);
  }

  private boolean quiet() {
    try {
      String before = output("cat /tmp/tick");
      output("sleep 0.05");
      return output("cat /tmp/tick").equals(before);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
