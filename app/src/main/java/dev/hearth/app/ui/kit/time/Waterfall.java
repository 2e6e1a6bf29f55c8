package dev.hearth.app.ui.kit.time;

import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.Units;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
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
  private static final int DEEPEST_INDENT = 6;
  private static final int MOST_WORDS = 100;

  private List<TraceSpan> spans = List.of();
  private final ScrollPane scroll = new ScrollPane(this);
  private final Tooltip tip = new Tooltip();
  private int hovered = -1;

  public Waterfall(ThemeColors colors) {
    super(colors);
    scroll.setFitToWidth(true);
    scroll.setMinSize(0, 0);
    scroll.getStyleClass().add("trace-scroll");
    scroll.vvalueProperty().addListener(change -> redraw());
    scroll.viewportBoundsProperty().addListener(change -> redraw());
    getStyleClass().add("waterfall");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    addEventHandler(MouseEvent.MOUSE_MOVED, e -> hover(rowAt(e.getY())));
    addEventHandler(MouseEvent.MOUSE_EXITED, e -> hover(-1));
  }

  /** The node to show: the waterfall with its scroll bar. Only what is in sight is drawn. */
  public ScrollPane scrolled() {
    return scroll;
  }

  @Override
  protected double visibleTop() {
    double hidden = getHeight() - visibleHeight(getHeight());
    return Math.max(0, hidden * scroll.getVvalue());
  }

  @Override
  protected double visibleHeight(double height) {
    double viewport = scroll.getViewportBounds().getHeight();
    return viewport <= 0 ? height : Math.min(height, viewport);
  }

  /** Shows other spans, parents before children; they may be of a call that is still running. */
  public void setSpans(List<TraceSpan> next) {
    spans = List.copyOf(next);
    hovered = -1;
    String words =
        spans.stream().limit(MOST_WORDS).map(this::words).collect(Collectors.joining(". "));
    int more = spans.size() - MOST_WORDS;
    setAccessibleText(more > 0 ? words + ". And " + Units.count(more) + " more" : words);
    requestLayout();
    redraw();
  }

  private String words(TraceSpan span) {
    return span.name()
        + ", "
        + Units.duration(span.endAt() - span.startAt())
        + ", from "
        + Units.duration(span.startAt() - origin())
        + (span.failed() ? ", failed " + error(span) : "");
  }

  /** Everything that the row may have cut. */
  private static String tip(TraceSpan span) {
    return Stream.of(
            span.name() + "  " + Units.duration(span.endAt() - span.startAt()),
            span.detail(),
            error(span))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String error(TraceSpan span) {
    return span.reported() == null || span.reported().error() == null
        ? ""
        : span.reported().error();
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
      if (row < 0) {
        Tooltip.uninstall(this, tip);
      } else {
        tip.setText(tip(spans.get(row)));
        Tooltip.install(this, tip);
      }
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
    double top = Math.floor(visibleTop());
    double bottom = top + Math.ceil(visibleHeight(height));
    int first = Math.max(0, (int) ((top - scaled(RULER)) / scaled(ROW)));
    grid(g, scale, left, plot, bottom);
    g.save();
    g.beginPath();
    g.rect(0, top + scaled(RULER - 6), width, bottom);
    g.clip();
    for (int i = first; i < spans.size() && rowTop(i) < bottom; i++) {
      row(g, i, scale, left, width);
    }
    g.restore();
    ruler(g, scale, left, plot, top);
  }

  private double rowTop(int index) {
    return scaled(RULER) + index * scaled(ROW);
  }

  private void grid(GraphicsContext g, TimeScale scale, double left, double plot, double bottom) {
    double end = Math.min(bottom, rowTop(spans.size()));
    g.setFill(color(HearthColor.LINE));
    for (TimeTicks.Tick tick : TimeTicks.offsets(scale, origin(), plot + scaled(20))) {
      double x = left + Math.round(scale.x(tick.time()));
      double top = Math.floor(visibleTop()) + scaled(RULER - 6);
      g.fillRect(x, top, 1, Math.max(0, end - top));
    }
  }

  /** Stays in sight when the rows are scrolled. */
  private void ruler(GraphicsContext g, TimeScale scale, double left, double plot, double top) {
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFont(font(0.85));
    for (TimeTicks.Tick tick : TimeTicks.offsets(scale, origin(), plot + scaled(20))) {
      double x = left + Math.round(scale.x(tick.time()));
      g.setFill(color(HearthColor.FAINT));
      g.fillText(tick.label(), x + 3, top + scaled(16));
    }
  }

  private void row(GraphicsContext g, int index, TimeScale scale, double left, double width) {
    TraceSpan span = spans.get(index);
    double top = rowTop(index);
    double middle = top + Math.round(scaled(ROW) / 2);
    if (index == hovered) {
      g.setFill(color(HearthColor.HOVER));
      g.fillRect(0, top, width, scaled(ROW));
    }
    double indent = scaled(20 + INDENT * Math.min(span.depth(), DEEPEST_INDENT));
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
    if (span.failed()) {
      g.setFill(color(HearthColor.ERROR));
      g.fillRect(x + width - 3, top, 3, height);
    }
  }

  private static HearthColor token(TraceSpan.Kind kind) {
    return switch (kind) {
      case SERVICE, OVERHEAD, QUEUE -> HearthColor.IDLE;
      case INIT -> HearthColor.COLD;
      case INVOKE, SEGMENT -> HearthColor.WARM;
      case REMOTE -> HearthColor.THROTTLE;
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
      if (span.failed()) {
        error(g, span, left, x + wide + 8, left + Math.round(scale.x(span.startAt())) - 7, middle);
      }
    } else {
      g.setTextAlign(TextAlignment.RIGHT);
      g.setFill(color(span.kind() == TraceSpan.Kind.INIT ? HearthColor.ON_COLD : HearthColor.TEXT));
      g.fillText(text, x - 13, middle);
    }
  }

  /** What went wrong stands on that side of the bar that has room for it. */
  private void error(
      GraphicsContext g, TraceSpan span, double left, double after, double before, double middle) {
    String text = "\u2715 " + error(span);
    double wide = text.length() * fontSize() * 0.5;
    g.setFill(color(HearthColor.ERROR));
    if (wide > getWidth() - after - 4 && before - left > getWidth() - after) {
      g.setTextAlign(TextAlignment.RIGHT);
      fitted(g, text, before, middle, before - left);
    } else {
      fitted(g, text, after, middle, getWidth() - after - 4);
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
