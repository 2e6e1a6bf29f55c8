package dev.hearth.app.ui.kit.time;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/** Diagonal lines over a block: cold is told by them too, not by its colour alone. */
public final class Hatch {
  private static final double STEP = 6;
  private static final double STRENGTH = 0.16;

  private Hatch() {}

  /** Hatches a rectangle. */
  public static void draw(
      GraphicsContext g, double x, double y, double width, double height, Color color) {
    g.save();
    g.beginPath();
    g.rect(x, y, width, height);
    g.clip();
    g.setStroke(color);
    g.setGlobalAlpha(STRENGTH);
    g.setLineWidth(1);
    double last = Math.min(x + width + height, x + 4_000);
    for (double at = x; at < last; at += STEP) {
      g.strokeLine(at, y, at - height, y + height);
    }
    g.restore();
  }
}
