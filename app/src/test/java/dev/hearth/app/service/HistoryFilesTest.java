package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.testing.SyntheticHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HistoryFilesTest {
  @TempDir Path folder;

  private final List<InvocationDetail> details = new SyntheticHistory().details();

  @Test
  void aTableHasALinePerCall() throws IOException {
    Path file =
        HistoryFiles.csv(
            details.stream().map(InvocationDetail::record).toList(), folder.resolve("t.csv"));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(details.size() + 1);
    assertThat(lines.getFirst()).startsWith("requestId,queuedAt,function");
    assertThat(lines).allMatch(line -> line.split(",", -1).length == 14);
  }

  @Test
  void quotesWhatATableWouldMisread() throws IOException {
    InvocationRecord r = details.getFirst().record();
    List<String> errors = List.of("a,b", "say \"no\"", "two\nlines", "=1+1", "\tx");
    List<InvocationRecord> records = errors.stream().map(error -> withError(r, error)).toList();
    String table = Files.readString(HistoryFiles.csv(records, folder.resolve("t.csv")));
    assertThat(table)
        .contains(",\"a,b\",", ",\"say \"\"no\"\"\",", ",\"two\nlines\",", ",'=1+1,", ",'\tx,");
  }

  private static InvocationRecord withError(InvocationRecord r, String error) {
    return new InvocationRecord(
        r.requestId(),
        r.functionId(),
        r.functionName(),
        r.sourceVersion(),
        r.environmentId(),
        r.status(),
        error,
        r.coldStart(),
        r.queuedAt(),
        r.startedAt(),
        r.initNanos(),
        r.durationNanos(),
        r.billedMillis(),
        r.memoryMb(),
        r.peakMemoryBytes(),
        r.cpuNanos(),
        r.costPicoUsd());
  }

  private JsonNode events(List<InvocationDetail> calls) throws IOException {
    Path file = HistoryFiles.trace(calls, folder.resolve("t.json"));
    return new ObjectMapper().readTree(Files.readString(file)).get("traceEvents");
  }

  /** The rules of Chrome's "Trace Event Format" for the kinds of events that are written. */
  private static void isValid(JsonNode event) {
    String kind = event.get("ph").asString();
    assertThat(kind).isIn("X", "M");
    assertThat(event.get("name").asString()).isNotEmpty();
    assertThat(event.get("pid").isInt()).isTrue();
    if (kind.equals("M")) {
      assertThat(event.get("name").asString()).isIn("process_name", "thread_name");
      assertThat(event.get("args").get("name").asString()).isNotEmpty();
      return;
    }
    assertThat(event.get("tid").isInt()).isTrue();
    assertThat(event.get("cat").asString()).isNotEmpty();
    assertThat(event.get("ts").asDouble()).isNotNegative();
    assertThat(event.get("dur").asDouble()).isNotNegative();
  }

  @Test
  void aTraceHasAnEventPerSpanInMicroseconds() throws IOException {
    JsonNode events = events(details);
    events.forEach(HistoryFilesTest::isValid);
    List<JsonNode> slices = events.valueStream().filter(e -> e.has("dur")).toList();
    assertThat(slices).anyMatch(e -> e.get("ts").asDouble() == 0);
    InvocationDetail cold = details.getFirst();
    assertThat(slices)
        .filteredOn(e -> e.get("name").asString().equals("Initialization"))
        .anyMatch(e -> e.get("dur").asDouble() == cold.record().initNanos() / 1e3);
    long spans = details.stream().mapToLong(d -> Math.max(0, d.spans().size() - 1)).sum();
    assertThat(slices).hasSize(Math.toIntExact(spans));
    List<Integer> named =
        events
            .valueStream()
            .filter(e -> e.get("name").asString().equals("thread_name"))
            .map(e -> e.get("tid").asInt())
            .toList();
    assertThat(named).doesNotHaveDuplicates();
    assertThat(slices).allMatch(e -> named.contains(e.get("tid").asInt()));
  }

  @Test
  void slicesOfAThreadAreNestedAndParallelCallsStandOnAnother() throws IOException {
    InvocationDetail plain = details.getLast();
    long at = plain.record().startedAt();
    List<TraceSpan> spans =
        List.of(
            new TraceSpan(TraceSpan.Kind.INVOKE, "Invocation", "h", 0, at, at + 100),
            remote("1", at + 10, at + 60),
            remote("2", at + 20, at + 80),
            remote("3", at + 60, at + 90));
    InvocationDetail parallel =
        new InvocationDetail(
            plain.record(), plain.event(), plain.response(), plain.log(), spans, plain.memory());
    Map<Integer, List<long[]>> threads = new TreeMap<>();
    for (JsonNode event : events(List.of(parallel))) {
      if (event.has("dur")) {
        long ts = Math.round(event.get("ts").asDouble() * 1_000);
        threads
            .computeIfAbsent(event.get("tid").asInt(), t -> new ArrayList<>())
            .add(new long[] {ts, ts + Math.round(event.get("dur").asDouble() * 1_000)});
      }
    }
    assertThat(threads).hasSize(2);
    threads.values().forEach(HistoryFilesTest::areNested);
  }

  private static TraceSpan remote(String id, long from, long to) {
    TraceSpan.Reported reported = new TraceSpan.Reported(id, null, null);
    return new TraceSpan(TraceSpan.Kind.REMOTE, "call " + id, "", 1, from, to, reported);
  }

  private static void areNested(List<long[]> slices) {
    for (long[] a : slices) {
      for (long[] b : slices) {
        boolean apart = a[1] <= b[0] || b[1] <= a[0];
        boolean nested = (a[0] <= b[0] && b[1] <= a[1]) || (b[0] <= a[0] && a[1] <= b[1]);
        assertThat(apart || nested).isTrue();
      }
    }
  }

  @Test
  void anEmptyTraceIsStillJson() throws IOException {
    Path file = HistoryFiles.trace(List.of(), folder.resolve("t.json"));
    assertThat(new ObjectMapper().readTree(Files.readString(file)).get("traceEvents")).isEmpty();
  }
}
