package dev.hearth.runtime.sandbox;

/** A group of processes that signals reach: every system but Windows. */
final class SignalledGroup implements GroupControl {
  private static final int SIGNALLED = 128;
  private static final int MOST_SIGNAL = 64;

  private final Process process;
  private final int pid;
  private final Signals signals;

  /**
   * Whether the process leads a group; otherwise only descendants that the JDK sees are reached.
   */
  private final boolean leads;

  private final ProcessMeter meter;

  SignalledGroup(Process process, Signals signals, boolean leads, ProcessMeter meter) {
    this.process = process;
    this.pid = (int) process.pid();
    this.signals = signals;
    this.leads = leads;
    this.meter = meter;
  }

  @Override
  public void freeze() {
    signal(Signals.STOP);
  }

  @Override
  public void thaw() {
    signal(Signals.CONT);
  }

  @Override
  public void kill() {
    signal(Signals.KILL);
  }

  @Override
  public void ended() {
    if (leads) {
      signals.send(-pid, Signals.KILL);
    }
  }

  private void signal(int signal) {
    if (leads) {
      signals.send(-pid, signal);
    } else {
      signals.send(pid, signal);
      process.toHandle().descendants().forEach(child -> signals.send((int) child.pid(), signal));
    }
  }

  /** The JDK keeps 128 plus the signal's number, so {@code exit 137} is taken for a signal. */
  @Override
  public ExitStatus status(int code) {
    return code > SIGNALLED && code <= SIGNALLED + MOST_SIGNAL
        ? new ExitStatus.Signaled(code - SIGNALLED, false)
        : new ExitStatus.Exited(code);
  }

  @Override
  public ProcessMeter meter() {
    return meter;
  }
}
