package dev.hearth.app.ui.trace;

import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.app.ui.kit.time.CanvasPane;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/**
 * Which share of the calls of a group took at most how long, one line a group, with the compared
 * invocations marked on the axis. The axis is logarithmic: durations differ by orders.
 */
final class DistributionChart extends CanvasPane {
  private static final double LEFT = 44;
  private static final double RIGHT = 14;
  private static final double TOP = 24;
  private static final double BOTTOM = 22;
  private static final double[] SHARES = {0, 0.5, 0.9, 1};
  private static final HearthColor[] COLORS = {HearthColor.MUTED, HearthColor.EMBER};

  private final Texts texts;
  private List<ComparisonModel.Group> groups = List.of();
  private long[] marks = new long[0];

  DistributionChart(ThemeColors colors, Texts texts) {
    super(colors);
    this.texts = texts;
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    getStyleClass().add("distribution");
  }

  /**
   * @param shown one or two groups, the one compared with first
   * @param durations of the compared invocations in the same order; below 0 where not measured
   */
  void show(List<ComparisonModel.Group> shown, long... durations) {
    groups = shown;
    marks = durations;
    StringBuilder words = new StringBuilder(texts.get("compare.distribution"));
    for (ComparisonModel.Group group : groups) {
      words.append(". ").append(group.name());
      for (double share : new double[] {0.5, 0.9, 0.99}) {
        words
            .append(", p")
            .append(Math.round(share * 100))
            .append(' ')
            .append(Units.duration(group.at(share)));
      }
    }
    setAccessibleText(words.toString());
    redraw();
  }

  /** Where the plot is. */
  private record Plot(double left, double top, double right, double bottom, long from, long to) {
    double x(long nanos) {
      double part = Math.log((double) nanos / from) / Math.log((double) to / from);
      return left + (right - left) * Math.clamp(part, 0, 1);
    }

    double y(double share) {
      return Math.round(bottom - (bottom - top) * share);
    }
  }

  @Override
  protected void paint(GraphicsContext g, double width, double height) {
    if (groups.isEmpty()) {
      return;
    }
    long low = groups.stream().mapToLong(group -> group.at(0)).min().orElse(1);
    long high = groups.stream().mapToLong(group -> group.at(1)).max().orElse(2);
    for (long mark : marks) {
      low = mark > 0 ? Math.min(low, mark) : low;
      high = Math.max(high, mark);
    }
    low = Math.max(1, low);
    Plot plot =
        new Plot(
            scaled(LEFT),
            scaled(TOP),
            width - scaled(RIGHT),
            height - scaled(BOTTOM),
            low,
            Math.max(low + low / 10 + 1, high));
    if (plot.right() - plot.left() < 40 || plot.bottom() - plot.top() < 20) {
      return;
    }
    axes(g, plot);
    for (int i = 0; i < groups.size(); i++) {
      line(g, plot, groups.get(i), color(groups.size() == 1 ? HearthColor.EMBER : COLORS[i]));
    }
    legend(g, plot);
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] > 0) {
        mark(g, plot, marks[i], color(COLORS[i]));
      }
    }
  }

  private void axes(GraphicsContext g, Plot plot) {
    g.setFont(font(0.85));
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.RIGHT);
    for (double share : SHARES) {
      g.setFill(color(HearthColor.LINE));
      g.fillRect(plot.left(), plot.y(share), plot.right() - plot.left(), 1);
      g.setFill(color(HearthColor.FAINT));
      if (share != 0.9 || plot.bottom() - plot.top() > scaled(110)) {
        g.fillText(Math.round(share * 100) + " %", plot.left() - 6, plot.y(share));
      }
    }
    double label = plot.bottom() + scaled(12);
    g.fillText(Units.duration(plot.to()), plot.right(), label);
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText(Units.duration(plot.from()), plot.left(), label);
  }

  private void line(GraphicsContext g, Plot plot, ComparisonModel.Group group, Color color) {
    g.setStroke(color);
    g.setLineWidth(1.5);
    g.beginPath();
    g.moveTo(plot.x(group.at(0)), plot.y(0));
    int steps = (int) Math.min(group.sorted().length, plot.right() - plot.left());
    for (int i = 1; i <= steps; i++) {
      double share = (double) i / steps;
      double x = plot.x(group.at(share));
      g.lineTo(x, plot.y((double) (i - 1) / steps));
      g.lineTo(x, plot.y(share));
    }
    g.stroke();
  }

  private void legend(GraphicsContext g, Plot plot) {
    g.setTextAlign(TextAlignment.LEFT);
    double x = plot.left();
    double y = scaled(TOP / 2);
    for (int i = 0; i < groups.size(); i++) {
      ComparisonModel.Group group = groups.get(i);
      g.setFill(color(groups.size() == 1 ? HearthColor.EMBER : COLORS[i]));
      g.fillRect(x, y - 1, scaled(14), 2);
      g.setFill(color(HearthColor.MUTED));
      String text = texts.get("compare.group", group.name(), Units.count(group.sorted().length));
      g.fillText(text, x + scaled(19), y);
      x += scaled(34) + text.length() * fontSize() * 0.48;
    }
  }

  /** A small flag on the axis. */
  private void mark(GraphicsContext g, Plot plot, long nanos, Color color) {
    double x = Math.round(plot.x(nanos));
    double size = scaled(5);
    g.setFill(color);
    g.fillRect(x, plot.top(), 1, plot.bottom() - plot.top());
    g.fillPolygon(
        new double[] {x - size, x + size + 1, x + 0.5},
        new double[] {plot.top() - size, plot.top() - size, plot.top()},
        3);
  }
}
