package dev.hearth.app.ui.kit.time;

import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.Units;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.TextAlignment;

/**
 * The parts of one invocation below each other, each as a bar where it stood in time. The whole is
 * also told in words to assistive technology.
 */
public final class Waterfall extends CanvasPane {
  private static final double ROW = 30;
  private static final double RULER = 34;
  private static final double BAR = 16;
  private static final double INDENT = 18;
  private static final double NAME_COLUMN = 156;
  private static final double DETAIL_COLUMN = 160;
  private static final double LABEL_ROOM = 76;
  private static final double NARROW = 620;

  private List<TraceSpan> spans = List.of();
  private int hovered = -1;

  public Waterfall(ThemeColors colors) {
    super(colors);
    getStyleClass().add("waterfall");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    addEventHandler(MouseEvent.MOUSE_MOVED, e -> hover(rowAt(e.getY())));
    addEventHandler(MouseEvent.MOUSE_EXITED, e -> hover(-1));
  }

  /** Shows other spans, parents before children; they may be of a call that is still running. */
  public void setSpans(List<TraceSpan> next) {
    spans = List.copyOf(next);
    hovered = -1;
    setAccessibleText(spans.stream().map(this::words).collect(Collectors.joining(". ")));
    redraw();
  }

  private String words(TraceSpan span) {
    return span.name()
        + ", "
        + Units.duration(span.endAt() - span.startAt())
        + ", from "
        + Units.duration(span.startAt() - origin());
  }

  @Override
  protected double computePrefHeight(double width) {
    return scaled(RULER) + spans.size() * scaled(ROW) + scaled(12);
  }

  private int rowAt(double y) {
    int row = (int) Math.floor((y - scaled(RULER)) / scaled(ROW));
    return row >= 0 && row < spans.size() ? row : -1;
  }

  private void hover(int row) {
    if (row != hovered) {
      hovered = row;
      redraw();
    }
  }

  private long origin() {
    return spans.stream().mapToLong(TraceSpan::startAt).min().orElse(0);
  }

  private long end() {
    return spans.stream().mapToLong(TraceSpan::endAt).max().orElse(0);
  }

  @Override
  protected void paint(GraphicsContext g, double width, double height) {
    if (spans.isEmpty()) {
      return;
    }
    double left = scaled(20 + NAME_COLUMN) + (width < scaled(NARROW) ? 0 : scaled(DETAIL_COLUMN));
    double plot = Math.max(40, width - left - scaled(LABEL_ROOM));
    TimeScale scale = TimeScale.fit(origin(), Math.max(end(), origin() + 1_000), plot);
    ruler(g, scale, left, plot);
    for (int i = 0; i < spans.size(); i++) {
      row(g, i, scale, left, width);
    }
  }

  private void ruler(GraphicsContext g, TimeScale scale, double left, double plot) {
    double bottom = scaled(RULER) + spans.size() * scaled(ROW);
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFont(font(0.85));
    for (TimeTicks.Tick tick : TimeTicks.offsets(scale, origin(), plot + scaled(20))) {
      double x = left + Math.round(scale.x(tick.time()));
      g.setFill(color(HearthColor.LINE));
      g.fillRect(x, scaled(RULER - 6), 1, bottom - scaled(RULER - 6));
      g.setFill(color(HearthColor.FAINT));
      g.fillText(tick.label(), x + 3, scaled(16));
    }
  }

  private void row(GraphicsContext g, int index, TimeScale scale, double left, double width) {
    TraceSpan span = spans.get(index);
    double top = scaled(RULER) + index * scaled(ROW);
    double middle = top + Math.round(scaled(ROW) / 2);
    if (index == hovered) {
      g.setFill(color(HearthColor.HOVER));
      g.fillRect(0, top, width, scaled(ROW));
    }
    double indent = scaled(20 + INDENT * span.depth());
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFill(color(HearthColor.TEXT));
    g.setFont(span.depth() == 0 ? strongFont(0.96) : font(0.96));
    fitted(g, span.name(), indent, middle, scaled(16 + NAME_COLUMN) - indent);
    if (width >= scaled(NARROW)) {
      g.setFill(color(HearthColor.MUTED));
      g.setFont(font(0.85));
      fitted(g, span.detail(), scaled(20 + NAME_COLUMN), middle, scaled(DETAIL_COLUMN - 14));
    }
    bar(g, span, scale, left, middle);
    label(g, index, scale, left, middle);
  }

  private void bar(GraphicsContext g, TraceSpan span, TimeScale scale, double left, double middle) {
    double x = left + Math.round(scale.x(span.startAt()));
    double right = left + Math.round(scale.x(span.endAt()));
    double width = Math.max(2, right - x);
    double height = scaled(BAR);
    double top = middle - Math.round(height / 2);
    g.setFill(color(token(span.kind())));
    if (width < 6) {
      g.fillRect(x, top, width, height);
    } else {
      g.fillRoundRect(x, top, width, height, 4, 4);
    }
    if (span.kind() == TraceSpan.Kind.INIT && width >= 6) {
      Hatch.draw(g, x, top, width, height, color(HearthColor.ON_COLD));
    }
  }

  private static HearthColor token(TraceSpan.Kind kind) {
    return switch (kind) {
      case SERVICE, OVERHEAD, QUEUE -> HearthColor.IDLE;
      case INIT -> HearthColor.COLD;
      case INVOKE -> HearthColor.WARM;
    };
  }

  private void label(GraphicsContext g, int index, TimeScale scale, double left, double middle) {
    TraceSpan span = spans.get(index);
    long length = span.endAt() - span.startAt();
    String text = Units.duration(length);
    if (index == hovered) {
      long all = Math.max(1, end() - origin());
      text +=
          "  from "
              + Units.duration(span.startAt() - origin())
              + ", "
              + Math.round(100.0 * length / all)
              + " %";
    }
    g.setFill(color(HearthColor.MUTED));
    g.setFont(font(0.85));
    double x = left + Math.round(scale.x(span.endAt())) + 7;
    double room = getWidth() - x - 4;
    double wide = text.length() * fontSize() * 0.5;
    if (wide <= room) {
      g.fillText(text, x, middle);
    } else {
      g.setTextAlign(TextAlignment.RIGHT);
      g.setFill(color(span.kind() == TraceSpan.Kind.INIT ? HearthColor.ON_COLD : HearthColor.TEXT));
      g.fillText(text, x - 13, middle);
    }
  }

  /** Long texts are cut, not squeezed. */
  private static void fitted(GraphicsContext g, String text, double x, double y, double width) {
    double perCharacter = g.getFont().getSize() * 0.56;
    int fits = (int) Math.max(1, width / perCharacter);
    String shown = text.length() <= fits ? text : text.substring(0, fits - 1) + "\u2026";
    g.fillText(shown, x, y, width);
  }
}
