package dev.hearth.runtime.sandbox;

import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A process group on Linux whose leader is a child of ours and leads a session of its own. */
final class NativeProcess implements Launcher.Launched, Reaper.Child, CpuThrottle.Throttled {
  /** Both ends that we read. */
  record Output(PipeInputStream stdout, PipeInputStream stderr) {}

  /**
   * The new process.
   *
   * @param nanos when its program was running
   */
  record Leader(int pid, long nanos) {}

  private final Leader leader;
  private final Output output;
  private final GroupMeter meter;
  private final Enclosure enclosure;
  private final Launcher.Listener listener;
  private final ShareHold share;
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

  /** Guards every signal: once the leader is reaped its number may belong to a stranger. */
  private final Object signalling = new Object();

  private boolean gone;
  private boolean frozen;
  private boolean frozenByGroup;
  private boolean killed;
  private volatile boolean outOfMemory;

  NativeProcess(
      Leader leader,
      Output output,
      GroupMeter meter,
      Enclosure enclosure,
      Launcher.Listener listener) {
    this.leader = leader;
    this.output = output;
    this.meter = meter;
    this.enclosure = enclosure;
    this.listener = listener;
    this.share = new ShareHold(enclosure, this, meter::cpuNanos);
  }

  @Override
  public long pid() {
    return leader.pid();
  }

  @Override
  public int group() {
    return leader.pid();
  }

  @Override
  public long startedNanos() {
    return leader.nanos();
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
  public boolean limitsMemory() {
    ControlGroup group = enclosure.group();
    return group != null && group.limitsMemory();
  }

  @Override
  public boolean outOfMemory() {
    return outOfMemory;
  }

  @Override
  public void initDone() {
    enclosure.initDone();
    share.begin();
  }

  @Override
  public void stop() {
    signalGroup(Libc.SIGSTOP);
  }

  @Override
  public void resume() {
    signalGroup(Libc.SIGCONT);
  }

  private void signalGroup(int signal) {
    synchronized (signalling) {
      if (!gone && !frozen) {
        Libc.kill(-leader.pid(), signal);
      }
    }
  }

  @Override
  public boolean mayHold(Socket connection) {
    ControlGroup group = enclosure.group();
    List<Integer> members = new ArrayList<>();
    if (group != null) {
      members.addAll(group.processes());
    } else {
      members.add(leader.pid());
      members.addAll(ProcTable.descendants(leader.pid()));
    }
    return SocketHolder.holds(members, connection) != SocketHolder.Answer.NOT_HELD;
  }

  @Override
  public void terminate() {
    synchronized (signalling) {
      if (!gone) {
        Libc.kill(enclosure.process(leader.pid()), Libc.SIGTERM);
        wake();
      }
    }
    share.thawed();
  }

  @Override
  public void kill() {
    synchronized (signalling) {
      if (!gone) {
        killed = true;
        // While the leader lives, those that only left the group are still among its descendants.
        List<Integer> descendants = ProcTable.descendants(leader.pid());
        meter.peakBytes();
        Libc.kill(-leader.pid(), Libc.SIGKILL);
        descendants.forEach(descendant -> Libc.kill(descendant, Libc.SIGKILL));
        ControlGroup group = enclosure.group();
        if (group != null) {
          group.kill();
        }
      }
    }
  }

  /**
   * Signals are several times faster than the kernel's freezer, but reach only those that have
   * stayed in the leader's process group.
   */
  @Override
  public void freeze() {
    share.frozen();
    synchronized (signalling) {
      if (gone) {
        return;
      }
      frozen = true;
      ControlGroup group = enclosure.group();
      frozenByGroup = group != null && hasStrays(group) && group.freeze();
      if (!frozenByGroup) {
        Libc.kill(-leader.pid(), Libc.SIGSTOP);
      }
    }
  }

  private boolean hasStrays(ControlGroup group) {
    for (int pid : group.processes()) {
      if (pid != leader.pid() && Libc.processGroup(pid) != leader.pid()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void thaw() {
    synchronized (signalling) {
      if (!gone) {
        wake();
      }
    }
    share.thawed();
  }

  private void wake() {
    frozen = false;
    ControlGroup group = enclosure.group();
    if (frozenByGroup && group != null) {
      group.thaw();
      frozenByGroup = false;
    } else {
      Libc.kill(-leader.pid(), Libc.SIGCONT);
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
      Libc.kill(-leader.pid(), Libc.SIGKILL);
      gone = true;
      @Nullable ControlGroup group = enclosure.group();
      if (group != null && !killed && group.hasKilled()) {
        outOfMemory = true;
        meter.peakBytes();
      }
    }
    share.end();
    meter.close();
    enclosure.close();
    listener.ended(this);
    output.stdout().writersGone();
    output.stderr().writersGone();
  }

  @Override
  public void reaped(ExitStatus status, long cpuNanos) {
    if (!(enclosure.status(status) instanceof ExitStatus.Signaled(int signal, boolean _)
        && signal == Libc.SIGKILL)) {
      outOfMemory = false;
    }
    meter.settle(cpuNanos);
    ExitStatus inside = enclosure.status(status);
    // Whoever waits may do anything; the reaper's thread serves all other processes.
    Thread.startVirtualThread(() -> exit.complete(inside));
  }
}
