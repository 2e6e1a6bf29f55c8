package dev.hearth.app.ui.kit.time;

import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/**
 * A region that draws itself on a canvas: at most once per pulse, only when something has changed,
 * in the colours and font size in force.
 */
public abstract class CanvasPane extends Region {
  private final ThemeColors colors;
  private final Canvas canvas = new Canvas();
  private final Label probe = new Label();
  private final InvalidationListener onChange = change -> redraw();
  private boolean dirty = true;

  /**
   * @param colors read with each drawing
   */
  protected CanvasPane(ThemeColors colors) {
    this.colors = colors;
    canvas.setManaged(false);
    probe.setManaged(false);
    probe.setVisible(false);
    getChildren().addAll(canvas, probe);
    colors.paletteProperty().addListener(new WeakInvalidationListener(onChange));
    probe.fontProperty().addListener(onChange);
    widthProperty().addListener(onChange);
    heightProperty().addListener(onChange);
    setMinSize(0, 0);
  }

  /** Draws anew with the next pulse. */
  public final void redraw() {
    dirty = true;
    requestLayout();
  }

  @Override
  protected final void layoutChildren() {
    if (!dirty) {
      return;
    }
    dirty = false;
    double width = Math.ceil(getWidth());
    double height = Math.ceil(getHeight());
    double top = Math.clamp(Math.floor(visibleTop()), 0, height);
    double visible = Math.clamp(Math.ceil(visibleHeight(height)), 0, height - top);
    canvas.relocate(0, top);
    canvas.setWidth(width);
    canvas.setHeight(visible);
    if (width > 0 && visible > 0) {
      GraphicsContext g = canvas.getGraphicsContext2D();
      g.clearRect(0, 0, width, visible);
      g.save();
      g.translate(0, -top);
      paint(g, width, height);
      g.restore();
    }
  }

  /** Where the part starts that can be seen; what is above need not be drawn. */
  protected double visibleTop() {
    return 0;
  }

  /** How high that part is: only so much canvas is held. */
  protected double visibleHeight(double height) {
    return height;
  }

  /** Draws everything on a cleared canvas. */
  protected abstract void paint(GraphicsContext g, double width, double height);

  /** A colour of the theme in force. */
  protected final Color color(HearthColor token) {
    return colors.get(token);
  }

  /** The interface font at a part of its size, whole pixels. */
  protected final Font font(double part) {
    return Font.font("Inter", Math.round(fontSize() * part));
  }

  /** The interface font in semi-bold. */
  protected final Font strongFont(double part) {
    return Font.font("Inter Semi Bold", Math.round(fontSize() * part));
  }

  /** Pixels of the interface's base font size. */
  protected final double fontSize() {
    return probe.getFont().getSize();
  }

  /** A length that is right at 13 px, at the font size in force, whole pixels. */
  protected final double scaled(double pixels) {
    return Math.round(pixels * fontSize() / 13);
  }
}
