package dev.hearth.runtime.sandbox;

import java.time.Duration;

/** The CPU time that the JDK tells of one process, where the system tells nothing else. */
final class CpuMeter implements ProcessMeter {
  private final ProcessHandle process;
  private volatile long cpuNanos = SandboxedProcess.UNMEASURED;

  CpuMeter(ProcessHandle process) {
    this.process = process;
  }

  @Override
  public long residentBytes() {
    return SandboxedProcess.UNMEASURED;
  }

  @Override
  public void resetPeak() {
    // There is none.
  }

  @Override
  public long peakBytes() {
    return SandboxedProcess.UNMEASURED;
  }

  @Override
  public long cpuNanos() {
    cpuNanos = process.info().totalCpuDuration().map(Duration::toNanos).orElse(cpuNanos);
    return cpuNanos;
  }

  @Override
  public void close() {
    // The last value is kept.
  }
}
