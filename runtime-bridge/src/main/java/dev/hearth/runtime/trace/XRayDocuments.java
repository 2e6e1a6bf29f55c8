package dev.hearth.runtime.trace;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads what X-Ray SDKs send to their daemon (lifecycle.md section 7): one datagram with a header
 * line and one segment document. Segments in progress are left out: the complete document follows.
 */
final class XRayDocuments {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal LAST = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000_000L);
  private static final int DEEPEST = 32;

  private XRayDocuments() {}

  /**
   * The spans of one datagram, parents before children; empty when there is none in it.
   *
   * @throws IllegalArgumentException when it is no segment document
   */
  static List<ReportedSpan> read(byte[] datagram, int length) {
    int start = 0;
    while (start < length && datagram[start] != '\n') {
      start++;
    }
    if (start == length) {
      throw new IllegalArgumentException("The header line is missing");
    }
    try {
      if (!"json".equals(TraceJson.text(TraceJson.read(datagram, 0, start), "format"))) {
        throw new IllegalArgumentException("The format is not json");
      }
      JsonNode document = TraceJson.read(datagram, start + 1, length - start - 1);
      List<ReportedSpan> spans = new ArrayList<>();
      add(spans, document, traceId(document), TraceJson.text(document, "parent_id"), 0);
      return spans;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** {@code 1-5bef4de7-ad49b0e87f6ef6c87fc2e700} without version and dashes. */
  private static String traceId(JsonNode document) {
    return TraceHeader.traceId(TraceJson.textOr(document, "trace_id", ""));
  }

  private static void add(
      List<ReportedSpan> spans,
      JsonNode node,
      String traceId,
      @Nullable String parentId,
      int depth) {
    String id = TraceJson.textOr(node, "id", "");
    Long start = nanos(node.get("start_time"));
    Long end = nanos(node.get("end_time"));
    if (id.isEmpty() || depth > DEEPEST) {
      return;
    }
    if (start != null && end != null) {
      spans.add(
          new ReportedSpan(
              traceId,
              id.toLowerCase(Locale.ROOT),
              parentId == null ? null : parentId.toLowerCase(Locale.ROOT),
              TraceJson.textOr(node, "name", ""),
              detail(node),
              TraceJson.text(node, "namespace") != null,
              error(node),
              start,
              end));
    }
    JsonNode children = node.get("subsegments");
    if (children != null && children.isArray()) {
      children.forEach(child -> add(spans, child, traceId, id, depth + 1));
    }
  }

  private static @Nullable Long nanos(@Nullable JsonNode seconds) {
    if (seconds == null || !seconds.isNumber()) {
      return null;
    }
    BigDecimal value = seconds.decimalValue();
    boolean fits = value.signum() >= 0 && value.compareTo(LAST) < 0 && value.scale() < 100;
    return fits ? value.multiply(NANOS).longValue() : null;
  }

  private static String detail(JsonNode node) {
    JsonNode http = node.path("http");
    JsonNode request = http.path("request");
    JsonNode aws = node.path("aws");
    JsonNode sql = node.path("sql");
    String what = TraceJson.text(aws, "operation");
    String where = TraceJson.text(aws, "table_name");
    if (where == null) {
      where = TraceJson.text(aws, "bucket_name");
    }
    if (where == null) {
      where = TraceJson.text(aws, "queue_url");
    }
    if (what == null) {
      what = TraceJson.text(request, "method");
      where = TraceJson.text(request, "url");
    }
    if (what == null && where == null) {
      where = TraceJson.text(sql, "sanitized_query");
      where = where == null ? TraceJson.text(sql, "url") : where;
    }
    return ReportedSpan.call(what, where, TraceJson.text(http.path("response"), "status"));
  }

  private static @Nullable String error(JsonNode node) {
    boolean failed =
        TraceJson.isTrue(node, "fault")
            || TraceJson.isTrue(node, "error")
            || TraceJson.isTrue(node, "throttle");
    if (!failed) {
      return null;
    }
    JsonNode first = node.path("cause").path("exceptions").path(0);
    String type = TraceJson.textOr(first, "type", "");
    String message = TraceJson.textOr(first, "message", "");
    if (type.isEmpty() && message.isEmpty()) {
      return TraceJson.isTrue(node, "throttle") ? "throttled" : "";
    }
    return type.isEmpty() || message.isEmpty() ? type + message : type + ": " + message;
  }
}
