package dev.hearth.runtime.trace;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an OpenTelemetry span that say what was called, in the semantic conventions of
 * today and of before 2023.
 */
final class SpanAttributes {
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int PRODUCER = 4;
  private static final int ERROR = 2;

  private final Map<String, String> values = new HashMap<>();

  void put(String key, String value) {
    values.put(key, value);
  }

  private @Nullable String first(String... keys) {
    for (String key : keys) {
      String value = values.get(key);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  /** What was called; empty when the span is of no call. */
  String detail() {
    String what =
        first(
            "http.request.method",
            "http.method",
            "rpc.method",
            "db.operation.name",
            "db.operation",
            "messaging.operation.name",
            "messaging.operation");
    String where =
        first(
            "url.full",
            "http.url",
            "db.collection.name",
            "aws.dynamodb.table_names",
            "db.query.text",
            "db.statement",
            "messaging.destination.name",
            "rpc.service",
            "url.path",
            "http.target",
            "server.address");
    return ReportedSpan.call(what, where, first("http.response.status_code", "http.status_code"));
  }

  /** Whether a span of this kind is a call of something else. */
  static boolean isRemote(long kind) {
    return kind == CLIENT || kind == PRODUCER;
  }

  /** The kinds by their names, as some senders write them in JSON. */
  static long kind(String text) {
    return switch (text) {
      case "SPAN_KIND_SERVER" -> SERVER;
      case "SPAN_KIND_CLIENT" -> CLIENT;
      case "SPAN_KIND_PRODUCER" -> PRODUCER;
      default -> text.matches("[0-5]") ? Long.parseLong(text) : 0;
    };
  }

  /**
   * What went wrong; null when the status is no error.
   *
   * @param exception what an exception event said; null without one
   */
  @Nullable String error(long status, String message, @Nullable String exception) {
    if (status != ERROR) {
      return null;
    }
    if (exception != null) {
      return exception;
    }
    String type = first("error.type", "exception.type");
    return message.isEmpty() && type != null ? type : message;
  }
}
