package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.Measurements;
import dev.hearth.runtime.sandbox.SandboxedProcess;

/**
 * Measures what one call costs: CPU time and the highest resident memory. Reading and resetting the
 * kernel's peak counter costs more than a short call takes, so a call too short to have touched
 * much memory is judged by its resident memory before and after.
 */
final class Meter {
  /** In this time no program can touch more than about a megabyte. */
  private static final long SHORT_NANOS = 150_000;

  private static final long NOTICEABLE_BYTES = 256 << 10;
  private static final long SAMPLE_INTERVAL_NANOS = 1_000_000_000L;

  private final ProcessGroup processes;
  private final EnvironmentLog log;
  private long cpuAtStart;
  private long residentBefore = SandboxedProcess.UNMEASURED;
  private volatile long highestSample = SandboxedProcess.UNMEASURED;
  private long lastPublished;
  private long lastPublishedNanos;

  /**
   * What a call used.
   *
   * @param peakBytes highest resident memory
   * @param cpuNanos CPU time
   */
  record Reading(long peakBytes, long cpuNanos) {
    static final Reading NONE = new Reading(Measurements.UNMEASURED, Measurements.UNMEASURED);
  }

  Meter(ProcessGroup processes, EnvironmentLog log) {
    this.processes = processes;
    this.log = log;
  }

  /** Init is over: what it took at most is not held against the calls. */
  void initDone() {
    highestSample = SandboxedProcess.UNMEASURED;
    residentBefore = resident();
    processes.each(SandboxedProcess::resetPeak);
    processes.each(SandboxedProcess::initDone);
  }

  /** Whether somebody has to compare the samples with the limit; otherwise the kernel does. */
  boolean limitIsOurs() {
    return processes.limitIsOurs();
  }

  void begin() {
    highestSample = SandboxedProcess.UNMEASURED;
    cpuAtStart = processes.cpuNanos();
  }

  /** A sample of the running call or init; the caller compares it with the limit. */
  long sample(long nanos) {
    long bytes = resident();
    if (bytes >= 0) {
      highestSample = Math.max(highestSample, bytes);
      publish(nanos, bytes);
    }
    return bytes;
  }

  /** The call has answered. */
  Reading end(long durationNanos) {
    long cpu = processes.cpuNanos();
    long cpuUsed = cpu < 0 || cpuAtStart < 0 ? Measurements.UNMEASURED : cpu - cpuAtStart;
    long now = resident();
    long peak = Math.max(residentBefore, now);
    if (durationNanos >= SHORT_NANOS || peak < 0) {
      peak = highest(now);
      processes.each(SandboxedProcess::resetPeak);
    }
    if (now >= 0) {
      residentBefore = now;
      publishIfNew(System.nanoTime(), now);
    }
    return new Reading(peak, cpuUsed);
  }

  /** The process has ended: what is still known of it. */
  Reading last() {
    long cpu = processes.cpuNanos();
    return new Reading(
        highest(resident()),
        cpu < 0 || cpuAtStart < 0 ? Measurements.UNMEASURED : cpu - cpuAtStart);
  }

  /**
   * The kernel's peak; it is gone with a process that has ended, then the highest that was seen
   * counts.
   */
  private long highest(long now) {
    long seen = Math.max(residentBefore, highestSample);
    return Math.max(processes.peakBytes(), Math.max(seen, now));
  }

  /** Bytes now; none are not a measurement but a process that has ended. */
  private long resident() {
    long bytes = processes.residentBytes();
    return bytes > 0 ? bytes : SandboxedProcess.UNMEASURED;
  }

  private void publishIfNew(long nanos, long bytes) {
    if (Math.abs(bytes - lastPublished) >= NOTICEABLE_BYTES
        || nanos - lastPublishedNanos >= SAMPLE_INTERVAL_NANOS) {
      publish(nanos, bytes);
    }
  }

  private void publish(long nanos, long bytes) {
    lastPublished = bytes;
    lastPublishedNanos = nanos;
    log.memory(nanos, bytes);
  }
}
