package dev.hearth.app.store;

import dev.hearth.app.project.query.GroupKey;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads how calls went over time: sums from the levels of detail, which cost the same however many
 * calls there are, percentiles from the calls' figures in memory. What the writer still holds is
 * not seen: flush it first.
 */
public final class InsightsReader {
  private final TimelineReader timeline;
  private final HistorySearch search;

  public InsightsReader(TimelineReader timeline, HistorySearch search) {
    this.timeline = timeline;
    this.search = search;
  }

  /**
   * The calls between two times, as finely as some hundred stretches show them.
   *
   * @param from nanoseconds since the epoch
   * @param to nanoseconds since the epoch
   * @param function the only one that counts; empty for all
   */
  public Insights read(long from, long to, String function) {
    TimelineOverview found = timeline.overview(from, to, Insights.MAX_STRETCHES);
    if (found.functions().isEmpty()) {
      return Insights.NONE;
    }
    long step = found.functions().getFirst().buckets().nanos();
    int count = Math.toIntExact((found.to() - found.from()) / step);
    List<BucketSum> sums = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sums.add(new BucketSum());
    }
    for (TimelineSlice.FunctionLane lane : found.functions()) {
      if (function.isEmpty() || lane.functionName().equals(function)) {
        add(sums, lane.buckets(), found.from());
      }
    }
    HistoryQuery query = HistoryQuery.between(found.from(), found.to() - 1);
    StretchDurations durations = search.durations(query, function, found.from(), step, count);
    List<Insights.Stretch> stretches = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      stretches.add(stretch(sums.get(i), durations.sorted(i)));
    }
    List<GroupSummary> functions = search.groups(query, GroupKey.FUNCTION);
    GroupSummary total =
        function.isEmpty()
            ? search.summary(query)
            : functions.stream()
                .filter(group -> group.key().equals(function))
                .findFirst()
                .orElse(Insights.NONE.total());
    return new Insights(found.from(), step, stretches, total, functions);
  }

  private static void add(List<BucketSum> sums, BucketSeries buckets, long from) {
    for (int i = 0; i < buckets.size(); i++) {
      sums.get((int) ((buckets.start(i) - from) / buckets.nanos())).add(buckets.sum(i));
    }
  }

  private static Insights.Stretch stretch(BucketSum sum, long[] sorted) {
    return new Insights.Stretch(
        sum,
        GroupSums.percentile(sorted, 0.5),
        GroupSums.percentile(sorted, 0.9),
        GroupSums.percentile(sorted, 0.99));
  }
}
