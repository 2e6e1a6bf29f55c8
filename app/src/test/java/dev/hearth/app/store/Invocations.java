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
import java.util.List;
import java.util.UUID;

/** Invocations as they come from the runtime, for tests of the store. */
final class Invocations {
  static final String ENVIRONMENT = "2026/11/21/[$LATEST]0001";
  static final long AT = 1_790_000_000_000_000_000L;

  private Invocations() {}

  static EnvironmentRecord environment() {
    return new EnvironmentRecord(ENVIRONMENT, "hello", 128, AT - 1_000, AT, 0, null);
  }

  static InvocationDetail ended(long queuedAt) {
    return ended(queuedAt, UUID.randomUUID().toString(), "{\"n\":1}", "\"ok\"");
  }

  static InvocationDetail ended(long queuedAt, String id, String event, String response) {
    InvocationRecord record = record(queuedAt, id, InvocationStatus.OK);
    return new InvocationDetail(
        record,
        event.getBytes(StandardCharsets.UTF_8),
        response.getBytes(StandardCharsets.UTF_8),
        List.of(
            new LogEntry(queuedAt - 500, LogStream.PLATFORM, "INIT_START"),
            new LogEntry(queuedAt + 10, LogStream.PLATFORM, "START RequestId: " + id),
            new LogEntry(queuedAt + 20, LogStream.STDOUT, "caf\u00e9 \ud83d\ude00"),
            new LogEntry(queuedAt + 30, LogStream.STDERR, "")),
        List.of(
            new TraceSpan(TraceSpan.Kind.SERVICE, "Lambda", "service", 0, queuedAt, queuedAt + 90),
            new TraceSpan(
                TraceSpan.Kind.INVOKE, "Invocation", "h", 0, queuedAt + 9, queuedAt + 50)),
        List.of(
            new MemoryPoint(queuedAt - 100, 30_000_000),
            new MemoryPoint(queuedAt + 40, 29_000_000)));
  }

  static InvocationRecord record(long queuedAt, String id, InvocationStatus status) {
    boolean ended = status.ended();
    return new InvocationRecord(
        id,
        7,
        "hello",
        3,
        ENVIRONMENT,
        status,
        null,
        true,
        queuedAt,
        queuedAt + 5,
        ended ? 900 : 0,
        ended ? 500 : InvocationRecord.UNMEASURED,
        ended ? 2 : 0,
        128,
        ended ? 9_500 : InvocationRecord.UNMEASURED,
        ended ? 77 : InvocationRecord.UNMEASURED,
        ended ? 512 : 0);
  }
}
