package dev.hearth.app.ui.kit.time;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.Units;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * The measured memory of one invocation against its limit: init and invocation told apart, the peak
 * marked. Where nothing was measured it says so.
 */
public final class MemoryChart extends CanvasPane {
  private static final long MEGABYTE = 1024 * 1024;
  private static final double LEFT = 58;
  private static final double RIGHT = 24;
  private static final double TOP = 26;
  private static final double BOTTOM = 30;
  private static final double[] PARTS = {0, 0.25, 0.5, 0.75};

  private @Nullable InvocationRecord record;
  private List<MemoryPoint> points = List.of();
  private final LogTicks ticks;
  private long respondedAt;
  private double pointer = -1;

  public MemoryChart(ThemeColors colors) {
    super(colors);
    ticks = new LogTicks(colors);
    getStyleClass().add("memory-chart");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    addEventHandler(MouseEvent.MOUSE_MOVED, e -> point(e.getX()));
    addEventHandler(MouseEvent.MOUSE_EXITED, e -> point(-1));
  }

  private void point(double x) {
    pointer = x;
    redraw();
  }

  /**
   * @param call null to show nothing
   * @param detail its curve, log and spans; null while they are being read
   */
  public void show(@Nullable InvocationRecord call, @Nullable InvocationDetail detail) {
    record = call;
    points = detail == null ? List.of() : List.copyOf(detail.memory());
    ticks.show(detail == null ? List.of() : detail.log());
    respondedAt =
        detail == null
            ? 0
            : detail.spans().stream()
                .filter(span -> span.kind() == TraceSpan.Kind.OVERHEAD)
                .mapToLong(TraceSpan::startAt)
                .findFirst()
                .orElse(0);
    setAccessibleText(call == null ? "" : "Memory: " + summary(call));
    redraw();
  }

  /** The peak in words: {@code 107 MB of 128 MB}, or that it is not known. */
  public static String summary(InvocationRecord call) {
    return call.peakMemoryBytes() < 0
        ? "not measured here"
        : Units.bytes(call.peakMemoryBytes()) + " of " + Units.megabytes(call.memoryMb());
  }

  /** Where the plot stands and what it maps. */
  private record Plot(
      TimeScale scale, double left, double top, double right, double bottom, double max) {
    double x(long time) {
      return left + Math.round(scale.x(time));
    }

    double y(double bytes) {
      return Math.round(bottom - (bottom - top) * bytes / max);
    }
  }

  @Override
  protected void paint(GraphicsContext g, double width, double height) {
    InvocationRecord call = record;
    if (call == null) {
      return;
    }
    long limit = call.memoryMb() * MEGABYTE;
    long highest = points.stream().mapToLong(MemoryPoint::bytes).max().orElse(0);
    double max = Math.max(1, Math.max(limit, Math.max(highest, call.peakMemoryBytes())));
    long from = start(call);
    long to = Math.max(end(call), from + 1_000);
    double right = width - scaled(RIGHT);
    Plot plot =
        new Plot(
            TimeScale.fit(from, to, right - scaled(LEFT)),
            scaled(LEFT),
            scaled(TOP),
            right,
            height - scaled(BOTTOM),
            max);
    if (plot.bottom() - plot.top() < 20 || right - plot.left() < 40) {
      return;
    }
    phases(g, call, plot);
    axis(g, plot, limit > 0 ? limit : max);
    curve(g, plot);
    if (limit > 0) {
      limit(g, plot, limit);
    }
    response(g, plot);
    ticks.paint(g, plot.scale(), plot.left(), plot.right(), plot.bottom());
    peak(g, call, plot);
    crosshair(g, plot);
  }

  private long start(InvocationRecord call) {
    long start = call.startedAt() - Math.max(0, call.coldStart() ? call.initNanos() : 0);
    return points.isEmpty() ? start : Math.min(start, points.getFirst().at());
  }

  private long end(InvocationRecord call) {
    long end = call.startedAt() + Math.max(0, call.durationNanos());
    return points.isEmpty() ? end : Math.max(end, points.getLast().at());
  }

  private void phases(GraphicsContext g, InvocationRecord call, Plot plot) {
    g.setFont(font(0.85));
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.LEFT);
    double label = plot.bottom() + scaled(12);
    double split = Math.min(plot.x(call.startedAt()), plot.right());
    if (call.coldStart() && split > plot.left()) {
      g.setFill(color(HearthColor.COLD_SOFT));
      g.setGlobalAlpha(0.5);
      g.fillRect(plot.left(), plot.top(), split - plot.left(), plot.bottom() - plot.top());
      g.setGlobalAlpha(1);
      g.setFill(color(HearthColor.COLD));
      if (split - plot.left() > scaled(30)) {
        g.fillText("INIT", plot.left() + 4, label);
      }
    }
    if (plot.right() - split > scaled(50)) {
      g.setFill(color(HearthColor.WARM));
      g.fillText("INVOKE", Math.max(split, plot.left()) + 4, label);
    }
    if (plot.right() - split < scaled(110) && plot.right() - split > scaled(50)) {
      return;
    }
    g.setTextAlign(TextAlignment.RIGHT);
    g.setFill(color(HearthColor.FAINT));
    g.fillText(
        Units.duration(plot.scale().time(plot.right() - plot.left()) - plot.scale().start()),
        plot.right(),
        label);
  }

  /** What runs after the response is the runtime's time. */
  private void response(GraphicsContext g, Plot plot) {
    double x = plot.x(respondedAt);
    if (respondedAt == 0 || x <= plot.left() || x > plot.right() + 1) {
      return;
    }
    g.setFill(color(HearthColor.MUTED));
    for (double y = plot.top(); y < plot.bottom(); y += 6) {
      g.fillRect(Math.min(x, plot.right()), y, 1, Math.min(3, plot.bottom() - y));
    }
    g.setFont(font(0.85));
    g.setTextAlign(TextAlignment.RIGHT);
    g.fillText("response", Math.min(x, plot.right()) - 4, plot.top() + scaled(9));
  }

  private void axis(GraphicsContext g, Plot plot, double limit) {
    g.setFont(font(0.85));
    g.setTextAlign(TextAlignment.RIGHT);
    for (double part : PARTS) {
      double y = plot.y(limit * part);
      g.setFill(color(HearthColor.LINE));
      g.fillRect(plot.left(), y, plot.right() - plot.left(), 1);
      if (part == 0 || plot.bottom() - plot.top() > scaled(90)) {
        g.setFill(color(HearthColor.FAINT));
        String text = Math.round(limit * part / MEGABYTE) + " MB";
        g.fillText(text, plot.left() - 6, y);
      }
    }
  }

  private void curve(GraphicsContext g, Plot plot) {
    int n = points.size();
    if (n == 0) {
      return;
    }
    double[] xs = new double[n + 2];
    double[] ys = new double[n + 2];
    for (int i = 0; i < n; i++) {
      xs[i] = plot.x(points.get(i).at());
      ys[i] = plot.y(points.get(i).bytes());
    }
    xs[n] = xs[n - 1];
    ys[n] = plot.bottom();
    xs[n + 1] = xs[0];
    ys[n + 1] = plot.bottom();
    g.setFill(color(HearthColor.GOLD_SOFT));
    g.fillPolygon(xs, ys, n + 2);
    g.setStroke(color(HearthColor.GOLD));
    g.setLineWidth(1.5);
    g.strokePolyline(xs, ys, n);
  }

  private void limit(GraphicsContext g, Plot plot, long limit) {
    double y = plot.y(limit);
    g.setFill(color(HearthColor.ERROR));
    for (double x = plot.left(); x < plot.right(); x += 7) {
      g.fillRect(x, y, Math.min(4, plot.right() - x), 1);
    }
    g.setFont(font(0.85));
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText(
        "limit " + Units.megabytes((int) (limit / MEGABYTE)), plot.left() + 2, y - scaled(9));
  }

  private void peak(GraphicsContext g, InvocationRecord call, Plot plot) {
    g.setFill(color(HearthColor.MUTED));
    g.setFont(font(0.85));
    long peak = call.peakMemoryBytes();
    if (peak < 0) {
      String text = call.status().ended() ? "Memory was not measured here." : "Measuring \u2026";
      g.setTextAlign(TextAlignment.CENTER);
      g.fillText(text, (plot.left() + plot.right()) / 2, (plot.top() + plot.bottom()) / 2);
      return;
    }
    double y = plot.y(peak);
    MemoryPoint highest = null;
    for (MemoryPoint point : points) {
      highest = highest == null || point.bytes() > highest.bytes() ? point : highest;
    }
    double x = highest == null ? plot.right() : plot.x(highest.at());
    g.setFill(color(HearthColor.GOLD));
    if (highest == null || plot.y(highest.bytes()) - y > 3) {
      for (double at = plot.left(); at < plot.right(); at += 5) {
        g.fillRect(at, y, 2, 1);
      }
    } else {
      g.fillOval(x - 3.5, y - 3.5, 7, 7);
    }
    boolean under = y - plot.top() < scaled(14);
    g.setTextAlign(x > (plot.left() + plot.right()) / 2 ? TextAlignment.RIGHT : TextAlignment.LEFT);
    g.fillText("peak " + Units.bytes(peak), x, y + scaled(under ? 14 : -11));
  }

  private void crosshair(GraphicsContext g, Plot plot) {
    if (pointer < plot.left() || pointer > plot.right() || points.isEmpty()) {
      return;
    }
    long time = plot.scale().time(pointer - plot.left());
    MemoryPoint nearest = points.getFirst();
    for (MemoryPoint point : points) {
      nearest = Math.abs(point.at() - time) < Math.abs(nearest.at() - time) ? point : nearest;
    }
    double x = plot.x(nearest.at());
    g.setFill(color(HearthColor.MUTED));
    g.fillRect(x, plot.top(), 1, plot.bottom() - plot.top());
    String line = ticks.at(plot.scale(), pointer - plot.left());
    String text =
        Units.duration(nearest.at() - plot.scale().start())
            + "  "
            + Units.bytes(nearest.bytes())
            + (line == null ? "" : "  " + line);
    g.setFont(font(0.85));
    g.setTextAlign(x > (plot.left() + plot.right()) / 2 ? TextAlignment.RIGHT : TextAlignment.LEFT);
    g.setFill(color(HearthColor.TEXT));
    g.fillText(
        text, x + (x > (plot.left() + plot.right()) / 2 ? -5 : 5), plot.bottom() - scaled(10));
  }
}
