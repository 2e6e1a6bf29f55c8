package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks systemd, as every desktop with version 2 runs it, for a group that is ours alone. A program
 * usually shares its group with the terminal or the desktop that started it, and then may make no
 * groups below.
 */
final class DelegatedScope {
  private static final long MOST_SECONDS = 3;
  private static final long LOOK_NANOS = 2_000_000;
  private static final Path BUSCTL = Path.of("/usr/bin/busctl");

  /** Runs a command to its end. */
  interface Runner {
    /**
     * @return the exit code
     * @throws IOException when it can't be run or takes too long
     */
    int run(List<String> command) throws IOException;
  }

  private final Runner runner;
  private final Supplier<CgroupMounts> mounts;

  DelegatedScope() {
    this(DelegatedScope::runProgram, CgroupMounts::ofThisProcess);
  }

  /** With another runner and another view of where we are, for tests. */
  DelegatedScope(Runner runner, Supplier<CgroupMounts> mounts) {
    this.runner = runner;
    this.mounts = mounts;
  }

  /**
   * Has this process moved.
   *
   * @return the folder of the group it is in then
   * @throws IOException when there is no systemd or it refuses
   */
  Path enter() throws IOException {
    long pid = ProcessHandle.current().pid();
    String scope = Cgroups.PREFIX + pid + ".scope";
    int code = runner.run(command(scope, pid));
    if (code != 0) {
      throw new IOException("systemd gives no scope of our own (busctl ended with " + code + ")");
    }
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (System.nanoTime() - until < 0) {
      Path own = mounts.get().v2();
      if (own != null && own.endsWith(scope)) {
        return own;
      }
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
    throw new IOException("systemd promised the scope " + scope + " and did not move us there");
  }

  /** The user's own systemd, or the machine's when we are root. */
  static List<String> command(String scope, long pid) {
    boolean root = Files.isWritable(Path.of("/proc/sys/kernel/panic"));
    return List.of(
        BUSCTL.toString(),
        root ? "--system" : "--user",
        "--quiet",
        "call",
        "org.freedesktop.systemd1",
        "/org/freedesktop/systemd1",
        "org.freedesktop.systemd1.Manager",
        "StartTransientUnit",
        "ssa(sv)a(sa(sv))",
        scope,
        "fail",
        "2",
        "PIDs",
        "au",
        "1",
        Long.toString(pid),
        "Delegate",
        "b",
        "true",
        "0");
  }

  private static int runProgram(List<String> command) throws IOException {
    if (!Files.isExecutable(BUSCTL)) {
      throw new IOException("There is no systemd to ask for a group of our own");
    }
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("systemd did not answer");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException("Interrupted while systemd was asked", e);
    }
  }
}
