package dev.hearth.runtime.trace;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ExportTraceServiceRequest} of OpenTelemetry's protocol, version 1, as a protocol
 * buffer. The field numbers are those of opentelemetry/proto/trace/v1/trace.proto.
 */
final class OtlpProto {
  private static final HexFormat HEX = HexFormat.of();

  private OtlpProto() {}

  /**
   * @throws IllegalArgumentException when it is no such message
   */
  static List<ReportedSpan> read(byte[] message) {
    List<ReportedSpan> spans = new ArrayList<>();
    each(
        new ProtoReader(message),
        1,
        resource -> each(resource, 2, scope -> each(scope, 2, span -> add(spans, span))));
    return spans;
  }

  /** Reads every message in a repeated field and skips the others. */
  private static void each(ProtoReader reader, int wanted, Consumer<ProtoReader> inner) {
    for (int field = reader.next(); field != 0; field = reader.next()) {
      if (field == wanted) {
        inner.accept(reader.message());
      } else {
        reader.skip();
      }
    }
  }

  /** The members of a span while it is read. */
  private static final class Parts {
    private String traceId = "";
    private String id = "";
    private @Nullable String parentId;
    private String name = "";
    private long kind;
    private long startAt;
    private long endAt;
    private long status;
    private String message = "";
    private @Nullable String exception;
    private final SpanAttributes attributes = new SpanAttributes();
  }

  private static void add(List<ReportedSpan> spans, ProtoReader reader) {
    Parts parts = new Parts();
    for (int field = reader.next(); field != 0; field = reader.next()) {
      member(parts, reader, field);
    }
    if (!parts.id.isEmpty() && parts.startAt > 0) {
      spans.add(
          new ReportedSpan(
              TraceHeader.traceId(parts.traceId),
              parts.id,
              parts.parentId,
              parts.name,
              parts.attributes.detail(),
              SpanAttributes.isRemote(parts.kind),
              parts.attributes.error(parts.status, parts.message, parts.exception),
              parts.startAt,
              parts.endAt));
    }
  }

  private static void member(Parts parts, ProtoReader reader, int field) {
    switch (field) {
      case 1 -> parts.traceId = HEX.formatHex(reader.bytes());
      case 2 -> parts.id = HEX.formatHex(reader.bytes());
      case 4 -> {
        String parent = HEX.formatHex(reader.bytes());
        parts.parentId = parent.isEmpty() ? null : parent;
      }
      case 5 -> parts.name = reader.text();
      case 6 -> parts.kind = reader.number();
      case 7 -> parts.startAt = reader.number();
      case 8 -> parts.endAt = reader.number();
      case 9 -> attribute(parts.attributes::put, reader.message());
      case 11 -> event(parts, reader.message());
      case 15 -> status(parts, reader.message());
      default -> reader.skip();
    }
  }

  private static void status(Parts parts, ProtoReader reader) {
    for (int field = reader.next(); field != 0; field = reader.next()) {
      switch (field) {
        case 2 -> parts.message = reader.text();
        case 3 -> parts.status = reader.number();
        default -> reader.skip();
      }
    }
  }

  private static void event(Parts parts, ProtoReader reader) {
    SpanEvent event = new SpanEvent();
    for (int field = reader.next(); field != 0; field = reader.next()) {
      switch (field) {
        case 2 -> event.name = reader.text();
        case 3 -> attribute(event::put, reader.message());
        default -> reader.skip();
      }
    }
    if (event.isException()) {
      parts.exception = event.words();
    }
  }

  private static void attribute(BiConsumer<String, String> target, ProtoReader reader) {
    String key = "";
    String value = "";
    for (int field = reader.next(); field != 0; field = reader.next()) {
      switch (field) {
        case 1 -> key = reader.text();
        case 2 -> value = value(reader.message());
        default -> reader.skip();
      }
    }
    target.accept(key, value);
  }

  /** Text, truth and numbers; of a list the first; other values are not shown. */
  private static String value(ProtoReader reader) {
    String value = "";
    for (int field = reader.next(); field != 0; field = reader.next()) {
      switch (field) {
        case 1 -> value = reader.text();
        case 2 -> value = String.valueOf(reader.number() != 0);
        case 3 -> value = String.valueOf(reader.number());
        case 4 -> value = String.valueOf(Double.longBitsToDouble(reader.number()));
        case 5 -> value = firstOf(reader.message());
        default -> reader.skip();
      }
    }
    return value;
  }

  private static String firstOf(ProtoReader list) {
    return list.next() == 1 ? scalar(list.message()) : "";
  }

  /** No list within a list: their depth must not decide how deep this calls itself. */
  private static String scalar(ProtoReader reader) {
    return reader.next() == 1 ? reader.text() : "";
  }
}
