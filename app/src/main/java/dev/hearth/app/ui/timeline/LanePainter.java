package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.state.SampleSeries;
import dev.hearth.app.state.SpanKind;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.app.ui.kit.time.TimeScale;
import dev.hearth.resources.Texts;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Draws one lane. Blocks are snapped to whole pixels, and where several fall on one pixel only the
 * most important one is drawn, so the cost depends on the width of the picture and not on the
 * length of the history.
 */
final class LanePainter {
  private static final int HATCH = 6;
  private static final int HOLLOW = 8;

  private final ThemeColors colors;
  private final TimelineMetrics metrics;
  private final Texts texts;
  private final BlockLayout layout = new BlockLayout();
  private final DensityPainter density;

  /**
   * Where a lane is drawn.
   *
   * @param width of the plot
   * @param top of the lane
   * @param now up to which open blocks reach
   */
  record Place(TimeScale scale, double width, int top, long now) {}

  LanePainter(ThemeColors colors, TimelineMetrics metrics, Texts texts) {
    this.colors = colors;
    this.metrics = metrics;
    this.texts = texts;
    this.density = new DensityPainter(colors);
  }

  void paint(
      GraphicsContext g, TimelineLane lane, Place place, @Nullable InvocationRecord selected) {
    BucketSeries buckets = lane.buckets();
    if (!lane.wholeFunction()) {
      life(g, lane, place);
      memory(g, lane, place);
    }
    if (buckets == null) {
      blocks(g, lane, place);
    } else {
      density.paint(
          g,
          buckets,
          place.scale(),
          new DensityPainter.Box(
              (int) place.width(), place.top() + metrics.blockTop(), metrics.block()));
    }
    selection(g, lane, place, selected);
    end(g, lane, place);
  }

  void paintLabel(GraphicsContext g, TimelineLane lane, int top) {
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.setFont(metrics.name());
    g.setFill(colors.get(HearthColor.TEXT));
    double width = metrics.labels() - metrics.scaled(20);
    g.fillText(
        ellipsis(lane.functionName(), 16), metrics.scaled(12), top + metrics.scaled(13), width);
    g.setFont(metrics.detail());
    g.setFill(colors.get(HearthColor.MUTED));
    g.fillText(detail(lane), metrics.scaled(12), top + metrics.scaled(29), width);
  }

  private String detail(TimelineLane lane) {
    if (lane.wholeFunction() && lane.buckets() != null) {
      long calls = lane.buckets().sums().stream().mapToLong(sum -> sum.calls).sum();
      return texts.get("lane.function", Units.count(calls));
    }
    String id = lane.environmentId();
    String tail = id.length() > 4 ? id.substring(id.length() - 4) : id;
    return texts.get("lane.detail", tail, String.valueOf(lane.memoryMb()));
  }

  private static String ellipsis(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private void life(GraphicsContext g, TimelineLane lane, Place p) {
    double from = clamp(p, p.scale().x(lane.startedAt()));
    double to = clamp(p, p.scale().x(lane.endsAt(p.now())));
    int middle = p.top() + metrics.blockTop() + metrics.block() / 2;
    if (to > from) {
      g.setFill(colors.get(HearthColor.IDLE));
      g.fillRect(from, middle - 1.0, to - from, 3);
      pauses(g, lane, p, middle);
    }
  }

  /** A frozen environment's line is hollow: it exists, but nothing in it runs. */
  private void pauses(GraphicsContext g, TimelineLane lane, Place p, int middle) {
    SpanSeries pauses = lane.pauses();
    g.setFill(colors.get(HearthColor.PANEL));
    int end = pauses.endOfStartingBefore(p.scale().time(p.width() + 1));
    for (int i = pauses.firstEndingAfter(p.scale().time(-1)); i < end; i++) {
      double from = clamp(p, p.scale().x(pauses.start(i)));
      double to = clamp(p, p.scale().x(pauses.end(i, p.now())));
      if (to - from > HOLLOW) {
        g.fillRect(from, middle, to - from, 1);
      }
    }
  }

  private void blocks(GraphicsContext g, TimelineLane lane, Place p) {
    layout.layOut(
        lane.spans(),
        p.scale(),
        (int) p.width(),
        p.now(),
        new BlockLayout.Sink() {
          @Override
          public void block(SpanKind kind, int x, int width, long nanos) {
            LanePainter.this.block(g, p, kind, x, width, nanos);
          }

          @Override
          public void run(SpanKind kind, int x, int width) {
            int taller = kind == SpanKind.ERROR ? 3 : 0;
            g.setFill(colors.get(color(kind)));
            g.fillRect(
                x,
                p.top() + metrics.blockTop() - (double) taller,
                width,
                metrics.block() + 2.0 * taller);
          }
        });
  }

  private void block(
      GraphicsContext g, Place p, SpanKind kind, double x, double width, long nanos) {
    int top = p.top() + metrics.blockTop();
    g.setFill(colors.get(color(kind)));
    g.fillRoundRect(x, top, width, metrics.block(), 5, 5);
    switch (kind) {
      case INIT -> init(g, x, top, width, nanos);
      case ERROR -> errorMark(g, x, top, width);
      default -> {}
    }
  }

  static HearthColor color(SpanKind kind) {
    return switch (kind) {
      case INIT -> HearthColor.COLD;
      case ERROR -> HearthColor.ERROR;
      case INVOKE -> HearthColor.WARM;
      case FROZEN -> HearthColor.IDLE;
    };
  }

  /** Cold is told by a hatch too, not by colour alone. */
  private void init(GraphicsContext g, double x, int top, double width, long nanos) {
    g.save();
    g.beginPath();
    g.rect(x, top, width, metrics.block());
    g.clip();
    g.setStroke(colors.get(HearthColor.ON_COLD));
    g.setGlobalAlpha(0.16);
    g.setLineWidth(1);
    double last = Math.min(x + width + metrics.block(), x + 4000);
    for (double at = x; at < last; at += HATCH) {
      g.strokeLine(at, top, at - metrics.block(), top + (double) metrics.block());
    }
    g.setGlobalAlpha(1);
    String label =
        width > metrics.scaled(78)
            ? texts.get("init", Units.duration(nanos))
            : width > metrics.scaled(32) ? texts.get("init.short") : "";
    g.setFill(colors.get(HearthColor.ON_COLD));
    g.setFont(metrics.label());
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.fillText(label, Math.max(x, 0) + 5, top + metrics.block() / 2.0);
    g.restore();
  }

  private void errorMark(GraphicsContext g, double x, int top, double width) {
    if (width < 12) {
      return;
    }
    double centre = x + Math.min(width / 2, 10);
    double middle = top + metrics.block() / 2.0;
    g.setStroke(colors.get(HearthColor.PANEL));
    g.setLineWidth(1.5);
    g.strokeLine(centre - 3, middle - 3, centre + 3, middle + 3);
    g.strokeLine(centre - 3, middle + 3, centre + 3, middle - 3);
  }

  private void selection(
      GraphicsContext g, TimelineLane lane, Place p, @Nullable InvocationRecord selected) {
    if (selected == null || !lane.environmentId().equals(selected.environmentId())) {
      return;
    }
    int index = find(lane.spans(), selected);
    if (index < 0) {
      return;
    }
    double x = clamp(p, p.scale().x(lane.spans().start(index)));
    double right = clamp(p, p.scale().x(lane.spans().end(index, p.now())));
    g.setStroke(colors.get(HearthColor.TEXT));
    g.setLineWidth(1.5);
    g.strokeRoundRect(
        x - 1.5,
        p.top() + metrics.blockTop() - 1.5,
        Math.max(1, right - x) + 3,
        metrics.block() + 3.0,
        6,
        6);
  }

  /** A call's block stands where the record says, or a little before while it was starting. */
  private static int find(SpanSeries spans, InvocationRecord record) {
    long start = record.startedAt() >= 0 ? record.startedAt() : record.queuedAt();
    int last = Math.min(spans.size(), spans.endOfStartingBefore(start + 1) + 2) - 1;
    for (int i = last; i >= 0 && i > last - 6; i--) {
      if (record.requestId().equals(spans.request(i))) {
        return i;
      }
    }
    return -1;
  }

  private void end(GraphicsContext g, TimelineLane lane, Place p) {
    if (lane.goneAt() == 0 || lane.goneReason() == null) {
      return;
    }
    double x = p.scale().x(lane.goneAt());
    if (x < -200 || x > p.width()) {
      return;
    }
    double middle = p.top() + metrics.blockTop() + metrics.block() / 2.0;
    g.setStroke(colors.get(HearthColor.MUTED));
    g.setLineWidth(1);
    g.strokeOval(Math.round(x) - 3.5, middle - 3.5, 7, 7);
    g.setFill(colors.get(HearthColor.MUTED));
    g.setFont(metrics.detail());
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.fillText(texts.get("gone", lane.goneReason()), x + 9, middle);
  }

  private void memory(GraphicsContext g, TimelineLane lane, Place p) {
    SampleSeries samples = lane.memory();
    if (samples.isEmpty()) {
      return;
    }
    int bottom = p.top() + metrics.memoryTop() + metrics.memory();
    double limit = Math.max(lane.memoryMb() * 1048576.0, samples.highest());
    int i = Math.max(0, samples.firstAtOrAfter(p.scale().time(0)) - 1);
    long last = p.scale().time(p.width());
    double x = clamp(p, p.scale().x(samples.time(i)));
    double height = 0;
    // Neighbours of one height are drawn as one: a lane seen from afar has few heights.
    double runX = x;
    double run = 0;
    for (; i < samples.size() && samples.time(i) <= last; i++) {
      double next = clamp(p, p.scale().x(samples.time(i)));
      if (next > x) {
        if (height != run) {
          column(g, runX, x - runX, bottom, run);
          runX = x;
          run = height;
        }
        x = next;
        height = 0;
      }
      height = Math.max(height, Math.round(samples.value(i) / limit * metrics.memory()));
    }
    column(g, runX, x - runX, bottom, run);
    double end = clamp(p, p.scale().x(lane.endsAt(p.now())));
    column(g, x, Math.max(1, Math.min(end, p.width()) - x), bottom, height);
    limitLine(g, lane, p, bottom, limit);
  }

  private void column(GraphicsContext g, double x, double width, int bottom, double height) {
    if (width <= 0 || height <= 0) {
      return;
    }
    g.setFill(colors.get(HearthColor.GOLD_SOFT));
    g.fillRect(x, bottom - height, width, height);
    g.setFill(colors.get(HearthColor.GOLD));
    g.fillRect(x, bottom - height, width, 1);
  }

  private void limitLine(GraphicsContext g, TimelineLane lane, Place p, int bottom, double limit) {
    double y = bottom - Math.round(lane.memoryMb() * 1048576.0 / limit * metrics.memory());
    double from = clamp(p, p.scale().x(lane.startedAt()));
    double to = clamp(p, p.scale().x(lane.endsAt(p.now())));
    g.setFill(colors.get(HearthColor.ERROR_SOFT));
    for (double x = from; x < to; x += 6) {
      g.fillRect(x, y, Math.min(3, to - x), 1);
    }
  }

  private static double clamp(Place p, double x) {
    return Math.round(Math.max(-2, Math.min(p.width() + 2, x)));
  }
}
