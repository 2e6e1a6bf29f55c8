package dev.hearth.app.service;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.runtime.http.JsonString;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes calls as a trace in Chrome's JSON format, which Perfetto opens, too: a process per
 * function, threads for each of its environments, an event per span, times in microseconds. Viewers
 * draw the events of one thread nested, so spans that overlap without being nested (parallel calls
 * of a handler, a call that waits while another runs) stand on further threads.
 */
final class TraceFile {
  private final Writer out;
  private final long origin;
  private String separator = "";
  private int threads;

  private TraceFile(Writer out, long origin) {
    this.out = out;
    this.origin = origin;
  }

  private record Slice(TraceSpan span, InvocationRecord record) {}

  /** A thread of the trace: the ends of the slices that are open at the moment. */
  private record Track(int thread, Deque<Long> open) {
    boolean takes(TraceSpan span) {
      while (!open.isEmpty() && open.peek() <= span.startAt()) {
        open.pop();
      }
      if (!open.isEmpty() && open.peek() < span.endAt()) {
        return false;
      }
      open.push(span.endAt());
      return true;
    }
  }

  static Path write(List<InvocationDetail> details, Path file) throws IOException {
    Map<String, Map<String, List<Slice>>> functions = new LinkedHashMap<>();
    long origin = Long.MAX_VALUE;
    for (InvocationDetail detail : details) {
      InvocationRecord record = detail.record();
      for (TraceSpan span : detail.waterfall()) {
        if (span.kind() != TraceSpan.Kind.SERVICE) {
          origin = Math.min(origin, span.startAt());
          functions
              .computeIfAbsent(record.functionName(), name -> new LinkedHashMap<>())
              .computeIfAbsent(String.valueOf(record.environmentId()), id -> new ArrayList<>())
              .add(new Slice(span, record));
        }
      }
    }
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n");
      TraceFile trace = new TraceFile(out, origin);
      int process = 0;
      for (Map.Entry<String, Map<String, List<Slice>>> function : functions.entrySet()) {
        trace.function(++process, function.getKey(), function.getValue());
      }
      out.write("\n]}\n");
    }
    return file;
  }

  private void function(int process, String name, Map<String, List<Slice>> environments)
      throws IOException {
    event(
        "{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":%d,\"args\":{\"name\":%s}}"
            .formatted(process, JsonString.quoted(name)));
    for (Map.Entry<String, List<Slice>> environment : environments.entrySet()) {
      List<Slice> slices = environment.getValue();
      slices.sort(
          Comparator.comparingLong((Slice slice) -> slice.span().startAt())
              .thenComparing(slice -> slice.span().endAt(), Comparator.reverseOrder()));
      List<Track> tracks = new ArrayList<>();
      for (Slice slice : slices) {
        slice(process, track(process, environment.getKey(), tracks, slice.span()), slice);
      }
    }
  }

  private int track(int process, String environment, List<Track> tracks, TraceSpan span)
      throws IOException {
    for (Track track : tracks) {
      if (track.takes(span)) {
        return track.thread();
      }
    }
    Track added = new Track(++threads, new ArrayDeque<>());
    added.takes(span);
    tracks.add(added);
    String name = tracks.size() == 1 ? environment : environment + " (parallel)";
    event(
        "{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":%d,\"tid\":%d,\"args\":{\"name\":%s}}"
            .formatted(process, added.thread(), JsonString.quoted(name)));
    return added.thread();
  }

  private void slice(int process, int thread, Slice slice) throws IOException {
    TraceSpan span = slice.span();
    event(
        String.format(
            Locale.ROOT,
            "{\"ph\":\"X\",\"name\":%s,\"cat\":\"%s\",\"pid\":%d,\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f,"
                + "\"args\":{\"requestId\":%s,\"detail\":%s,\"status\":\"%s\"}}",
            JsonString.quoted(span.name()),
            span.kind().name().toLowerCase(Locale.ROOT),
            process,
            thread,
            (span.startAt() - origin) / 1e3,
            Math.max(0, span.endAt() - span.startAt()) / 1e3,
            JsonString.quoted(slice.record().requestId()),
            JsonString.quoted(span.detail()),
            HistoryQuery.statusWord(slice.record().status())));
  }

  private void event(String json) throws IOException {
    out.write(separator);
    out.write(json);
    separator = ",\n";
  }
}
