package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.util.Arrays;
import javafx.scene.canvas.GraphicsContext;

/**
 * Draws sums as a skyline: how busy each pixel's time was, cold starts at the foot, failures on
 * top. Costs as much as the picture is wide.
 */
final class DensityPainter {
  private static final int LEAST = 3;

  private final ThemeColors colors;
  private double[] busy = new double[0];
  private double[] init = new double[0];
  private double[] failed = new double[0];

  /** Where it is drawn, whole pixels. */
  record Box(int width, int top, int height) {}

  DensityPainter(ThemeColors colors) {
    this.colors = colors;
  }

  void paint(GraphicsContext g, BucketSeries buckets, TimeScale scale, Box box) {
    gather(buckets, scale, box.width());
    double most = 1e-9;
    for (int x = 0; x < box.width(); x++) {
      most = Math.max(most, busy[x] + init[x] + failed[x]);
    }
    double unit = box.height() / Math.max(most, 1e-9);
    int x = 0;
    while (x < box.width()) {
      int warm = height(busy[x], unit, box.height());
      int cold = height(init[x], unit, box.height());
      int error = height(failed[x], unit, box.height());
      int to = x + 1;
      while (to < box.width()
          && height(busy[to], unit, box.height()) == warm
          && height(init[to], unit, box.height()) == cold
          && height(failed[to], unit, box.height()) == error) {
        to++;
      }
      column(g, x, to - x, box, warm, cold, error);
      x = to;
    }
  }

  private void gather(BucketSeries buckets, TimeScale scale, int width) {
    if (busy.length < width + 1) {
      busy = new double[width + 1];
      init = new double[width + 1];
      failed = new double[width + 1];
    }
    Arrays.fill(busy, 0);
    Arrays.fill(init, 0);
    Arrays.fill(failed, 0);
    long last = scale.time(width);
    double nanos = buckets.nanos();
    for (int i = buckets.firstEndingAfter(scale.time(0)); i < buckets.size(); i++) {
      if (buckets.start(i) > last) {
        return;
      }
      BucketSum sum = buckets.sum(i);
      int from = (int) Math.clamp(Math.round(scale.x(buckets.start(i))), 0, width);
      int to = (int) Math.clamp(Math.round(scale.x(buckets.start(i) + buckets.nanos())), 0, width);
      for (int x = from; x < Math.max(from + 1, to); x++) {
        busy[x] = Math.max(busy[x], sum.busyNanos / nanos);
        init[x] = Math.max(init[x], sum.initNanos / nanos);
        failed[x] = Math.max(failed[x], (sum.failedNanos + (sum.errors > 0 ? 1 : 0)) / nanos);
      }
    }
  }

  /** Something is never nothing. */
  private static int height(double share, double unit, int most) {
    return share <= 0 ? 0 : (int) Math.clamp(Math.round(share * unit), LEAST, most);
  }

  private void column(GraphicsContext g, int x, int width, Box box, int warm, int cold, int error) {
    int bottom = box.top() + box.height();
    int at = Math.min(box.height(), cold);
    fill(g, HearthColor.COLD, x, bottom - at, width, at);
    int next = Math.min(box.height() - at, warm);
    fill(g, HearthColor.WARM, x, bottom - at - next, width, next);
    int top = Math.min(box.height(), at + next + error);
    fill(g, HearthColor.ERROR, x, bottom - top, width, error);
  }

  private void fill(
      GraphicsContext g, HearthColor color, double x, double y, double width, double height) {
    if (height > 0) {
      g.setFill(colors.get(color));
      g.fillRect(x, y, width, height);
    }
  }
}
