package dev.hearth.runtime.sandbox;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** A process of the JDK, with what this system offers beyond it. */
final class PortableProcess implements Launcher.Launched, CpuThrottle.Throttled {
  private final Process process;
  private final long startedNanos;
  private final Enclosure enclosure;
  private final GroupControl control;
  private final ShareHold share;
  private final PumpedInputStream stdout;
  private final PumpedInputStream stderr;
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

  /** Guards every signal: once the process is collected its number may belong to a stranger. */
  private final Object signalling = new Object();

  private boolean gone;
  private boolean frozen;

  PortableProcess(Process process, long startedNanos, Enclosure enclosure, GroupControl control) {
    this.process = process;
    this.startedNanos = startedNanos;
    this.enclosure = enclosure;
    this.control = control;
    this.share = new ShareHold(enclosure, this, control.meter()::cpuNanos);
    long pid = process.pid();
    stdout = new PumpedInputStream(process.getInputStream(), "sandbox-stdout-" + pid);
    stderr = new PumpedInputStream(process.getErrorStream(), "sandbox-stderr-" + pid);
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public int group() {
    return (int) process.pid();
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
    enclosure.initDone();
    share.begin();
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
        control.kill();
        process.toHandle().destroyForcibly();
      }
    }
  }

  @Override
  public void freeze() {
    share.frozen();
    synchronized (signalling) {
      if (!gone) {
        frozen = true;
        control.freeze();
      }
    }
  }

  @Override
  public void thaw() {
    synchronized (signalling) {
      if (!gone) {
        frozen = false;
        control.thaw();
      }
    }
    share.thawed();
  }

  @Override
  public void stop() {
    synchronized (signalling) {
      if (!gone && !frozen) {
        control.freeze();
      }
    }
  }

  @Override
  public void resume() {
    synchronized (signalling) {
      if (!gone && !frozen) {
        control.thaw();
      }
    }
  }

  /** Called by the launcher when the JDK has collected the process. */
  void ended(int code, Launcher.Listener listener) {
    synchronized (signalling) {
      control.ended();
      gone = true;
    }
    share.end();
    control.meter().close();
    enclosure.close();
    listener.ended(this);
    stdout.writersGone();
    stderr.writersGone();
    exit.complete(enclosure.status(control.status(code)));
  }

  @Override
  public long residentBytes() {
    return control.meter().residentBytes();
  }

  @Override
  public void resetPeak() {
    control.meter().resetPeak();
  }

  @Override
  public long peakBytes() {
    return control.meter().peakBytes();
  }

  @Override
  public long cpuNanos() {
    return control.meter().cpuNanos();
  }
}
