package dev.hearth.app.service;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.query.HistoryQuery;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

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
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("[^,\"\\r\\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /** A trace for Perfetto and Chrome's own viewer, with what each call's time was made of. */
  public static Path trace(List<InvocationDetail> details, Path file) throws IOException {
    return TraceFile.write(details, file);
  }
}
