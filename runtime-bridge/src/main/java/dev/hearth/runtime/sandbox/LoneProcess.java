package dev.hearth.runtime.sandbox;

/** A process of which nothing but what the JDK offers is known: it is ended, and not frozen. */
final class LoneProcess implements GroupControl {
  private final ProcessMeter meter;

  LoneProcess(Process process) {
    this.meter = new CpuMeter(process.toHandle());
  }

  @Override
  public void freeze() {
    // It goes on; the confinement says so.
  }

  @Override
  public void thaw() {
    // It was not frozen.
  }

  @Override
  public void kill() {
    // The JDK does, with the descendants that it sees.
  }

  @Override
  public void ended() {
    // Nobody is known to be left.
  }

  @Override
  public ExitStatus status(int code) {
    return new ExitStatus.Exited(code);
  }

  @Override
  public ProcessMeter meter() {
    return meter;
  }
}
