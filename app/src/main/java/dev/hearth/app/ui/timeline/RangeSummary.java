package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.state.TimelineModel;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The figures of a stretch of time: the calls that started in it.
 *
 * @param p50Nanos median duration by nearest rank; -1 when nothing was measured
 */
record RangeSummary(int calls, int cold, int errors, long p50Nanos, long costPicoUsd) {
  static RangeSummary of(TimelineModel model, InvocationFeed feed, long from, long to) {
    int calls = 0;
    int cold = 0;
    int errors = 0;
    long cost = 0;
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
        if (record.durationNanos() >= 0) {
          durations.add(record.durationNanos());
        }
      }
    }
    return new RangeSummary(calls, cold, errors, median(durations.build().toArray()), cost);
  }

  private static long median(long[] values) {
    if (values.length == 0) {
      return -1;
    }
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }
}
