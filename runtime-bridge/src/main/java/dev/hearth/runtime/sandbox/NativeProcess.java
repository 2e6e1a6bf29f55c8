package dev.hearth.runtime.sandbox;

import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** A process group on Linux whose leader is a child of ours and leads a session of its own. */
final class NativeProcess implements Launcher.Launched, Reaper.Child {
  /** Both ends that we read. */
  record Output(PipeInputStream stdout, PipeInputStream stderr) {}

  private final int pid;
  private final long startedNanos;
  private final Output output;
  private final GroupMeter meter;
  private final Launcher.Listener listener;
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

  /** Guards every signal: once the leader is reaped its number may belong to a stranger. */
  private final Object signalling = new Object();

  private boolean gone;

  NativeProcess(
      int pid,
      long startedNanos,
      Output output,
      IntFunction<List<Integer>> session,
      Launcher.Listener listener) {
    this.pid = pid;
    this.startedNanos = startedNanos;
    this.output = output;
    this.listener = listener;
    meter = new GroupMeter(pid, session);
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public int group() {
    return pid;
  }

  @Override
  public long startedNanos() {
    return startedNanos;
  }

  @Override
  public InputStream stdout() {
    return output.stdout();
  }

  @Override
  public InputStream stderr() {
    return output.stderr();
  }

  @Override
  public CompletableFuture<ExitStatus> onExit() {
    return exit;
  }

  @Override
  public void terminate() {
    synchronized (signalling) {
      if (!gone) {
        Libc.kill(pid, Libc.SIGTERM);
        Libc.kill(-pid, Libc.SIGCONT);
      }
    }
  }

  @Override
  public void kill() {
    synchronized (signalling) {
      if (!gone) {
        // While the leader lives, those that only left the group are still among its descendants.
        List<Integer> descendants = ProcTable.descendants(pid);
        meter.peakBytes();
        Libc.kill(-pid, Libc.SIGKILL);
        descendants.forEach(descendant -> Libc.kill(descendant, Libc.SIGKILL));
      }
    }
  }

  @Override
  public void freeze() {
    signalGroup(Libc.SIGSTOP);
  }

  @Override
  public void thaw() {
    signalGroup(Libc.SIGCONT);
  }

  private void signalGroup(int signal) {
    synchronized (signalling) {
      if (!gone) {
        Libc.kill(-pid, signal);
      }
    }
  }

  @Override
  public long residentBytes() {
    return meter.residentBytes();
  }

  @Override
  public void resetPeak() {
    meter.resetPeak();
  }

  @Override
  public long peakBytes() {
    return meter.peakBytes();
  }

  @Override
  public long cpuNanos() {
    return meter.cpuNanos();
  }

  @Override
  public void ended() {
    synchronized (signalling) {
      Libc.kill(-pid, Libc.SIGKILL);
      gone = true;
    }
    meter.close();
    listener.ended(this);
    output.stdout().writersGone();
    output.stderr().writersGone();
  }

  @Override
  public void reaped(ExitStatus status, long cpuNanos) {
    meter.settle(cpuNanos);
    // Whoever waits may do anything; the reaper's thread serves all other processes.
    Thread.startVirtualThread(() -> exit.complete(status));
  }
}
