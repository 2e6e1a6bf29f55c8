package dev.hearth.runtime.trace;

import dev.hearth.runtime.event.FunctionSpan;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what the instrumentation of handlers sends, as X-Ray datagrams or in OpenTelemetry's
 * protocol, finds the call that each span belongs to and publishes it as an event. One for all
 * environments of a local Lambda; any thread may call.
 */
public final class TraceCollector {
  /** Spans of an init, whose first call is not there yet. */
  private static final int MOST_WAITING = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(TraceCollector.class);

  private final RuntimeEventListener events;
  private final TraceBook book = new TraceBook();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private volatile boolean anyWaiting;

  private record Waiting(String environmentId, ReportedSpan span) {}

  /**
   * @param events hears of every span that belongs to a call
   */
  public TraceCollector(RuntimeEventListener events) {
    this.events = events;
  }

  /**
   * An environment serves a call from now on.
   *
   * @param traceHeader what the call was given
   * @param mask takes the function's secrets out of a text, before anybody sees or keeps it
   */
  public void begin(
      String traceHeader,
      String environmentId,
      String requestId,
      long startNanos,
      UnaryOperator<String> mask) {
    book.begin(traceHeader, environmentId, requestId, startNanos, mask);
    if (anyWaiting) {
      claim(environmentId);
    }
  }

  /** The first call of an environment takes what its init has sent. */
  private void claim(String environmentId) {
    List<ReportedSpan> claimed = new ArrayList<>();
    synchronized (waiting) {
      waiting.removeIf(one -> one.environmentId.equals(environmentId) && claimed.add(one.span));
      anyWaiting = !waiting.isEmpty();
    }
    take(claimed, environmentId);
  }

  /**
   * A datagram in the form of X-Ray's daemon.
   *
   * @param environmentId where the sender is; null when that is not known
   */
  void datagram(byte[] bytes, int length, @Nullable String environmentId) {
    try {
      take(XRayDocuments.read(bytes, length), environmentId);
    } catch (IllegalArgumentException e) {
      LOG.debug("A datagram to the X-Ray daemon was not understood", e);
    }
  }

  /**
   * An export of OpenTelemetry's protocol as a protocol buffer.
   *
   * @throws IllegalArgumentException when it is none; the message says why
   */
  public void otlpProtobuf(byte[] message, String environmentId) {
    take(OtlpProto.read(message), environmentId);
  }

  /**
   * The same as JSON.
   *
   * @throws IllegalArgumentException when it is none; the message says why
   */
  public void otlpJson(byte[] message, String environmentId) {
    take(OtlpJson.read(message), environmentId);
  }

  private void take(List<ReportedSpan> spans, @Nullable String environmentId) {
    if (spans.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    // The environment and the runtime read the same clocks, at this moment so far apart.
    long wallMinusNanos = epochNanos(Instant.now()) - now;
    Map<TraceBook.Call, List<FunctionSpan>> byCall = new LinkedHashMap<>();
    for (ReportedSpan span : spans) {
      long start = span.startAt() - wallMinusNanos;
      TraceBook.Call call = book.find(span.traceId(), environmentId, start);
      if (call != null) {
        byCall
            .computeIfAbsent(call, _ -> new ArrayList<>())
            .add(span(span.masked(call.mask), start, span.endAt() - wallMinusNanos));
      } else if (environmentId != null) {
        keepWaiting(span, environmentId);
      } else {
        LOG.debug("Span {} of trace {} belongs to no call", span.name(), span.traceId());
      }
    }
    byCall.forEach((call, found) -> publish(call, found, now));
  }

  private static FunctionSpan span(ReportedSpan span, long start, long end) {
    return new FunctionSpan(
        span.id(),
        span.parentId(),
        span.name(),
        span.detail(),
        span.isRemote(),
        span.error(),
        start,
        end);
  }

  private void keepWaiting(ReportedSpan span, String environmentId) {
    synchronized (waiting) {
      if (waiting.size() >= MOST_WAITING) {
        waiting.remove();
      }
      waiting.add(new Waiting(environmentId, span));
      anyWaiting = true;
    }
  }

  private void publish(TraceBook.Call call, List<FunctionSpan> spans, long now) {
    int kept = book.admit(call, spans.size());
    if (kept > 0) {
      events.onEvent(
          new RuntimeEvent.SpansReceived(
              now, call.environmentId, call.requestId, List.copyOf(spans.subList(0, kept))));
    }
    if (kept < spans.size() && book.becomesFull(call)) {
      events.onEvent(
          new RuntimeEvent.LogLine(
              now,
              call.environmentId,
              call.requestId,
              LogStream.PLATFORM,
              "More spans not kept (a call keeps %,d spans)".formatted(TraceBook.SPANS_OF_A_CALL)));
    }
  }

  private static long epochNanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
