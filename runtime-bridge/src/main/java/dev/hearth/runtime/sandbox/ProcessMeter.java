package dev.hearth.runtime.sandbox;

/**
 * Measures one process and those it started. What can't be measured is answered as {@link
 * SandboxedProcess#UNMEASURED}; see there for what each figure means. Safe for several threads.
 */
interface ProcessMeter extends AutoCloseable {
  long residentBytes();

  void resetPeak();

  long peakBytes();

  long cpuNanos();

  /** From here on the last values are answered. */
  @Override
  void close();
}
