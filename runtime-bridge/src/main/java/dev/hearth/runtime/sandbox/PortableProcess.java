package dev.hearth.runtime.sandbox;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A process of the JDK, with what this system offers beyond it. */
final class PortableProcess implements Launcher.Launched {
  private static final int SIGNALLED = 128;
  private static final int MOST_SIGNAL = 64;

  /**
   * What this system offers.
   *
   * @param grouped whether the process leads a group of its own
   */
  record Means(@Nullable Signals signals, boolean grouped) {}

  private final Process process;
  private final int pid;
  private final long startedNanos;
  private final Means means;
  private final @Nullable GroupMeter meter;
  private final PumpedInputStream stdout;
  private final PumpedInputStream stderr;
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
  private final Object signalling = new Object();
  private boolean gone;
  private volatile long cpuNanos = UNMEASURED;

  PortableProcess(Process process, long startedNanos, Means means, @Nullable GroupMeter meter) {
    this.process = process;
    this.startedNanos = startedNanos;
    this.means = means;
    this.meter = meter;
    pid = (int) process.pid();
    stdout = new PumpedInputStream(process.getInputStream(), "sandbox-stdout-" + pid);
    stderr = new PumpedInputStream(process.getErrorStream(), "sandbox-stderr-" + pid);
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
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return stderr;
  }

  @Override
  public CompletableFuture<ExitStatus> onExit() {
    return exit;
  }

  @Override
  public boolean limitsMemory() {
    return false;
  }

  @Override
  public boolean outOfMemory() {
    return false;
  }

  @Override
  public void initDone() {
    // Init had no more than the calls have.
  }

  @Override
  public void terminate() {
    // Process.destroy would close the streams, and with them the last words.
    process.toHandle().destroy();
    thaw();
  }

  @Override
  public void kill() {
    synchronized (signalling) {
      if (!gone) {
        process.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
        peakBytes();
        signalAll(Signals.KILL);
        process.toHandle().destroyForcibly();
      }
    }
  }

  @Override
  public void freeze() {
    signalUnlessGone(Signals.STOP);
  }

  @Override
  public void thaw() {
    signalUnlessGone(Signals.CONT);
  }

  private void signalUnlessGone(int signal) {
    synchronized (signalling) {
      if (!gone) {
        signalAll(signal);
      }
    }
  }

  private void signalAll(int signal) {
    Signals signals = means.signals();
    if (signals == null) {
      return;
    }
    if (means.grouped()) {
      signals.send(-pid, signal);
    } else {
      signals.send(pid, signal);
      process.toHandle().descendants().forEach(child -> signals.send((int) child.pid(), signal));
    }
  }

  /** Called by the launcher when the JDK has collected the process. */
  void ended(int code, Launcher.Listener listener) {
    synchronized (signalling) {
      if (means.grouped()) {
        signalAll(Signals.KILL);
      }
      gone = true;
    }
    if (meter != null) {
      meter.close();
    }
    listener.ended(this);
    stdout.writersGone();
    stderr.writersGone();
    exit.complete(
        means.signals() != null && code > SIGNALLED && code <= SIGNALLED + MOST_SIGNAL
            ? new ExitStatus.Signaled(code - SIGNALLED, false)
            : new ExitStatus.Exited(code));
  }

  @Override
  public long residentBytes() {
    return meter == null ? UNMEASURED : meter.residentBytes();
  }

  @Override
  public void resetPeak() {
    if (meter != null) {
      meter.resetPeak();
    }
  }

  @Override
  public long peakBytes() {
    return meter == null ? UNMEASURED : meter.peakBytes();
  }

  @Override
  public long cpuNanos() {
    if (meter != null) {
      return meter.cpuNanos();
    }
    cpuNanos = process.toHandle().info().totalCpuDuration().map(Duration::toNanos).orElse(cpuNanos);
    return cpuNanos;
  }
}
