package dev.hearth.app.ui.kit.time;

import dev.hearth.app.project.LogEntry;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/** Log lines as ticks on a time axis, so that a line is seen beside what happened then. */
final class LogTicks {
  /** So near the pointer a tick is meant, pixels. */
  private static final double NEAR = 4;

  private static final int LONGEST = 60;

  private final ThemeColors colors;
  private List<LogEntry> log = List.of();

  LogTicks(ThemeColors colors) {
    this.colors = colors;
  }

  void show(List<LogEntry> lines) {
    log = lines;
  }

  /** At most one tick a pixel, errors on top. */
  void paint(GraphicsContext g, TimeScale scale, double left, double right, double bottom) {
    double last = Double.NEGATIVE_INFINITY;
    for (LogEntry line : log) {
      double x = left + Math.round(scale.x(line.at()));
      if (x < left || x > right) {
        continue;
      }
      boolean error =
          switch (line.stream()) {
            case STDERR -> true;
            case STDOUT, PLATFORM, EXTENSION -> false;
          };
      if (x == last && !error) {
        continue;
      }
      last = x;
      g.setFill(colors.get(error ? HearthColor.ERROR : HearthColor.TEXT));
      g.fillRect(x, bottom - 6, 1, 6);
    }
  }

  /** The line nearest to a time, if its tick is near enough; null otherwise. */
  @Nullable String at(TimeScale scale, double x) {
    LogEntry nearest = null;
    for (LogEntry line : log) {
      double distance = Math.abs(scale.x(line.at()) - x);
      if (distance <= NEAR && (nearest == null || distance < Math.abs(scale.x(nearest.at()) - x))) {
        nearest = line;
      }
    }
    if (nearest == null) {
      return null;
    }
    String text = nearest.text().strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "\u2026";
  }
}
