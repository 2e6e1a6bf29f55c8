package dev.hearth.runtime.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to a queue, topic, bus, bucket or function when an asynchronous invocation ended
 * (events-and-failure.md sections 1.1 and 1.2). The local targets keep these messages.
 *
 * @param targetArn where it was sent
 * @param kind as what
 * @param requestId of the invocation that it tells of
 * @param functionName of that invocation
 * @param deliveredAt nanoseconds since the epoch by the virtual clock
 * @param body the message
 * @param attributes message attributes; empty when there are none
 * @param problem why it did not arrive and was dropped; null when it arrived
 */
public record DeliveredRecord(
    String targetArn,
    Kind kind,
    String requestId,
    String functionName,
    long deliveredAt,
    byte[] body,
    Map<String, String> attributes,
    @Nullable String problem) {
  /** What a message is. */
  public enum Kind {
    ON_SUCCESS,
    ON_FAILURE,
    DEAD_LETTER
  }
}
