package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.timeline.BucketSeries;
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

  /** A pause of fewer pixels is not told from the calls around it. */
  private static final int LEAST_PAUSE = 3;

  private final ThemeColors colors;
  private final TimelineMetrics metrics;
  private final Texts texts;
  private final BlockLayout layout = new BlockLayout();
  private final DensityPainter density;
  private final MemoryPainter memory;

  /**
   * Where a lane is drawn.
   *
   * @param width of the plot
   * @param top of the lane
   * @param now up to which open blocks reach
   */
  record Place(TimeScale scale, double width, int top, long now) {
    /** The whole pixel of a time, at most a little outside the plot. */
    double x(long time) {
      return Math.round(Math.max(-2, Math.min(width + 2, scale.x(time))));
    }
  }

  LanePainter(ThemeColors colors, TimelineMetrics metrics, Texts texts) {
    this.colors = colors;
    this.metrics = metrics;
    this.texts = texts;
    this.density = new DensityPainter(colors);
    this.memory = new MemoryPainter(colors, metrics);
  }

  void paint(
      GraphicsContext g, TimelineLane lane, Place place, @Nullable InvocationRecord selected) {
    BucketSeries buckets = lane.buckets();
    if (!lane.wholeFunction()) {
      life(g, lane, place);
      memory.paint(g, lane, place);
      waits(g, lane, place);
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

  /**
   * The line of an environment's life: thin for the past, whose pauses are not kept, and while its
   * processes are stopped; thick where they could run.
   */
  private void life(GraphicsContext g, TimelineLane lane, Place p) {
    double from = p.x(lane.startedAt());
    double to = p.x(lane.endsAt(p.now()));
    if (to <= from) {
      return;
    }
    int middle = p.top() + metrics.blockTop() + metrics.block() / 2;
    int thin = metrics.scaled(4);
    int thick = lane.fromHistory() ? thin : metrics.scaled(8);
    g.setFill(colors.get(HearthColor.IDLE));
    g.fillRect(from, middle - thick / 2, to - from, thick);
    if (!lane.fromHistory()) {
      pauses(g, lane, p, middle - thick / 2, (thick - thin) / 2);
    }
  }

  /** Takes from the thick line what makes it thin. */
  private void pauses(GraphicsContext g, TimelineLane lane, Place p, int top, int part) {
    SpanSeries pauses = lane.pauses();
    g.setFill(colors.get(HearthColor.PANEL));
    int thick = metrics.scaled(8);
    int end = pauses.endOfStartingBefore(p.scale().time(p.width() + 1));
    for (int i = pauses.firstEndingAfter(p.scale().time(-1)); i < end; i++) {
      double from = p.x(pauses.start(i));
      double to = p.x(pauses.end(i, p.now()));
      if (to - from > LEAST_PAUSE) {
        g.fillRect(from, top, to - from, part);
        g.fillRect(from, top + thick - (double) part, to - from, part);
      }
    }
  }

  /** Above the blocks, from when a call came into a queue to when the environment took it. */
  private void waits(GraphicsContext g, TimelineLane lane, Place p) {
    SpanSeries waits = lane.waits();
    int y = p.top() + metrics.blockTop() - 4;
    g.setFill(colors.get(HearthColor.MUTED));
    double drawn = -10;
    int end = waits.endOfStartingBefore(p.scale().time(p.width() + 1));
    for (int i = waits.firstEndingAfter(p.scale().time(-1)); i < end; i++) {
      double from = p.x(waits.start(i));
      double to = p.x(waits.end(i, p.now()));
      if (to - from >= 2 && to > drawn) {
        g.fillRect(from, y - 2, 1, 5);
        g.fillRect(Math.max(from, drawn), y, to - Math.max(from, drawn), 1);
        drawn = to;
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
      case ERROR -> {
        errorMark(g, x, top, width);
        duration(g, HearthColor.PANEL, Math.max(x, 0) + 20, x + width, top, nanos);
      }
      default -> duration(g, HearthColor.ON_EMBER, Math.max(x, 0) + 6, x + width, top, nanos);
    }
  }

  /** A call's time on its block, where there is room. */
  private void duration(
      GraphicsContext g, HearthColor color, double x, double right, int top, long nanos) {
    if (right - x > metrics.scaled(52)) {
      text(g, color, Units.duration(nanos), x, top);
    }
  }

  private void text(GraphicsContext g, HearthColor color, String words, double x, int top) {
    g.setFill(colors.get(color));
    g.setFont(metrics.label());
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.fillText(words, x, top + metrics.block() / 2.0);
  }

  static HearthColor color(SpanKind kind) {
    return switch (kind) {
      case INIT -> HearthColor.COLD;
      case ERROR -> HearthColor.ERROR;
      case INVOKE -> HearthColor.WARM;
      case FROZEN, WAITING -> HearthColor.IDLE;
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
    text(g, HearthColor.ON_COLD, label, Math.max(x, 0) + 6, top);
    g.restore();
  }

  private void errorMark(GraphicsContext g, double x, int top, double width) {
    if (width < 12) {
      return;
    }
    double centre = Math.max(x, 0) + Math.min(width / 2, 10);
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
    double x = p.x(lane.spans().start(index));
    double right = p.x(lane.spans().end(index, p.now()));
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
    // The end of a killed environment is only known by its last sign of life.
    SpanSeries spans = lane.spans();
    long last = spans.isEmpty() ? 0 : spans.end(spans.size() - 1, 0);
    double x = p.scale().x(Math.max(lane.goneAt(), last)) + 4;
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
}
