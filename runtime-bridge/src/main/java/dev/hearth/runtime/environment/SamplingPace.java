package dev.hearth.runtime.environment;

/**
 * How often the memory of what runs is looked at. Each look costs some microseconds, and most calls
 * that take long hold the same memory all the while: then a curve of fewer points is the same
 * curve. Where nobody but us stops a process at its limit, the looks come as close as the room that
 * is left could be filled.
 *
 * <p>Looks are due at multiples of their pause on one clock, so that one waking of the monitor
 * serves all environments.
 */
final class SamplingPace {
  /** The pause while memory stays as it is. */
  static final long CALM_NANOS = 4 * EnvironmentMonitor.TICK_NANOS;

  /** The least pause, while memory grows towards a limit that is ours. */
  static final long CLOSE_NANOS = EnvironmentMonitor.TICK_NANOS / 5;

  /** Looks at the same memory after which it counts as staying. */
  static final int CALM_AFTER = 10;

  /** The room of a process whose limit somebody else enforces. */
  static final long NO_LIMIT = Long.MAX_VALUE;

  private static final long STEADY_BYTES = 128 << 10;

  /** Faster than processes fill fresh memory, bytes in a nanosecond. */
  private static final long FILLED_IN_A_NANO = 4;

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
    return now - dueAt >= 0;
  }

  /** When to look again, if {@link #due} was false. */
  long dueAt() {
    return dueAt;
  }

  /**
   * Takes note of a look.
   *
   * @param room bytes to the limit, if it is ours to enforce; otherwise {@link #NO_LIMIT}
   * @return when to look again
   */
  long looked(long now, long bytes, long room) {
    if (Math.abs(bytes - steady) > STEADY_BYTES) {
      steady = bytes;
      same = 0;
    } else {
      same++;
    }
    boolean calm = same >= CALM_AFTER;
    long longest = calm ? CALM_NANOS : EnvironmentMonitor.TICK_NANOS;
    long least = calm ? EnvironmentMonitor.TICK_NANOS : CLOSE_NANOS;
    long pause = Math.clamp(room / FILLED_IN_A_NANO, least, longest);
    dueAt = pause < longest ? now + pause : (Math.floorDiv(now, pause) + 1) * pause;
    return dueAt;
  }
}
