package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import org.jspecify.annotations.Nullable;

/** The words of the timeline's card. */
final class TimelineCards {
  private final Texts texts = Texts.of("timeline");

  /** What is known of a block, or of the time between two; null for nothing. */
  @Nullable String of(TimelineHits.Hit hit, InvocationFeed feed) {
    BucketSeries buckets = hit.lane().buckets();
    if (hit.span() < 0) {
      return buckets == null ? idle(hit.lane(), hit.time()) : null;
    }
    if (buckets != null) {
      return of(hit.lane(), buckets, hit.span());
    }
    SpanSeries spans = hit.lane().spans();
    String request = hit.request();
    InvocationRecord record = request == null ? null : feed.find(request);
    long length = spans.end(hit.span(), TimelineViewModel.now()) - spans.start(hit.span());
    if (record == null) {
      return texts.get("card.init", hit.lane().functionName()) + "\n" + Units.duration(length);
    }
    String head =
        record.functionName() + " · " + texts.get(record.coldStart() ? "card.cold" : "card.warm");
    if (!record.status().ended()) {
      return head + "\n" + texts.get("card.running", Units.duration(length));
    }
    StringBuilder text = new StringBuilder(head).append('\n');
    text.append(
        texts.get(
            "card.ended",
            Units.duration(Math.max(0, record.durationNanos())),
            record.errorType() == null ? "ok" : record.errorType(),
            Units.billed(record.billedMillis())));
    long wait = wait(hit);
    if (wait > 0) {
      text.append('\n').append(texts.get("card.waited", Units.duration(wait)));
    }
    if (record.peakMemoryBytes() >= 0) {
      text.append('\n')
          .append(
              texts.get(
                  "card.memory",
                  Units.bytes(record.peakMemoryBytes()),
                  String.valueOf(record.memoryMb())));
    }
    return text.append(" · ").append(Units.money(record.costPicoUsd())).toString();
  }

  /** How long the call of a block was in a queue; 0 for not at all. */
  private static long wait(TimelineHits.Hit hit) {
    SpanSeries waits = hit.lane().waits();
    String request = hit.request();
    int index = request == null ? -1 : waits.indexOf(request);
    return index < 0 ? 0 : waits.end(index) - waits.start(index);
  }

  private @Nullable String idle(TimelineLane lane, long time) {
    long now = TimelineViewModel.now();
    if (time < lane.startedAt() || time > lane.endsAt(now)) {
      return null;
    }
    SpanSeries spans = lane.spans();
    int next = spans.firstEndingAfter(time);
    long from = next == 0 ? lane.startedAt() : spans.end(next - 1, now);
    long to = next == spans.size() ? lane.endsAt(now) : spans.start(next);
    SpanSeries pauses = lane.pauses();
    int pause = pauses.firstEndingAfter(time);
    boolean frozen = pause < pauses.size() && pauses.start(pause) <= time;
    String kind = lane.fromHistory() ? "card.idle" : frozen ? "card.frozen" : "card.awake";
    return texts.get(kind, lane.functionName(), Units.duration(Math.max(0, to - from)));
  }

  /** What is known of a refused call. */
  String throttled(@Nullable InvocationRecord record) {
    return record == null
        ? texts.get("card.throttled")
        : texts.get("card.throttled.of", record.functionName());
  }

  private static String duration(long nanos) {
    return nanos < 0 ? "–" : Units.duration(nanos);
  }

  /** The sums of a stretch of time. */
  private String of(TimelineLane lane, BucketSeries buckets, int index) {
    BucketSum sum = buckets.sum(index);
    return texts.get(
        "card.sums",
        lane.functionName(),
        Units.duration(buckets.nanos()),
        Units.count(sum.calls),
        Units.count(sum.cold),
        Units.count(sum.errors),
        Units.count(sum.throttled),
        sum.peakBytes == 0 ? "–" : Units.bytes(sum.peakBytes),
        Units.money(sum.costPicoUsd));
  }

  /** The figures of a dragged range. */
  String of(TimeRange range, @Nullable RangeSummary summary) {
    String length = Units.duration(range.to() - range.from());
    if (summary == null || summary.calls() == 0) {
      return texts.get("range.empty", length);
    }
    return texts.get(
        "range",
        length,
        Units.count(summary.calls()),
        Units.count(summary.cold()),
        Units.count(summary.errors()),
        duration(summary.p50Nanos()),
        duration(summary.p90Nanos()),
        duration(summary.p99Nanos()),
        summary.peakBytes() < 0 ? "–" : Units.bytes(summary.peakBytes()),
        Units.money(summary.costPicoUsd()),
        Math.round(summary.cold() * 100.0 / summary.calls()));
  }
}
