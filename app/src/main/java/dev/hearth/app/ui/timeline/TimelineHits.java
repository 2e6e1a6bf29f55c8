package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what stands under the pointer. */
final class TimelineHits {
  /** Thin blocks are found a few pixels beside them, too. */
  private static final int REACH = 4;

  private TimelineHits() {}

  /**
   * Something on a lane.
   *
   * @param span index in the lane's spans, or in its sums when it has those; -1 for the lane itself
   * @param time at the pointer, nanoseconds since the epoch
   */
  record Hit(TimelineLane lane, int span, long time) {
    @Nullable String request() {
      return span < 0 || lane.buckets() != null ? null : lane.spans().request(span);
    }
  }

  /**
   * @param x in the plot, from its left edge
   * @param index of the lane at the pointer, which may not exist
   */
  static @Nullable Hit at(List<TimelineLane> lanes, TimeScale scale, double x, int index) {
    if (index < 0 || index >= lanes.size()) {
      return null;
    }
    TimelineLane lane = lanes.get(index);
    BucketSeries buckets = lane.buckets();
    long time = scale.time(x);
    return new Hit(
        lane, buckets == null ? nearest(lane.spans(), scale, x) : stretch(buckets, time), time);
  }

  /** The throttled call whose mark is at a pixel of the ruler; -1 for none. */
  static int throttled(SpanSeries throttles, TimeScale scale, double x) {
    return nearest(throttles, scale, x);
  }

  private static int stretch(BucketSeries buckets, long time) {
    int index = buckets.firstEndingAfter(time);
    return index < buckets.size() && buckets.start(index) <= time ? index : -1;
  }

  private static int nearest(SpanSeries spans, TimeScale scale, double x) {
    long now = TimelineViewModel.now();
    int best = -1;
    double bestDistance = REACH + 0.5;
    int end = spans.endOfStartingBefore(scale.time(x + REACH));
    for (int i = spans.firstEndingAfter(scale.time(x - REACH)); i < end; i++) {
      double left = scale.x(spans.start(i));
      double right = scale.x(spans.end(i, now));
      double distance = x < left ? left - x : Math.max(0, x - right);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = i;
      }
    }
    return best;
  }
}
