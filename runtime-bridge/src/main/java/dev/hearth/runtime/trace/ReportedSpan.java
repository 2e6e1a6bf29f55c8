package dev.hearth.runtime.trace;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A span as a sender describes it, before it is known which call it belongs to.
 *
 * @param traceId 32 hexadecimal digits, lower case; empty when the sender named none
 * @param startAt nanoseconds since the epoch, by the sender's clock
 * @param endAt nanoseconds since the epoch
 */
record ReportedSpan(
    String traceId,
    String id,
    @Nullable String parentId,
    String name,
    String detail,
    boolean isRemote,
    @Nullable String error,
    long startAt,
    long endAt) {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 500;

  /** What is shown of a text and the longest secret: all variables have 4 KB together. */
  private static final int MOST_RECEIVED = LONGEST_TEXT + 4_096;

  ReportedSpan {
    name = cut(name.isBlank() ? "unnamed" : name, MOST_RECEIVED);
    detail = cut(detail, MOST_RECEIVED);
    error = error == null ? null : cut(error, MOST_RECEIVED);
    endAt = Math.max(startAt, endAt);
  }

  /** As it is shown and kept: shortened after the secrets were taken out, not through them. */
  ReportedSpan masked(UnaryOperator<String> mask) {
    return new ReportedSpan(
        traceId,
        id,
        parentId,
        cut(mask.apply(name), LONGEST_NAME),
        cut(mask.apply(detail), LONGEST_TEXT),
        isRemote,
        error == null ? null : cut(mask.apply(error), LONGEST_TEXT),
        startAt,
        endAt);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "\u2026";
  }

  /** A call of another service, in one line: what, where, and the status of the answer. */
  static String call(@Nullable String what, @Nullable String where, @Nullable String status) {
    StringBuilder text = new StringBuilder();
    if (what != null && !what.isEmpty()) {
      text.append(what);
    }
    if (where != null && !where.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(where);
    }
    if (status != null && !status.isEmpty()) {
      text.append(text.isEmpty() ? "" : " \u00b7 ").append(status);
    }
    return text.toString();
  }
}
