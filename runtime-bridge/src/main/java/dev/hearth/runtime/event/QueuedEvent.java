package dev.hearth.runtime.event;

import org.jspecify.annotations.Nullable;

/**
 * An asynchronous invocation that was accepted and has not ended (events-and-failure.md section 1).
 * Times are nanoseconds since the epoch by the virtual clock. The event's payload is kept apart.
 *
 * @param requestId the same for every attempt
 * @param functionName as it was called, without qualifier
 * @param qualifier version or alias; null when the call named none
 * @param traceId the trace header of the caller; null for none
 * @param acceptedAt from here its age counts
 * @param nextAttemptAt when it is tried next
 * @param attempts how often the function ran and failed
 * @param refusals how often in a row it was throttled or could not be run; not counted as attempts
 * @param problem why it is still here, in a few words; null before the first attempt
 */
public record QueuedEvent(
    String requestId,
    String functionName,
    @Nullable String qualifier,
    @Nullable String traceId,
    long acceptedAt,
    long nextAttemptAt,
    int attempts,
    int refusals,
    @Nullable String problem) {

  /** A call that has just been accepted and is due at once. */
  public static QueuedEvent accepted(
      String requestId,
      String functionName,
      @Nullable String qualifier,
      @Nullable String traceId,
      long now) {
    return new QueuedEvent(requestId, functionName, qualifier, traceId, now, now, 0, 0, null);
  }

  /** The name that a call of it uses. */
  public String qualifiedName() {
    return qualifier == null ? functionName : functionName + ":" + qualifier;
  }

  /** The function ran and failed. */
  public QueuedEvent failed(long next, String why) {
    return new QueuedEvent(
        requestId, functionName, qualifier, traceId, acceptedAt, next, attempts + 1, 0, why);
  }

  /** It was not let in, or could not run. */
  public QueuedEvent refused(long next, String why) {
    return new QueuedEvent(
        requestId, functionName, qualifier, traceId, acceptedAt, next, attempts, refusals + 1, why);
  }

  /** The same, due at another time. */
  public QueuedEvent at(long accepted, long next) {
    return new QueuedEvent(
        requestId, functionName, qualifier, traceId, accepted, next, attempts, refusals, problem);
  }
}
