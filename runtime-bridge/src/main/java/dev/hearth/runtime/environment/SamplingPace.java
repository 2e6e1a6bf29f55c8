package dev.hearth.runtime.environment;

/**
 * How often the memory of what runs is looked at. Each look costs some microseconds, and most calls
 * that take long hold the same memory all the while: then a curve of fewer points is the same
 * curve. Where nobody but us stops a process at its limit, no look is left out.
 */
final class SamplingPace {
  /** The pause while memory stays as it is. */
  static final long CALM_NANOS = 4 * EnvironmentMonitor.TICK_NANOS;

  /** Looks at the same memory after which it counts as staying. */
  static final int CALM_AFTER = 10;

  private static final long STEADY_BYTES = 128 << 10;

  private long call;
  private long dueAt;
  private long steady;
  private int same;

  /**
   * Whether to look now.
   *
   * @param startedNanos of the running call; another one begins anew
   */
  boolean due(long now, long startedNanos) {
    if (call != startedNanos) {
      call = startedNanos;
      same = 0;
      return true;
    }
    return same < CALM_AFTER || now - dueAt >= 0;
  }

  /** When to look again, if {@link #due} was false. */
  long dueAt() {
    return dueAt;
  }

  /**
   * Takes note of a look.
   *
   * @param limitIsOurs whether nobody else enforces the limit
   * @return when to look again
   */
  long looked(long now, long bytes, boolean limitIsOurs) {
    if (limitIsOurs || Math.abs(bytes - steady) > STEADY_BYTES) {
      steady = bytes;
      same = 0;
    } else {
      same++;
    }
    dueAt = now + (same < CALM_AFTER ? EnvironmentMonitor.TICK_NANOS : CALM_NANOS);
    return dueAt;
  }
}
