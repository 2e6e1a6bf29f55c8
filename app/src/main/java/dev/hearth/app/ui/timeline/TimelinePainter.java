package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.TimeScale;
import dev.hearth.app.ui.kit.time.TimeTicks;
import dev.hearth.resources.Texts;
import java.time.ZoneId;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** Draws the whole timeline: ruler, visible lanes, selected range, the present. */
final class TimelinePainter {
  private final TimelineViewModel viewModel;
  private final ThemeColors colors;
  private final Texts texts = Texts.of("timeline");
  private final TimelineMetrics metrics;
  private final LanePainter lanes;

  TimelinePainter(TimelineViewModel viewModel, ThemeColors colors, TimelineMetrics metrics) {
    this.viewModel = viewModel;
    this.colors = colors;
    this.metrics = metrics;
    this.lanes = new LanePainter(colors, metrics, texts);
  }

  /**
   * Draws everything anew.
   *
   * @param scroll pixels by which the lanes are moved up
   */
  void paint(GraphicsContext g, double width, double height, double scroll) {
    g.setFill(colors.get(HearthColor.PANEL));
    g.fillRect(0, 0, width, height);
    double plot = width - metrics.labels();
    TimeScale scale = viewModel.scaleProperty().get();
    long now = TimelineViewModel.now();
    List<TimeTicks.Tick> ticks =
        TimeTicks.clock(scale, plot, ZoneId.systemDefault(), metrics.scaled(84));
    g.save();
    g.translate(metrics.labels(), 0);
    g.beginPath();
    g.rect(0, 0, plot, height);
    g.clip();
    grid(g, ticks, scale, height);
    visibleLanes(g, scale, plot, height, scroll, now);
    ruler(g, ticks, scale, plot);
    throttles(g, scale, plot);
    overlays(g, scale, plot, height, now);
    g.restore();
    labels(g, plot, height, scroll);
  }

  private void grid(GraphicsContext g, List<TimeTicks.Tick> ticks, TimeScale scale, double height) {
    g.setFill(colors.get(HearthColor.LINE));
    for (TimeTicks.Tick tick : ticks) {
      g.fillRect(Math.round(scale.x(tick.time())), metrics.ruler(), 1, height);
    }
  }

  private void ruler(GraphicsContext g, List<TimeTicks.Tick> ticks, TimeScale scale, double plot) {
    g.setFill(colors.get(HearthColor.PANEL));
    g.fillRect(0, 0, plot, metrics.ruler());
    g.setFill(colors.get(HearthColor.FAINT));
    g.setFont(metrics.detail());
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    for (TimeTicks.Tick tick : ticks) {
      double x = Math.round(scale.x(tick.time()));
      boolean whole = x + 4 + tick.label().length() * metrics.scaled(6.5) <= plot;
      if (x >= 0 && whole) {
        g.fillText(tick.label(), x + 4, metrics.scaled(15));
      }
    }
  }

  private void visibleLanes(
      GraphicsContext g, TimeScale scale, double plot, double height, double scroll, long now) {
    List<TimelineLane> all = viewModel.shownLanes(plot);
    InvocationRecord selected = viewModel.invocations().selectedProperty().get();
    int first = Math.max(0, (int) (scroll / metrics.lane()));
    for (int i = first; i < all.size(); i++) {
      int top = metrics.laneTop(i, scroll);
      if (top > height) {
        return;
      }
      lanes.paint(g, all.get(i), new LanePainter.Place(scale, plot, top, now), selected);
    }
  }

  private void throttles(GraphicsContext g, TimeScale scale, double plot) {
    g.setFill(colors.get(HearthColor.THROTTLE));
    double last = -10;
    for (long at : viewModel.throttled(scale.time(-6), scale.time(plot + 6))) {
      double x = Math.round(scale.x(at));
      if (x - last >= 2) {
        g.fillPolygon(
            new double[] {x - 5, x + 5, x},
            new double[] {metrics.ruler() - 7.0, metrics.ruler() - 7.0, metrics.ruler()},
            3);
        last = x;
      }
    }
  }

  private void overlays(GraphicsContext g, TimeScale scale, double plot, double height, long now) {
    TimeRange range = viewModel.rangeProperty().get();
    if (range != null) {
      double from = Math.round(scale.x(range.from()));
      double to = Math.round(scale.x(range.to()));
      g.setFill(colors.get(HearthColor.EMBER_SOFT));
      g.fillRect(from, metrics.ruler(), Math.max(1, to - from), height);
      g.setFill(colors.get(HearthColor.EMBER));
      g.fillRect(from, 0, 1, height);
      g.fillRect(to, 0, 1, height);
    }
    double x = scale.x(now);
    if (viewModel.model().active() && x >= 0 && x <= plot) {
      g.setStroke(colors.get(HearthColor.EMBER));
      g.setLineWidth(1);
      g.setLineDashes(3, 3);
      g.strokeLine(Math.round(x) + 0.5, metrics.ruler(), Math.round(x) + 0.5, height);
      g.setLineDashes();
    }
  }

  private void labels(GraphicsContext g, double plot, double height, double scroll) {
    g.setFill(colors.get(HearthColor.PANEL));
    g.fillRect(0, 0, metrics.labels(), height);
    List<TimelineLane> all = viewModel.shownLanes(plot);
    int first = Math.max(0, (int) (scroll / metrics.lane()));
    g.save();
    g.beginPath();
    g.rect(0, metrics.ruler(), metrics.labels(), height);
    g.clip();
    for (int i = first; i < all.size(); i++) {
      int top = metrics.laneTop(i, scroll);
      if (top > height) {
        break;
      }
      lanes.paintLabel(g, all.get(i), top);
    }
    g.restore();
  }
}
