package dev.hearth.runtime.environment;

/**
 * What a REPORT says of the cold start before its call (lifecycle.md section 5).
 *
 * @param initNanos the init that is billed with the call; negative for none
 * @param restoreNanos the restore of SnapStart, which takes the place of the init; negative for
 *     none
 */
record ColdStart(long initNanos, long restoreNanos) {
  static final ColdStart NONE = new ColdStart(-1, -1);
  private static final long MILLI = 1_000_000;

  /** Whole milliseconds. */
  long billedRestoreMillis() {
    return (restoreNanos + MILLI - 1) / MILLI;
  }
}
