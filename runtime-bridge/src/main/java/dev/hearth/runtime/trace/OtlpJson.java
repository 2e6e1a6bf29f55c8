package dev.hearth.runtime.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads {@code ExportTraceServiceRequest} of OpenTelemetry's protocol, version 1, as JSON. */
final class OtlpJson {
  private OtlpJson() {}

  /**
   * @throws IllegalArgumentException when it is no such message
   */
  static List<ReportedSpan> read(byte[] message) {
    try {
      JsonNode root = TraceJson.read(message, 0, message.length);
      if (!root.isObject()) {
        throw new IllegalArgumentException("An object with resourceSpans is expected");
      }
      List<ReportedSpan> spans = new ArrayList<>();
      for (JsonNode resource : root.path("resourceSpans")) {
        for (JsonNode scope : resource.path("scopeSpans")) {
          scope.path("spans").forEach(span -> add(spans, span));
        }
      }
      return spans;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void add(List<ReportedSpan> spans, JsonNode node) {
    String id = TraceJson.textOr(node, "spanId", "").toLowerCase(Locale.ROOT);
    long start = nanos(node, "startTimeUnixNano");
    if (id.isEmpty() || start <= 0) {
      return;
    }
    SpanAttributes attributes = new SpanAttributes();
    attributes(attributes::put, node);
    JsonNode status = node.path("status");
    String parent = TraceJson.textOr(node, "parentSpanId", "").toLowerCase(Locale.ROOT);
    spans.add(
        new ReportedSpan(
            TraceHeader.traceId(TraceJson.textOr(node, "traceId", "")),
            id,
            parent.isEmpty() ? null : parent,
            TraceJson.textOr(node, "name", ""),
            attributes.detail(),
            SpanAttributes.isRemote(SpanAttributes.kind(TraceJson.textOr(node, "kind", "0"))),
            attributes.error(
                status(status), TraceJson.textOr(status, "message", ""), exception(node)),
            start,
            nanos(node, "endTimeUnixNano")));
  }

  private static long status(JsonNode status) {
    String code = TraceJson.textOr(status, "code", "0");
    return code.equals("2") || code.equals("STATUS_CODE_ERROR") ? 2 : 0;
  }

  /** A whole number, which JSON of protocol buffers writes as text. */
  private static long nanos(JsonNode node, String member) {
    try {
      return Long.parseLong(TraceJson.textOr(node, member, "0"));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static @Nullable String exception(JsonNode node) {
    String words = null;
    for (JsonNode one : node.path("events")) {
      SpanEvent event = new SpanEvent();
      event.name = TraceJson.textOr(one, "name", "");
      if (event.isException()) {
        attributes(event::put, one);
        words = event.words();
      }
    }
    return words;
  }

  private static void attributes(BiConsumer<String, String> target, JsonNode node) {
    for (JsonNode attribute : node.path("attributes")) {
      JsonNode value = attribute.path("value");
      if (value.has("arrayValue")) {
        value = value.path("arrayValue").path("values").path(0);
      }
      for (String type : List.of("stringValue", "intValue", "boolValue", "doubleValue")) {
        String text = TraceJson.text(value, type);
        if (text != null) {
          target.accept(TraceJson.textOr(attribute, "key", ""), text);
        }
      }
    }
  }
}
