package dev.hearth.app.store;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.runtime.event.LogStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Half a year of a made-up project, always the same for a seed: days of single calls and bursts of
 * thousands, cold starts, errors, time-outs and throttles, about five spans to a call.
 */
public final class GeneratedHistory {
  public static final long MILLI = 1_000_000L;
  public static final long SECOND = 1_000_000_000L;

  /** 1 June 2026, 00:00 UTC. */
  public static final long START = 1_780_272_000L * SECOND;

  private static final long DAY = 86_400 * SECOND;
  private static final int DAYS = 180;
  private static final String[] FUNCTIONS = {
    "orders-api",
    "resize-image",
    "nightly-report",
    "edge-rewrite",
    "payments",
    "search",
    "mailer",
    "audit"
  };

  private final Random random;
  private final int calls;
  private int made;
  private int environments;

  public GeneratedHistory(long seed, int calls) {
    this.random = new Random(seed);
    this.calls = calls;
  }

  /** Hands over everything in the order of time, day by day, as it would be stored. */
  public void writeTo(Consumer<HistoryWrite> sink) {
    int perDay = Math.max(1, calls / DAYS);
    for (int day = 0; made < calls; day++) {
      long morning =
          START + Math.floorMod(day, DAYS) * DAY + (8 * 3600 + (long) day / DAYS * 60) * SECOND;
      int target = Math.min(calls, made + perDay);
      List<HistoryWrite> writes = new ArrayList<>();
      while (made < target) {
        boolean burst = random.nextInt(4) == 0;
        int most = burst ? 400 + random.nextInt(2_000) : 1 + random.nextInt(60);
        long start = morning + random.nextLong(10 * 3600) * SECOND;
        environment(writes::add, start, Math.min(target - made, most), burst);
      }
      writes.sort(Comparator.comparingLong(GeneratedHistory::time));
      writes.forEach(sink);
    }
  }

  private static long time(HistoryWrite write) {
    return switch (write) {
      case HistoryWrite.Ended(InvocationDetail detail) ->
          detail.record().queuedAt() + Math.max(0, detail.record().durationNanos());
      case HistoryWrite.Environment(EnvironmentRecord record) ->
          record.goneAt() == 0 ? record.startedAt() - SECOND : record.goneAt();
      default -> 0;
    };
  }

  private void environment(Consumer<HistoryWrite> sink, long start, int size, boolean burst) {
    String id = "2026/11/21/[$LATEST]%08x".formatted(environments++);
    int number = random.nextInt(FUNCTIONS.length);
    int memory = 128 << number % 4;
    long init = (150 + random.nextInt(400)) * MILLI;
    sink.accept(environment(id, number, memory, start, init, 0));
    long at = start + init;
    long used = (long) memory << 18;
    for (int i = 0; i < size; i++) {
      long took = (long) ((5 + number * 7) * MILLI * Math.exp(random.nextGaussian() * 0.6));
      int dice = random.nextInt(1_000);
      InvocationStatus status =
          dice < 12
              ? InvocationStatus.ERROR
              : dice < 14 ? InvocationStatus.TIMEOUT : InvocationStatus.OK;
      took = status == InvocationStatus.TIMEOUT ? 3_000 * MILLI : took;
      used = Math.min((long) memory << 20, used + random.nextInt(1 << 14));
      Call call = new Call(id, number, memory, at, took, i == 0 ? init : 0, status, used);
      sink.accept(new HistoryWrite.Ended(detail(call)));
      made++;
      at += took + (burst ? random.nextInt(20) : 200 + random.nextInt(20_000)) * MILLI;
    }
    if (burst && random.nextInt(3) == 0) {
      sink.accept(new HistoryWrite.Ended(throttled(number, memory, at)));
      made++;
    }
    sink.accept(environment(id, number, memory, start, init, at + 300 * SECOND));
  }

  private static HistoryWrite environment(
      String id, int function, int memory, long start, long init, long gone) {
    return new HistoryWrite.Environment(
        new EnvironmentRecord(
            id,
            FUNCTIONS[function],
            memory,
            start,
            start + init,
            gone,
            gone == 0 ? null : "idle time-out"));
  }

  private record Call(
      String environment,
      int function,
      int memory,
      long start,
      long took,
      long init,
      InvocationStatus status,
      long peak) {}

  private InvocationDetail detail(Call c) {
    @Nullable String error =
        switch (c.status) {
          case ERROR -> "KeyError";
          case TIMEOUT -> "Sandbox.Timedout";
          default -> null;
        };
    long billed = Math.ceilDiv(c.took + c.init, MILLI);
    InvocationRecord record =
        new InvocationRecord(
            new UUID(random.nextLong(), random.nextLong()).toString(),
            c.function + 1,
            FUNCTIONS[c.function],
            1 + (int) ((c.start - START) / (20 * DAY)),
            c.environment,
            c.status,
            error,
            c.init > 0,
            c.start - c.init - MILLI,
            c.start,
            c.init,
            c.took,
            billed,
            c.memory,
            c.peak,
            c.took / 3,
            200_000 + c.memory * billed * 16);
    String order = "A-" + random.nextInt(Math.max(500, calls / 10));
    String event =
        "{\"rawPath\": \"/orders/%s\", \"pathParameters\": {\"orderId\": \"%s\"}}"
            .formatted(order, order);
    String response =
        error == null
            ? "{\"statusCode\": 200, \"body\": \"{\\\"id\\\": \\\"%s\\\"}\"}".formatted(order)
            : "{\"errorType\": \"%s\", \"errorMessage\": \"'Item'\"}".formatted(error);
    return new InvocationDetail(
        record, bytes(event), bytes(response), log(record, order), spans(record), memory(record));
  }

  private static List<LogEntry> log(InvocationRecord r, String order) {
    long end = r.startedAt() + r.durationNanos();
    List<LogEntry> log = new ArrayList<>();
    log.add(
        new LogEntry(
            r.startedAt(),
            LogStream.PLATFORM,
            "START RequestId: " + r.requestId() + " Version: $LATEST"));
    log.add(new LogEntry(r.startedAt() + 2 * MILLI, LogStream.STDOUT, "loaded order " + order));
    if (r.errorType() != null) {
      log.add(new LogEntry(end, LogStream.STDERR, "[ERROR] " + r.errorType() + ": 'Item'"));
    }
    log.add(new LogEntry(end, LogStream.PLATFORM, "END RequestId: " + r.requestId()));
    log.add(
        new LogEntry(
            end,
            LogStream.PLATFORM,
            "REPORT RequestId: %s\tDuration: %.2f ms"
                .formatted(r.requestId(), r.durationNanos() / 1e6)));
    return log;
  }

  private static List<TraceSpan> spans(InvocationRecord r) {
    long end = r.startedAt() + r.durationNanos();
    long third = r.durationNanos() / 3;
    List<TraceSpan> spans = new ArrayList<>();
    spans.add(span(TraceSpan.Kind.SERVICE, "Lambda", 0, r.queuedAt(), end + MILLI));
    if (r.coldStart()) {
      spans.add(
          span(
              TraceSpan.Kind.INIT,
              "Initialization",
              0,
              r.startedAt() - r.initNanos(),
              r.startedAt()));
    }
    spans.add(span(TraceSpan.Kind.INVOKE, "Invocation", 0, r.startedAt(), end));
    spans.add(span(TraceSpan.Kind.INVOKE, "GetItem", 1, r.startedAt() + third, end - third));
    spans.add(span(TraceSpan.Kind.INVOKE, "json.dumps", 1, end - third, end));
    spans.add(span(TraceSpan.Kind.OVERHEAD, "Overhead", 0, end, end + MILLI));
    return spans;
  }

  private static TraceSpan span(TraceSpan.Kind kind, String name, int depth, long from, long to) {
    return new TraceSpan(kind, name, "", depth, from, to);
  }

  private static List<MemoryPoint> memory(InvocationRecord r) {
    long end = r.startedAt() + r.durationNanos();
    return List.of(
        new MemoryPoint(r.startedAt(), r.peakMemoryBytes() - (1 << 20)),
        new MemoryPoint(end, r.peakMemoryBytes()));
  }

  private InvocationDetail throttled(int function, int memory, long at) {
    InvocationRecord record =
        new InvocationRecord(
            new UUID(random.nextLong(), random.nextLong()).toString(),
            function + 1,
            FUNCTIONS[function],
            1,
            null,
            InvocationStatus.THROTTLED,
            "TooManyRequestsException",
            false,
            at,
            InvocationRecord.UNMEASURED,
            0,
            InvocationRecord.UNMEASURED,
            0,
            memory,
            InvocationRecord.UNMEASURED,
            InvocationRecord.UNMEASURED,
            0);
    return new InvocationDetail(
        record, bytes("{}"), bytes("Rate exceeded"), List.of(), List.of(), List.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Fills a project file that exists; returns when everything is stored. */
  public void fill(Database database) {
    List<HistoryWrite> waiting = new ArrayList<>();
    try (HistoryWriter writer =
        new HistoryWriter(
            database,
            sink -> {
              List<HistoryWrite> batch = List.copyOf(waiting);
              waiting.clear();
              batch.forEach(sink);
            },
            notice -> {
              throw new IllegalStateException(notice);
            })) {
      writeTo(
          write -> {
            waiting.add(write);
            if (waiting.size() == 20_000) {
              writer.wake();
              writer.flush();
            }
          });
      writer.wake();
      writer.flush();
    }
  }
}
