package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Linux: processes through {@code posix_spawn}, measured from /proc. */
final class NativeLauncher implements Launcher {
  private static final int RLIMIT_NOFILE = 7;

  /** Lambda's (limits-and-pricing.md section 1). */
  static final int MOST_DESCRIPTORS = 1024;

  private final Reaper reaper = new Reaper();
  private final Sweeper sweeper;
  private final ExecutorService waiting =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("sandbox-wait-", 0).factory());

  /**
   * @throws java.util.NoSuchElementException when the C library lacks a function that is needed
   */
  NativeLauncher(Sweeper sweeper) {
    this.sweeper = sweeper;
    PosixSpawn.prepare();
  }

  /**
   * Makes both call shapes of the C library and looks all functions up.
   *
   * @throws java.util.NoSuchElementException when the C library lacks a function that is needed
   */
  static void warmUp() {
    PosixSpawn.prepare();
    Libc.close(Libc.open("/dev/null", Libc.O_RDONLY));
  }

  @Override
  public Launched launch(
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Enclosure enclosure,
      Listener listener)
      throws IOException {
    List<String> variables = new ArrayList<>(environment.size());
    enclosure.environment(environment).forEach((name, value) -> variables.add(name + '=' + value));
    int[] out = pipe();
    PipeInputStream stdout = reading(out);
    PipeInputStream stderr = null;
    int pid;
    try {
      int[] err = pipe();
      try {
        stderr = reading(err);
        var streams = new PosixSpawn.Streams(PosixSpawn.Streams.NULL, out[1], err[1]);
        pid = start(command, variables, directory, streams, enclosure);
      } finally {
        Libc.close(err[1]);
      }
    } catch (IOException e) {
      stdout.close();
      if (stderr != null) {
        stderr.close();
      }
      throw e;
    } finally {
      Libc.close(out[1]);
    }
    var process =
        new NativeProcess(
            new NativeProcess.Leader(pid, System.nanoTime()),
            new NativeProcess.Output(stdout, stderr),
            new GroupMeter(pid, sweeper::sessionOf, enclosure.group()),
            enclosure,
            listener);
    Libc.limit(pid, RLIMIT_NOFILE, MOST_DESCRIPTORS);
    listener.started(process);
    reaper.watch(pid, process);
    return process;
  }

  private static int start(
      List<String> command,
      List<String> variables,
      Path directory,
      PosixSpawn.Streams streams,
      Enclosure enclosure)
      throws IOException {
    List<String> whole = enclosure.command(command, directory);
    if (whole != command) {
      Executables.checkProgram(command.getFirst(), directory);
    }
    Path from = enclosure.directory(directory);
    return enclosure.start(() -> PosixSpawn.start(whole, variables, from, streams));
  }

  private PipeInputStream reading(int[] pipe) throws IOException {
    try {
      return new PipeInputStream(pipe[0], waiting);
    } catch (IOException e) {
      Libc.close(pipe[1]);
      throw e;
    }
  }

  private static int[] pipe() throws IOException {
    int[] ends = new int[2];
    int result = Libc.pipe(ends);
    if (result < 0) {
      throw new IOException("No pipe for a process: " + Errno.text(-result));
    }
    return ends;
  }

  @Override
  public OutputStream startHelper(List<String> command) throws IOException {
    int[] in = pipe();
    try {
      var streams = new PosixSpawn.Streams(in[0], PosixSpawn.Streams.NULL, PosixSpawn.Streams.NULL);
      int pid = PosixSpawn.start(command, List.of("PATH=/usr/bin:/bin"), Path.of("/"), streams);
      reaper.watch(pid, new Helper());
    } catch (IOException e) {
      Libc.close(in[1]);
      throw e;
    } finally {
      Libc.close(in[0]);
    }
    Libc.dontBlock(in[1]);
    return new PipeOutputStream(in[1]);
  }

  /** Nobody waits for its end; only its remains are collected. */
  private static final class Helper implements Reaper.Child {
    @Override
    public void ended() {}

    @Override
    public void reaped(ExitStatus status, long cpuNanos) {}
  }

  @Override
  public void close() {
    reaper.close();
    waiting.shutdown();
  }
}
