package dev.hearth.app.service;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.runtime.http.JsonString;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes invocations into files for other programs: a table, or a trace in the JSON format that
 * Perfetto and Chrome's trace viewer open.
 */
public final class HistoryFiles {
  private static final long NANOS = 1_000_000_000L;

  private HistoryFiles() {}

  /** One line per invocation, with a heading; what was not measured is empty. */
  public static Path csv(List<InvocationRecord> records, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(
          "requestId,queuedAt,function,version,environment,status,errorType,start,initMs,durationMs,billedMs,memoryMb,peakMemoryBytes,costUsd\n");
      for (InvocationRecord r : records) {
        out.write(
            String.join(
                ",",
                cell(r.requestId()),
                Instant.ofEpochSecond(r.queuedAt() / NANOS, r.queuedAt() % NANOS).toString(),
                cell(r.functionName()),
                r.sourceVersion() == 0 ? "" : String.valueOf(r.sourceVersion()),
                cell(r.environmentId() == null ? "" : r.environmentId()),
                cell(HistoryQuery.statusWord(r.status())),
                cell(r.errorType() == null ? "" : r.errorType()),
                r.coldStart() ? "cold" : "warm",
                millis(r.initNanos()),
                millis(r.durationNanos()),
                String.valueOf(r.billedMillis()),
                String.valueOf(r.memoryMb()),
                r.peakMemoryBytes() < 0 ? "" : String.valueOf(r.peakMemoryBytes()),
                BigDecimal.valueOf(r.costPicoUsd(), 12).toPlainString()));
        out.write('\n');
      }
    }
    return file;
  }

  private static String millis(long nanos) {
    return nanos < 0 ? "" : String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  /** Quoted where it must be; a text that a table would take for a formula is made a text. */
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("[^,\"\\r\\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /** A process per function, a thread per environment, an event per span; microseconds. */
  public static Path trace(List<InvocationDetail> details, Path file) throws IOException {
    long origin = details.isEmpty() ? 0 : details.getFirst().record().queuedAt();
    Map<String, Integer> functions = new LinkedHashMap<>();
    Map<String, Integer> environments = new LinkedHashMap<>();
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n");
      String separator = "";
      for (InvocationDetail detail : details) {
        InvocationRecord record = detail.record();
        int process = number(functions, record.functionName());
        int thread = number(environments, String.valueOf(record.environmentId()));
        for (TraceSpan span : detail.spans()) {
          if (span.kind() != TraceSpan.Kind.SERVICE) {
            out.write(separator);
            out.write(event(span, record, process, thread, origin));
            separator = ",\n";
          }
        }
      }
      names(out, functions, "process_name", separator);
      out.write("\n]}\n");
    }
    return file;
  }

  private static int number(Map<String, Integer> numbers, String name) {
    return numbers.computeIfAbsent(name, n -> numbers.size() + 1);
  }

  private static String event(
      TraceSpan span, InvocationRecord record, int process, int thread, long origin) {
    return String.format(
        Locale.ROOT,
        "{\"ph\":\"X\",\"name\":%s,\"cat\":\"%s\",\"pid\":%d,\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f,"
            + "\"args\":{\"requestId\":%s,\"detail\":%s,\"status\":\"%s\"}}",
        JsonString.quoted(span.name()),
        span.kind().name().toLowerCase(Locale.ROOT),
        process,
        thread,
        (span.startAt() - origin) / 1e3,
        Math.max(0, span.endAt() - span.startAt()) / 1e3,
        JsonString.quoted(record.requestId()),
        JsonString.quoted(span.detail()),
        HistoryQuery.statusWord(record.status()));
  }

  private static void names(
      Writer out, Map<String, Integer> names, String kind, String firstSeparator)
      throws IOException {
    String separator = firstSeparator;
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      out.write(separator);
      out.write(
          "{\"ph\":\"M\",\"name\":\"%s\",\"pid\":%d,\"args\":{\"name\":%s}}"
              .formatted(kind, name.getValue(), JsonString.quoted(name.getKey())));
      separator = ",\n";
    }
  }
}
