package dev.hearth.app.ui.timeline;

import dev.hearth.app.state.SampleSeries;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import javafx.scene.canvas.GraphicsContext;

/** Draws the memory of an environment under its lane, up to its limit as a dashed line. */
final class MemoryPainter {
  private static final double MEGABYTE = 1048576.0;

  private final ThemeColors colors;
  private final TimelineMetrics metrics;

  MemoryPainter(ThemeColors colors, TimelineMetrics metrics) {
    this.colors = colors;
    this.metrics = metrics;
  }

  void paint(GraphicsContext g, TimelineLane lane, LanePainter.Place p) {
    SampleSeries samples = lane.memory();
    if (samples.isEmpty()) {
      return;
    }
    int bottom = p.top() + metrics.memoryTop() + metrics.memory();
    double limit = Math.max(lane.memoryMb() * MEGABYTE, samples.highest());
    int i = Math.max(0, samples.firstAtOrAfter(p.scale().time(0)) - 1);
    long last = p.scale().time(p.width());
    double x = p.x(samples.time(i));
    double height = 0;
    // Neighbours of one height are drawn as one: a lane seen from afar has few heights.
    double runX = x;
    double run = 0;
    for (; i < samples.size() && samples.time(i) <= last; i++) {
      double next = p.x(samples.time(i));
      if (next > x) {
        if (height != run) {
          column(g, runX, x - runX, bottom, run);
          runX = x;
          run = height;
        }
        x = next;
        height = 0;
      }
      height = Math.max(height, level(samples.value(i), limit));
    }
    column(g, runX, x - runX, bottom, run);
    double end = p.x(lane.endsAt(p.now()));
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

  private void limitLine(
      GraphicsContext g, TimelineLane lane, LanePainter.Place p, int bottom, double limit) {
    double y = bottom - level(lane.memoryMb() * MEGABYTE, limit);
    double from = p.x(lane.startedAt());
    double to = p.x(lane.endsAt(p.now()));
    g.setFill(colors.get(HearthColor.ERROR_SOFT));
    for (double x = from; x < to; x += 6) {
      g.fillRect(x, y, Math.min(3, to - x), 1);
    }
  }

  /** Zero stands a little above the bottom: a small use is seen as an area, too. */
  private double level(double bytes, double limit) {
    double room = metrics.memory() - (double) metrics.memoryFoot();
    return metrics.memoryFoot() + Math.round(bytes / limit * room);
  }
}
