package dev.hearth.runtime.sandbox;

/**
 * How much CPU a function gets: in proportion to its memory, 1,769 MB being one whole processor
 * (lifecycle.md section 6), and never more than this machine has.
 *
 * @param processors of this machine
 */
record CpuShare(int processors) {
  /** Lambda gives no function more than this. */
  static final int MOST_PROCESSORS = 6;

  private static final double BYTES_OF_ONE = 1769.0 * (1 << 20);

  /**
   * Lambda's init is said to get two processors whatever the memory is: the reference calls it a
   * community measurement, "unverified". Taken over, since cold starts of small functions would
   * otherwise take ten times as long here as there.
   */
  private static final int INIT_PROCESSORS = 2;

  /**
   * Long enough that the smallest function's quota stays above the kernel's least of 1 ms, and
   * short enough that no call waits for long.
   */
  private static final long PERIOD_MICROS = 20_000;

  /** Quota of CPU time in each period, microseconds. */
  record Quota(long quotaMicros, long periodMicros) {
    double processors() {
      return (double) quotaMicros / periodMicros;
    }
  }

  static CpuShare ofThisMachine() {
    return new CpuShare(Runtime.getRuntime().availableProcessors());
  }

  /** Processors that Lambda gives for this memory, 0.07 to 6. */
  static double onLambda(long memoryBytes) {
    return Math.min(MOST_PROCESSORS, memoryBytes / BYTES_OF_ONE);
  }

  /** Processors that a function of this memory gets here. */
  double of(long memoryBytes) {
    return Math.min(processors, onLambda(memoryBytes));
  }

  Quota calls(long memoryBytes) {
    return quota(of(memoryBytes));
  }

  Quota init(long memoryBytes) {
    return quota(Math.max(of(memoryBytes), Math.min(processors, INIT_PROCESSORS)));
  }

  private static Quota quota(double share) {
    return new Quota(Math.max(1_000, Math.round(share * PERIOD_MICROS)), PERIOD_MICROS);
  }

  /** What functions with much memory don't get here, or an empty text. */
  String missing() {
    return processors >= MOST_PROCESSORS
        ? ""
        : "functions of more than %,d MB get the %d processors that this machine has"
            .formatted((long) (processors * 1769), processors);
  }
}
