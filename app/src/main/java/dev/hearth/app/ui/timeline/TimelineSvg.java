package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.state.SpanKind;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.TimeScale;
import dev.hearth.app.ui.kit.time.TimeTicks;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import javafx.scene.paint.Color;

/** The lanes of the timeline as a drawing that scales, with real text: for documents. */
final class TimelineSvg {
  private static final int LABELS = 190;
  private static final int RULER = 28;
  private static final int LANE = 40;
  private static final int BLOCK = 26;

  private final ThemeColors colors;
  private final StringBuilder out = new StringBuilder();

  TimelineSvg(ThemeColors colors) {
    this.colors = colors;
  }

  String draw(List<TimelineLane> lanes, TimeScale scale, int width) {
    int height = RULER + lanes.size() * LANE;
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"Inter, sans-serif\" font-size=\"11\">%n"
            .formatted(width + LABELS, height));
    rect(HearthColor.PANEL, 0, 0, width + LABELS, height);
    for (TimeTicks.Tick tick : TimeTicks.clock(scale, width, ZoneId.systemDefault(), 84)) {
      double x = LABELS + scale.x(tick.time());
      if (x >= LABELS) {
        rect(HearthColor.LINE, x, RULER, 1, height - RULER);
        text(HearthColor.FAINT, x + 4, 18, tick.label());
      }
    }
    for (int i = 0; i < lanes.size(); i++) {
      lane(lanes.get(i), scale, width, RULER + i * LANE);
    }
    return out.append("</svg>\n").toString();
  }

  private void lane(TimelineLane lane, TimeScale scale, int width, int top) {
    String id = lane.environmentId();
    String tail = id.length() > 4 ? " \u00b7 " + id.substring(id.length() - 4) : "";
    text(HearthColor.TEXT, 12, top + 18, lane.functionName() + tail);
    if (!lane.wholeFunction()) {
      double from = Math.clamp(scale.x(lane.startedAt()), 0, width);
      double to = Math.clamp(scale.x(lane.endsAt(TimelineViewModel.now())), 0, width);
      rect(HearthColor.IDLE, LABELS + from, top + BLOCK / 2.0, to - from, 3);
    }
    BucketSeries buckets = lane.buckets();
    if (buckets == null) {
      blocks(lane, scale, width, top);
    } else {
      sums(buckets, scale, width, top);
    }
  }

  private void blocks(TimelineLane lane, TimeScale scale, int width, int top) {
    new BlockLayout()
        .layOut(
            lane.spans(),
            scale,
            width,
            TimelineViewModel.now(),
            new BlockLayout.Sink() {
              @Override
              public void block(SpanKind kind, int x, int blockWidth, long nanos) {
                run(kind, x, blockWidth);
              }

              @Override
              public void run(SpanKind kind, int x, int runWidth) {
                int from = Math.max(0, x);
                rect(
                    LanePainter.color(kind),
                    LABELS + (double) from,
                    top,
                    Math.min(width, x + runWidth) - from,
                    BLOCK);
              }
            });
  }

  private void sums(BucketSeries buckets, TimeScale scale, int width, int top) {
    double most = 1;
    for (BucketSum sum : buckets.sums()) {
      most = Math.max(most, (double) sum.busyNanos + sum.failedNanos);
    }
    for (int i = 0; i < buckets.size(); i++) {
      double from = Math.clamp(scale.x(buckets.start(i)), 0, width);
      double to = Math.clamp(scale.x(buckets.start(i) + buckets.nanos()), 0, width);
      BucketSum sum = buckets.sum(i);
      double bar = Math.max(2, BLOCK * (sum.busyNanos + sum.failedNanos) / most);
      if (to > from) {
        HearthColor color = sum.errors > 0 ? HearthColor.ERROR : HearthColor.WARM;
        rect(color, LABELS + from, top + BLOCK - bar, Math.max(0.5, to - from), bar);
      }
    }
  }

  private void rect(HearthColor color, double x, double y, double width, double height) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
            x,
            y,
            Math.max(0, width),
            height,
            web(color)));
  }

  private void text(HearthColor color, double x, double y, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
            x,
            y,
            web(color),
            safe));
  }

  private String web(HearthColor token) {
    Color color = colors.get(token);
    return "#%02x%02x%02x"
        .formatted(
            Math.round(color.getRed() * 255),
            Math.round(color.getGreen() * 255),
            Math.round(color.getBlue() * 255));
  }
}
