package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.app.ui.kit.time.CanvasPane;
import dev.hearth.app.ui.kit.time.TimeScale;
import dev.hearth.resources.Texts;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.TextAlignment;

/**
 * The whole history in one strip: how much was called when, how much failed, and as a line what it
 * all has cost so far. The frame is what the timeline shows; a click or a drag moves it.
 */
final class TimelineMap extends CanvasPane {
  private static final int LABELS = 124;

  private final TimelineViewModel viewModel;
  private final Texts texts = Texts.of("timeline");

  TimelineMap(TimelineViewModel viewModel, ThemeColors colors) {
    super(colors);
    this.viewModel = viewModel;
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(texts.get("map.accessible"));
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::move);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::move);
    addEventHandler(MouseEvent.ANY, MouseEvent::consume);
  }

  /** The height it wants; 0 while there is nothing stored. */
  double wantedHeight() {
    return viewModel.past().overview().functions().isEmpty() ? 0 : scaled(30);
  }

  private void move(MouseEvent event) {
    viewModel.centre(
        scale(getWidth()).time(event.getX() - scaled(LABELS)), getWidth() - scaled(LABELS));
  }

  private TimeScale scale(double width) {
    TimelineOverview whole = viewModel.past().overview();
    return TimeScale.fit(whole.from(), whole.to(), width - scaled(LABELS));
  }

  @Override
  protected void paint(GraphicsContext g, double width, double height) {
    TimelineOverview whole = viewModel.past().overview();
    g.setFill(color(HearthColor.BG));
    g.fillRect(0, 0, width, height);
    g.setFill(color(HearthColor.LINE));
    g.fillRect(0, 0, width, 1);
    if (whole.functions().isEmpty()) {
      return;
    }
    int plot = (int) (width - scaled(LABELS));
    Columns columns = Columns.of(whole, scale(width), plot);
    g.save();
    g.translate(scaled(LABELS), 0);
    bars(g, columns, plot, height);
    money(g, columns, plot, height);
    frame(g, plot, height);
    g.restore();
    label(g, columns, height);
  }

  /** Calls, failures and money by pixel. */
  private record Columns(long[] calls, long[] errors, long[] cost) {
    static Columns of(TimelineOverview whole, TimeScale scale, int plot) {
      Columns columns = new Columns(new long[plot + 1], new long[plot + 1], new long[plot + 1]);
      for (TimelineSlice.FunctionLane lane : whole.functions()) {
        BucketSeries buckets = lane.buckets();
        for (int i = 0; i < buckets.size(); i++) {
          BucketSum sum = buckets.sum(i);
          int x = (int) Math.clamp(Math.round(scale.x(buckets.start(i))), 0, plot);
          columns.calls[x] += sum.calls + sum.throttled;
          columns.errors[x] += sum.errors + sum.throttled;
          columns.cost[x] += sum.costPicoUsd;
        }
      }
      return columns;
    }
  }

  /** By the root: single calls are seen beside bursts of thousands. */
  private void bars(GraphicsContext g, Columns columns, int plot, double height) {
    double most = 1;
    for (long calls : columns.calls) {
      most = Math.max(most, Math.sqrt(calls));
    }
    double room = height - 4;
    for (int x = 0; x <= plot; x++) {
      if (columns.calls[x] > 0) {
        double bar = Math.max(2, Math.round(Math.sqrt(columns.calls[x]) / most * room));
        g.setFill(color(HearthColor.WARM));
        g.fillRect(x, height - 1 - bar, 2, bar);
        if (columns.errors[x] > 0) {
          double part = Math.sqrt(columns.errors[x]) / most * room;
          double red = Math.max(2, Math.round(part));
          g.setFill(color(HearthColor.ERROR));
          g.fillRect(x, height - 1 - bar, 2, Math.min(bar, red));
        }
      }
    }
  }

  private void money(GraphicsContext g, Columns columns, int plot, double height) {
    long total = total(columns);
    if (total == 0) {
      return;
    }
    g.setStroke(color(HearthColor.GOLD));
    g.setLineWidth(1);
    g.beginPath();
    long sum = 0;
    double last = -1;
    for (int x = 0; x <= plot; x++) {
      sum += columns.cost[x];
      double y = Math.round(height - 3 - (height - 7) * ((double) sum / total)) + 0.5;
      if (last < 0) {
        g.moveTo(x, y);
      } else if (y != last || x == plot) {
        g.lineTo(x, last);
        g.lineTo(x, y);
      }
      last = y;
    }
    g.stroke();
  }

  private static long total(Columns columns) {
    long total = 0;
    for (long cost : columns.cost) {
      total += cost;
    }
    return total;
  }

  private void frame(GraphicsContext g, int plot, double height) {
    TimeScale map = scale(plot + scaled(LABELS));
    TimeScale shown = viewModel.scaleProperty().get();
    double from = Math.clamp(map.x(shown.start()), 0, plot);
    double to = Math.clamp(map.x(shown.time(plot)), 0, plot);
    g.setFill(color(HearthColor.EMBER_SOFT));
    g.setGlobalAlpha(0.5);
    g.fillRect(from, 1, Math.max(2, to - from), height - 1);
    g.setGlobalAlpha(1);
    g.setFill(color(HearthColor.EMBER));
    g.fillRect(Math.round(from), 1, 1, height);
    g.fillRect(Math.round(Math.max(from + 2, to)) - 1.0, 1, 1, height);
  }

  private void label(GraphicsContext g, Columns columns, double height) {
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.setFont(font(0.85));
    g.setFill(color(HearthColor.GOLD));
    g.fillText(
        texts.get("map.cost", Units.money(total(columns))),
        scaled(12),
        height / 2,
        scaled(LABELS - 16.0));
  }
}
