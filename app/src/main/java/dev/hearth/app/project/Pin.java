package dev.hearth.app.project;

/**
 * A past invocation kept as a test: the same event is to end the same way, with the same response,
 * within a budget.
 *
 * @param status how it is to end
 * @param response what it is to answer; JSON is compared as JSON, without regard to the order of
 *     keys
 * @param mostNanos the duration it may take; 0 for any
 * @param mostMemoryBytes the memory it may use; 0 for any
 * @param mostCostPicoUsd what it may cost, in 10^-12 dollars; 0 for any
 */
@SuppressWarnings("ArrayRecordComponent") // payloads, compared by no one
public record Pin(
    String name,
    String functionName,
    InvocationStatus status,
    byte[] event,
    byte[] response,
    long mostNanos,
    long mostMemoryBytes,
    long mostCostPicoUsd) {
  private static final long MILLI = 1_000_000;
  private static final long SLACK_NANOS = 100 * MILLI;

  /**
   * An invocation as a test. It may take twice as long and 100 ms more, use a quarter more memory
   * and cost what that long a call costs; what was not measured is not limited.
   */
  public static Pin of(String name, InvocationDetail detail) {
    InvocationRecord record = detail.record();
    long most =
        record.durationNanos() < 0
            ? 0
            : Math.ceilDiv(2 * record.durationNanos() + SLACK_NANOS, MILLI) * MILLI;
    long billed = Math.max(1, record.billedMillis());
    return new Pin(
        name,
        record.functionName(),
        record.status(),
        detail.event(),
        detail.response(),
        most,
        record.peakMemoryBytes() < 0 ? 0 : record.peakMemoryBytes() / 4 * 5,
        record.costPicoUsd() * Math.max(1, Math.ceilDiv(most / MILLI, billed)));
  }
}
