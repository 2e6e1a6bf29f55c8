package dev.hearth.app.ui.insights;

import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.CanvasPane;
import dev.hearth.app.ui.kit.time.Hatch;
import dev.hearth.app.ui.kit.time.TimeScale;
import dev.hearth.app.ui.kit.time.TimeTicks;
import dev.hearth.resources.Texts;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * One figure over time. The mark under the pointer is the same in all charts; a click shows that
 * stretch in the timeline, a drag a range of them.
 */
final class InsightChart extends CanvasPane implements AutoCloseable {
  private static final double HEAD = 24;
  private static final double FOOT = 18;
  private static final double SIDE = 12;

  private final Metric metric;
  private final InsightsViewModel viewModel;
  private final Texts texts;
  private final Subscriptions subscriptions = new Subscriptions();
  private int pressed = -1;

  InsightChart(Metric metric, InsightsViewModel viewModel, ThemeColors colors, Texts texts) {
    super(colors);
    this.metric = metric;
    this.viewModel = viewModel;
    this.texts = texts;
    getStyleClass().add("insight-chart");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setFocusTraversable(true);
    subscriptions.now(viewModel.insightsProperty(), this::changed);
    subscriptions.later(viewModel.pointedProperty(), this::changed);
    subscriptions.later(viewModel.brushProperty(), this::redraw);
    subscriptions.later(focusedProperty(), this::redraw);
    addEventHandler(MouseEvent.MOUSE_MOVED, e -> point(e.getX()));
    addEventHandler(MouseEvent.MOUSE_EXITED, e -> viewModel.pointedProperty().set(-1));
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  private String title() {
    return texts.get("metric." + metric.name().toLowerCase(Locale.ROOT));
  }

  private void changed() {
    Insights shown = viewModel.insightsProperty().get();
    setAccessibleText(shown == null ? title() : title() + ": " + headline(shown));
    redraw();
  }

  private String headline(Insights shown) {
    int at = viewModel.pointedProperty().get();
    return at >= 0 && at < shown.stretches().size() ? metric.at(shown, at) : metric.total(shown);
  }

  private int stretchAt(double x) {
    Insights shown = viewModel.insightsProperty().get();
    if (shown == null || shown.stretches().isEmpty()) {
      return -1;
    }
    double part = (x - scaled(SIDE)) / Math.max(1, plotWidth());
    int count = shown.stretches().size();
    return Math.clamp((int) Math.floor(part * count), 0, count - 1);
  }

  private double plotWidth() {
    return getWidth() - 2 * scaled(SIDE);
  }

  private void point(double x) {
    viewModel.pointedProperty().set(stretchAt(x));
  }

  private void press(MouseEvent e) {
    requestFocus();
    pressed = e.getButton() == MouseButton.PRIMARY ? stretchAt(e.getX()) : -1;
    e.consume();
  }

  private void drag(MouseEvent e) {
    Insights shown = viewModel.insightsProperty().get();
    int at = stretchAt(e.getX());
    if (pressed >= 0 && shown != null && pressed < shown.stretches().size()) {
      viewModel.pointedProperty().set(at);
      viewModel
          .brushProperty()
          .set(
              new TimeRange(
                  shown.start(Math.min(pressed, at)), shown.start(Math.max(pressed, at) + 1)));
    }
    e.consume();
  }

  private void release(MouseEvent e) {
    int from = pressed;
    pressed = -1;
    viewModel.brushProperty().set(null);
    if (from >= 0) {
      viewModel.showInTimeline(from, stretchAt(e.getX()));
    }
    e.consume();
  }

  private void key(KeyEvent e) {
    int at = viewModel.pointedProperty().get();
    switch (e.getCode()) {
      case LEFT -> viewModel.step(-1);
      case RIGHT -> viewModel.step(1);
      case ENTER -> viewModel.showInTimeline(at, at);
      default -> {
        return;
      }
    }
    e.consume();
  }

  /** Where the plot is. */
  private record Plot(
      double left, double top, double width, double bottom, double base, double max, int count) {
    double x(int stretch) {
      return left + Math.floor(width * stretch / count);
    }

    /** By powers of ten when the base is not 0. */
    double y(double value) {
      double part = base == 0 ? value / max : Math.log(value / base) / Math.log(max / base);
      return Math.round(bottom - (bottom - top) * Math.clamp(part, 0, 1));
    }
  }

  @Override
  protected void paint(GraphicsContext g, double width, double height) {
    Insights shown = viewModel.insightsProperty().get();
    g.setFill(color(isFocused() ? HearthColor.FOCUS : HearthColor.LINE));
    g.fillRect(0, 0, width, height);
    g.setFill(color(HearthColor.PANEL));
    g.fillRect(1, 1, width - 2, height - 2);
    head(g, shown, width);
    if (shown == null || shown.stretches().isEmpty() || height < scaled(HEAD + FOOT + 12)) {
      return;
    }
    Plot plot =
        new Plot(
            scaled(SIDE),
            scaled(HEAD + 8),
            plotWidth(),
            height - scaled(FOOT),
            metric.base(shown),
            metric.scale(shown),
            shown.stretches().size());
    grid(g, shown, plot);
    for (int line = metric.lines().size() - 1; line >= 0; line--) {
      g.setFill(color(metric.lines().get(line).color()));
      if (metric.bars()) {
        bars(g, shown, plot);
      } else {
        level(g, shown, plot, line);
      }
    }
    marks(g, shown, plot);
  }

  private void head(GraphicsContext g, @Nullable Insights shown, double width) {
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFont(font(0.92));
    g.setFill(color(HearthColor.MUTED));
    double middle = scaled(HEAD / 2 + 2);
    g.fillText(title(), scaled(SIDE), middle);
    if (shown != null) {
      String text = headline(shown);
      double room = width - 2 * scaled(SIDE) - (title().length() + 2) * fontSize() * 0.52;
      g.setTextAlign(TextAlignment.RIGHT);
      g.setFont(strongFont(metric.lines().size() > 1 ? 0.85 : 0.96));
      g.setFill(color(HearthColor.TEXT));
      g.fillText(text, width - scaled(SIDE), middle, Math.max(20, room));
    }
  }

  private void grid(GraphicsContext g, Insights shown, Plot plot) {
    g.setFill(color(HearthColor.LINE));
    g.fillRect(plot.left(), plot.bottom(), plot.width(), 1);
    g.fillRect(plot.left(), plot.top(), plot.width(), 1);
    long end = shown.start(plot.count());
    TimeScale scale = TimeScale.fit(shown.from(), end, plot.width());
    List<TimeTicks.Tick> ticks =
        TimeTicks.clock(scale, plot.width(), ZoneId.systemDefault(), fontSize() * 7);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFont(font(0.77));
    for (TimeTicks.Tick tick : ticks) {
      double x = scale.x(tick.time());
      if (x >= 0 && x < plot.width() - fontSize() * 4) {
        g.setFill(color(HearthColor.LINE_STRONG));
        g.fillRect(plot.left() + Math.round(x), plot.bottom(), 1, 4);
        g.setFill(color(HearthColor.FAINT));
        g.fillText(tick.label(), plot.left() + x + 3, plot.bottom() + scaled(9));
      }
    }
    g.setTextAlign(TextAlignment.RIGHT);
    g.setFill(color(HearthColor.FAINT));
    g.fillText(metric.text(plot.max()), plot.left() + plot.width(), plot.top() - scaled(6));
    if (plot.base() > 0) {
      g.fillText(metric.text(plot.base()), plot.left() + plot.width(), plot.bottom() - scaled(6));
    }
  }

  private void bars(GraphicsContext g, Insights shown, Plot plot) {
    for (int i = 0; i < plot.count(); i++) {
      double value = metric.value(shown, i, 0);
      if (value > 0) {
        double x = plot.x(i);
        double wide = Math.max(1, plot.x(i + 1) - x - (plot.width() > 4 * plot.count() ? 1 : 0));
        double y = Math.min(plot.y(value), plot.bottom() - 2);
        g.fillRect(x, y, wide, plot.bottom() - y);
      }
    }
  }

  /** Steps without a figure are left open; the cold share is hatched as everything cold is. */
  private void level(GraphicsContext g, Insights shown, Plot plot, int line) {
    for (int i = 0; i < plot.count(); i++) {
      double value = metric.value(shown, i, line);
      if (Double.isNaN(value)) {
        continue;
      }
      double x = plot.x(i);
      double wide = Math.max(2, plot.x(i + 1) - x);
      double y = plot.y(value);
      if (metric.lines().size() == 1 && value > 0) {
        g.setGlobalAlpha(0.28);
        g.fillRect(x, y, wide, plot.bottom() - y);
        g.setGlobalAlpha(1);
        if (metric == Metric.COLD) {
          Hatch.draw(g, x, y, wide, plot.bottom() - y, color(HearthColor.ON_COLD));
        }
      }
      g.fillRect(x, y - 1, wide, 2);
    }
  }

  private void marks(GraphicsContext g, Insights shown, Plot plot) {
    TimeRange brush = viewModel.brushProperty().get();
    if (brush != null) {
      TimeScale scale = TimeScale.fit(shown.from(), shown.start(plot.count()), plot.width());
      double from = Math.clamp(scale.x(brush.from()), 0, plot.width());
      double to = Math.clamp(scale.x(brush.to()), 0, plot.width());
      g.setFill(color(HearthColor.EMBER_SOFT));
      g.setGlobalAlpha(0.5);
      g.fillRect(plot.left() + from, plot.top(), to - from, plot.bottom() - plot.top());
      g.setGlobalAlpha(1);
    }
    int at = viewModel.pointedProperty().get();
    if (at >= 0 && at < plot.count()) {
      g.setFill(color(HearthColor.MUTED));
      double x = Math.round((plot.x(at) + plot.x(at + 1)) / 2);
      g.fillRect(x, plot.top(), 1, plot.bottom() - plot.top());
    }
  }

  @Override
  public void close() {
    subscriptions.close();
  }
}
