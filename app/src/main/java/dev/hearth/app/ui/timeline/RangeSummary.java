package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.state.TimelineModel;
import java.util.stream.LongStream;

/**
 * The figures of a stretch of time: the calls that started in it.
 *
 * @param p50Nanos percentiles of the duration by nearest rank; -1 when nothing was measured
 * @param peakBytes the highest memory; -1 when none was measured
 */
record RangeSummary(
    long calls,
    long cold,
    long errors,
    long p50Nanos,
    long p90Nanos,
    long p99Nanos,
    long peakBytes,
    long costPicoUsd) {
  /** What the history says. */
  static RangeSummary of(GroupSummary stored) {
    return new RangeSummary(
        stored.calls(),
        stored.cold(),
        stored.errors(),
        stored.p50Nanos(),
        stored.p90Nanos(),
        stored.p99Nanos(),
        stored.peakMemoryBytes(),
        stored.costPicoUsd());
  }

  /** What the window knows. */
  static RangeSummary of(TimelineModel model, InvocationFeed feed, long from, long to) {
    int calls = 0;
    int cold = 0;
    int errors = 0;
    long cost = 0;
    long peak = -1;
    LongStream.Builder durations = LongStream.builder();
    for (TimelineLane lane : model.lanes()) {
      SpanSeries spans = lane.spans();
      int end = spans.endOfStartingBefore(to);
      for (int i = spans.firstEndingAfter(from); i < end; i++) {
        String request = spans.request(i);
        InvocationRecord record = request == null ? null : feed.find(request);
        if (record == null || spans.start(i) < from) {
          continue;
        }
        calls++;
        cold += record.coldStart() ? 1 : 0;
        errors += record.status().failed() ? 1 : 0;
        cost += record.costPicoUsd();
        peak = Math.max(peak, record.peakMemoryBytes());
        if (record.durationNanos() >= 0) {
          durations.add(record.durationNanos());
        }
      }
    }
    long[] sorted = durations.build().sorted().toArray();
    return new RangeSummary(
        calls,
        cold,
        errors,
        percentile(sorted, 0.5),
        percentile(sorted, 0.9),
        percentile(sorted, 0.99),
        peak,
        cost);
  }

  private static long percentile(long[] sorted, double fraction) {
    return sorted.length == 0
        ? -1
        : sorted[Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1)];
  }
}
