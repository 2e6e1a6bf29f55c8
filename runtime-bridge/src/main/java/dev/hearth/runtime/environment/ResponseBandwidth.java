package dev.hearth.runtime.environment;

/**
 * The pace at which Lambda passes a streamed response on: the first 6 MiB at once, then 2 MiB a
 * second (runtime-api.md section 3). Plain arithmetic on the times it is given.
 */
final class ResponseBandwidth {
  static final long BURST_BYTES = 6L << 20;
  static final long BYTES_PER_SECOND = 2L << 20;
  private static final long SECOND = 1_000_000_000L;

  private double tokens = BURST_BYTES;
  private long filledNanos;

  ResponseBandwidth(long nowNanos) {
    filledNanos = nowNanos;
  }

  /**
   * Accounts for bytes that are to be sent now.
   *
   * @return nanoseconds to wait first
   */
  long take(int bytes, long nowNanos) {
    double earned = (double) (nowNanos - filledNanos) * BYTES_PER_SECOND / SECOND;
    tokens = Math.min(BURST_BYTES, tokens + earned) - bytes;
    filledNanos = nowNanos;
    return tokens >= 0 ? 0 : (long) (-tokens * SECOND / BYTES_PER_SECOND);
  }
}
