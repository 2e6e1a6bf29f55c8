package dev.hearth.app.testing;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.runtime.event.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One minute in the life of a made-up project, always the same: four environments, errors, a
 * time-out, throttled calls and a shutdown. For pictures and for tests of panels.
 */
public final class SyntheticHistory {
  public static final long MILLI = 1_000_000L;
  public static final long SECOND = 1_000_000_000L;

  /** 10:42:00 UTC. */
  public static final long BASE = Instant.parse("2026-07-21T10:42:00Z").getEpochSecond() * SECOND;

  private static final long MEGABYTE = 1024 * 1024;

  private final Random random = new Random(42);
  private final List<EnvironmentRecord> environments = new ArrayList<>();
  private final List<List<MemoryPoint>> curves = new ArrayList<>();
  private final List<InvocationDetail> details = new ArrayList<>();

  public SyntheticHistory() {
    environment("e-7f3a", "orders-api", 512, 1_200 * MILLI, 169 * MILLI, 13 * MILLI, 57, 0);
    environment("e-b21c", "orders-api", 512, 14_600 * MILLI, 171 * MILLI, 15 * MILLI, 57, 47_600);
    environment("e-90de", "orders-api", 512, 15_100 * MILLI, 166 * MILLI, 13 * MILLI, 58, 0);
    environment("e-11aa", "resize-image", 1024, 31_000 * MILLI, 450 * MILLI, 900 * MILLI, 27, 0);
    for (int i = 0; i < 3; i++) {
      details.add(throttled(BASE + (15_900 + i * 300) * MILLI));
    }
    details.sort(Comparator.comparingLong(detail -> detail.record().queuedAt()));
  }

  /** In order of time. */
  public List<InvocationDetail> details() {
    return details;
  }

  /** In order of time. */
  public List<InvocationRecord> records() {
    return details.stream().map(InvocationDetail::record).toList();
  }

  public List<EnvironmentRecord> environments() {
    return environments;
  }

  /** Puts all of it into the history of a session. */
  public void fill(InMemorySession session) {
    details.forEach(session.history()::add);
    for (int i = 0; i < environments.size(); i++) {
      session.history().add(environments.get(i), curves.get(i));
    }
  }

  private void environment(
      String id,
      String function,
      int memoryMb,
      long offset,
      long init,
      long duration,
      int calls,
      long goneMillis) {
    long start = BASE + offset;
    long initEnd = start + init;
    long gone = goneMillis == 0 ? 0 : BASE + goneMillis * MILLI;
    long until = gone == 0 ? BASE + 59 * SECOND : gone - 900 * MILLI;
    long gap = (until - initEnd) / calls;
    List<MemoryPoint> curve = new ArrayList<>();
    long used = memoryMb / 6 * MEGABYTE;
    curve.add(new MemoryPoint(start, used / 3));
    curve.add(new MemoryPoint(initEnd, used));
    long at = initEnd;
    for (int i = 0; i < calls && at < until; i++) {
      long took = (long) (duration * (1 + 1.5 * random.nextDouble()));
      boolean error = i == 17 || i == 40;
      boolean timeout = i == 29 && function.equals("orders-api");
      took = timeout ? 1_000 * MILLI : took;
      used += random.nextInt(3) * MEGABYTE / 2;
      InvocationStatus status =
          timeout ? InvocationStatus.TIMEOUT : error ? InvocationStatus.ERROR : InvocationStatus.OK;
      details.add(call(id, function, memoryMb, at, took, i == 0 ? init : 0, status, used));
      curve.add(new MemoryPoint(at + took, used));
      at += Math.max(took + 40 * MILLI, (long) (gap * (0.3 + 1.4 * random.nextDouble())));
    }
    environments.add(
        new EnvironmentRecord(
            id, function, memoryMb, start, initEnd, gone, gone == 0 ? null : "idle time-out"));
    curves.add(curve);
  }

  private InvocationDetail call(
      String environment,
      String function,
      int memoryMb,
      long start,
      long took,
      long init,
      InvocationStatus status,
      long peak) {
    long billed = Math.ceilDiv(took + init, MILLI);
    boolean cold = init > 0;
    @Nullable String error =
        switch (status) {
          case ERROR -> "KeyError";
          case TIMEOUT -> "Sandbox.Timedout";
          default -> null;
        };
    InvocationRecord record =
        new InvocationRecord(
            id(),
            function.equals("orders-api") ? 1 : 2,
            function,
            7,
            environment,
            status,
            error,
            cold,
            start - init - 2 * MILLI,
            start,
            init,
            took,
            billed,
            memoryMb,
            peak,
            took / 3,
            200_000 + memoryMb * billed * 16_276_074 / 1_000_000);
    return new InvocationDetail(
        record,
        bytes("{\"pathParameters\": {\"orderId\": \"A-1042\"}}"),
        bytes(response(status)),
        log(record),
        spans(record),
        curve(record));
  }

  private static String response(InvocationStatus status) {
    return switch (status) {
      case OK -> "{\"statusCode\": 200, \"body\": \"{\\\"total\\\": 84.5}\"}";
      case ERROR -> "{\"errorMessage\": \"'Item'\", \"errorType\": \"KeyError\"}";
      default -> "{\"errorType\": \"Sandbox.Timedout\", \"errorMessage\": \"Task timed out\"}";
    };
  }

  private static List<LogEntry> log(InvocationRecord r) {
    long start = r.startedAt();
    List<LogEntry> log = new ArrayList<>();
    if (r.coldStart()) {
      log.add(
          new LogEntry(
              start - r.initNanos(),
              LogStream.PLATFORM,
              "INIT_START Runtime Version: python:3.12"));
    }
    log.add(platform(start, "START RequestId: " + r.requestId() + " Version: $LATEST"));
    log.add(
        new LogEntry(
            start + 4 * MILLI, LogStream.STDOUT, "{\"order\": \"A-1042\", \"left_ms\": 2986}"));
    long end = start + r.durationNanos();
    log.add(platform(end, "END RequestId: " + r.requestId()));
    log.add(
        platform(
            end,
            "REPORT RequestId: "
                + r.requestId()
                + "\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB"
                    .formatted(r.durationNanos() / 1e6, r.billedMillis(), r.memoryMb())));
    return log;
  }

  private static LogEntry platform(long at, String text) {
    return new LogEntry(at, LogStream.PLATFORM, text);
  }

  private static List<TraceSpan> spans(InvocationRecord r) {
    long end = r.startedAt() + r.durationNanos();
    List<TraceSpan> spans = new ArrayList<>();
    spans.add(
        new TraceSpan(
            TraceSpan.Kind.SERVICE,
            "Lambda · " + r.functionName(),
            "service",
            0,
            r.queuedAt(),
            end + 2 * MILLI));
    if (r.coldStart()) {
      long init = r.startedAt() - r.initNanos();
      long boot = init + r.initNanos() / 5;
      long load = init + r.initNanos() / 2;
      spans.add(span(TraceSpan.Kind.INIT, "Initialization", "cold start", 0, init, r.startedAt()));
      spans.add(span(TraceSpan.Kind.INIT, "process start", "bwrap", 1, init, boot));
      spans.add(span(TraceSpan.Kind.INIT, "runtime boot", "python3.12", 1, boot, load));
      spans.add(
          span(TraceSpan.Kind.INIT, "import handler", "handler.handler", 1, load, r.startedAt()));
    }
    spans.add(span(TraceSpan.Kind.INVOKE, "Invocation", "handler.handler", 0, r.startedAt(), end));
    long third = r.durationNanos() / 3;
    spans.add(reported("DynamoDB", "GetItem orders \u00b7 200", 1, r.startedAt() + MILLI, third));
    spans.add(reported("price order", "", 1, r.startedAt() + MILLI + third, third));
    spans.add(
        reported(
            "api.example.com",
            "GET https://api.example.com/prices \u00b7 503",
            2,
            r.startedAt() + 2 * MILLI + third,
            third / 2));
    spans.add(
        span(
            TraceSpan.Kind.OVERHEAD,
            "Overhead",
            "after the response",
            0,
            end,
            end + 17 * MILLI / 10));
    return spans;
  }

  private static TraceSpan reported(String name, String detail, int depth, long start, long nanos) {
    boolean remote = !detail.isEmpty();
    String error = detail.endsWith("503") ? "HTTPError: Service Unavailable" : null;
    return new TraceSpan(
        remote ? TraceSpan.Kind.REMOTE : TraceSpan.Kind.SEGMENT,
        name,
        detail,
        depth,
        start,
        start + nanos,
        new TraceSpan.Reported(name, null, error));
  }

  private static TraceSpan span(
      TraceSpan.Kind kind, String name, String detail, int depth, long start, long end) {
    return new TraceSpan(kind, name, detail, depth, start, end);
  }

  private static List<MemoryPoint> curve(InvocationRecord r) {
    List<MemoryPoint> curve = new ArrayList<>();
    long from = r.startedAt() - r.initNanos();
    long to = r.startedAt() + r.durationNanos();
    int steps = 40;
    for (int i = 0; i <= steps; i++) {
      double part = r.coldStart() ? Math.sqrt((i + 4.0) / (steps + 4)) : 1 - (steps - i) / 800.0;
      curve.add(
          new MemoryPoint(from + (to - from) * i / steps, (long) (r.peakMemoryBytes() * part)));
    }
    return curve;
  }

  private InvocationDetail throttled(long at) {
    InvocationRecord record =
        new InvocationRecord(
            id(),
            1,
            "orders-api",
            7,
            null,
            InvocationStatus.THROTTLED,
            "TooManyRequestsException",
            false,
            at,
            InvocationRecord.UNMEASURED,
            0,
            InvocationRecord.UNMEASURED,
            0,
            512,
            InvocationRecord.UNMEASURED,
            InvocationRecord.UNMEASURED,
            0);
    return new InvocationDetail(
        record, bytes("{}"), bytes("Rate exceeded"), List.of(), List.of(), List.of());
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
