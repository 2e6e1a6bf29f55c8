package dev.hearth.runtime.trace;

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

  ReportedSpan {
    name = cut(name.isBlank() ? "unnamed" : name, LONGEST_NAME);
    detail = cut(detail, LONGEST_TEXT);
    error = error == null ? null : cut(error, LONGEST_TEXT);
    endAt = Math.max(startAt, endAt);
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
