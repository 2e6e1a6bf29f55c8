package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.time.TimeScale;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.scene.Cursor;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * Keyboard and mouse of the timeline (DESIGN.md section 4): W/S zoom, A/D pan, F fits, period and
 * comma step through invocations, Ctrl+wheel zooms at the pointer, a drag selects a range, a drag
 * with the middle button or on the ruler pans, a click selects.
 */
final class TimelineInput {
  private static final double ZOOM_STEP = 1.25;
  private static final double PAN_STEP = 80;
  private static final double DRAG_SLOP = 4;

  private final PanelContext context;
  private final TimelineViewModel viewModel;
  private final Surface surface;
  private final TimelineMetrics metrics;
  private final TimelineCards cards = new TimelineCards();
  private double pressX;
  private double lastX;
  private double pointerX = -1;
  private double pointerY = -1;
  private final Texts texts = Texts.of("timeline");
  private final ContextMenu menu = new ContextMenu();
  private boolean spaceDown;
  private boolean panning;
  private boolean selecting;

  /** The nodes that input acts on. */
  record Surface(Region root, ScrollBar scroll, Label card, TimelineMetrics metrics) {}

  TimelineInput(PanelContext context, TimelineViewModel viewModel, Surface surface) {
    this.context = context;
    this.viewModel = viewModel;
    this.surface = surface;
    metrics = surface.metrics();
    Region root = surface.root();
    root.addEventHandler(ScrollEvent.SCROLL, this::wheel);
    root.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    root.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    root.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    root.addEventHandler(MouseEvent.MOUSE_MOVED, this::move);
    root.addEventHandler(MouseEvent.MOUSE_EXITED, e -> leave());
    root.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    root.addEventHandler(KeyEvent.KEY_RELEASED, this::released);
    root.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
  }

  private void released(KeyEvent e) {
    if (e.getCode() == KeyCode.SPACE) {
      spaceDown = false;
    }
  }

  /** Pin and hide, for the lane under the pointer or the first one. */
  private void menu(ContextMenuEvent e) {
    List<TimelineLane> lanes = viewModel.shownLanes(plotWidth());
    int index = e.isKeyboardTrigger() ? 0 : metrics.laneAt(e.getY(), surface.scroll().getValue());
    menu.hide();
    menu.getItems().clear();
    LaneChoice choice = viewModel.choice();
    if (index >= 0 && index < lanes.size()) {
      TimelineLane lane = lanes.get(index);
      item(choice.isPinned(lane) ? "lane.unpin" : "lane.pin", () -> choice.togglePin(lane));
      item("lane.hide", () -> choice.hide(lane));
      item("lane.hide.function", () -> choice.hideFunction(lane.functionName()));
    }
    if (choice.hidesSome()) {
      item("lane.show.all", choice::showAll);
    }
    if (!menu.getItems().isEmpty()) {
      menu.show(surface.root(), e.getScreenX(), e.getScreenY());
    }
    e.consume();
  }

  private void item(String key, Runnable action) {
    MenuItem item = new MenuItem(texts.get(key));
    item.setOnAction(e -> action.run());
    menu.getItems().add(item);
  }

  private double plotX(double x) {
    return x - metrics.labels();
  }

  private double plotWidth() {
    return surface.root().getWidth() - metrics.labels();
  }

  private void wheel(ScrollEvent e) {
    if (e.isControlDown() && e.getDeltaY() != 0) {
      double factor = e.getDeltaY() > 0 ? 1 / ZOOM_STEP : ZOOM_STEP;
      viewModel.zoom(plotX(e.getX()), factor, plotWidth());
    } else if (e.isShiftDown() || Math.abs(e.getDeltaX()) > Math.abs(e.getDeltaY())) {
      double delta = e.getDeltaX() != 0 ? e.getDeltaX() : e.getDeltaY();
      viewModel.pan(-delta);
    } else if (surface.scroll().isVisible()) {
      ScrollBar bar = surface.scroll();
      bar.setValue(Math.clamp(bar.getValue() - e.getDeltaY(), 0, bar.getMax()));
    }
    e.consume();
  }

  private void press(MouseEvent e) {
    surface.root().requestFocus();
    pressX = e.getX();
    lastX = e.getX();
    menu.hide();
    panning = e.getButton() == MouseButton.MIDDLE || spaceDown || e.getY() < metrics.ruler();
    selecting = false;
    surface.root().setCursor(panning ? Cursor.CLOSED_HAND : Cursor.DEFAULT);
    e.consume();
  }

  private void drag(MouseEvent e) {
    if (panning) {
      viewModel.pan(lastX - e.getX());
      lastX = e.getX();
    } else if (e.getButton() == MouseButton.PRIMARY
        && (selecting || Math.abs(e.getX() - pressX) > DRAG_SLOP)) {
      selecting = true;
      TimeScale scale = viewModel.scaleProperty().get();
      viewModel
          .rangeProperty()
          .set(TimeRange.of(scale.time(plotX(pressX)), scale.time(plotX(e.getX()))));
    }
    pointerX = e.getX();
    pointerY = e.getY();
    e.consume();
  }

  private void release(MouseEvent e) {
    surface.root().setCursor(Cursor.DEFAULT);
    boolean still = !selecting && Math.abs(e.getX() - pressX) <= DRAG_SLOP;
    if (still && e.getButton() == MouseButton.PRIMARY) {
      click(e);
    }
    panning = false;
    selecting = false;
    e.consume();
  }

  private void click(MouseEvent e) {
    viewModel.rangeProperty().set(null);
    TimelineHits.Hit hit = hit(e.getX(), e.getY());
    String request = hit == null ? throttled(e.getX(), e.getY()) : hit.request();
    if (hit != null && hit.span() >= 0 && hit.lane().buckets() != null && e.getClickCount() == 2) {
      BucketSeries buckets = hit.lane().buckets();
      long from = buckets.start(hit.span());
      viewModel.show(from - buckets.nanos() * 8, from + buckets.nanos() * 9, plotWidth());
    }
    if (request != null) {
      viewModel.select(request);
      if (e.getClickCount() == 2) {
        openInspector();
      }
    }
  }

  private void openInspector() {
    context.state().viewProperty().set("invocations");
  }

  private TimelineHits.@Nullable Hit hit(double x, double y) {
    return plotX(x) < 0
        ? null
        : TimelineHits.at(
            viewModel.shownLanes(plotWidth()),
            viewModel.scaleProperty().get(),
            plotX(x),
            metrics.laneAt(y, surface.scroll().getValue()));
  }

  /** The refused call whose mark on the ruler is at a place. */
  private @Nullable String throttled(double x, double y) {
    SpanSeries throttles = viewModel.model().throttles();
    int index =
        plotX(x) < 0 || y >= metrics.ruler()
            ? -1
            : TimelineHits.throttled(throttles, viewModel.scaleProperty().get(), plotX(x));
    return index < 0 ? null : throttles.request(index);
  }

  /** The words for what is at a place; null for nothing. */
  private @Nullable String words(double x, double y) {
    TimelineHits.Hit hit = hit(x, y);
    if (hit != null) {
      // The figures of a range are worth more than the words for idle time in it.
      boolean figures = hit.span() < 0 && viewModel.rangeProperty().get() != null;
      return figures ? null : cards.of(hit, viewModel.invocations());
    }
    String throttled = throttled(x, y);
    return throttled == null ? null : cards.throttled(viewModel.invocations().find(throttled));
  }

  private void move(MouseEvent e) {
    pointerX = e.getX();
    pointerY = e.getY();
    refreshCard();
  }

  private void leave() {
    pointerX = -1;
    refreshCard();
  }

  /** Shows what is under the pointer, or the figures of the dragged range. */
  void refreshCard() {
    Label card = surface.card();
    TimeRange range = viewModel.rangeProperty().get();
    String text = pointerX < 0 || selecting ? null : words(pointerX, pointerY);
    boolean atPointer = text != null;
    if (text == null && range != null) {
      text = cards.of(range, viewModel.summary());
    }
    card.setVisible(text != null && !viewModel.isEmpty());
    if (text == null) {
      return;
    }
    card.setText(text);
    card.autosize();
    double x =
        atPointer
            ? pointerX + 14
            : metrics.labels()
                + viewModel.scaleProperty().get().x(range == null ? 0 : range.from())
                + 6;
    double y = atPointer ? pointerY + 14 : metrics.ruler() + 4;
    double right = surface.root().getWidth() - card.getWidth() - 4;
    double bottom = surface.root().getHeight() - card.getHeight() - 4;
    card.relocate(Math.clamp(x, 4, Math.max(4, right)), Math.clamp(y, 4, Math.max(4, bottom)));
  }

  private void key(KeyEvent e) {
    if (e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
      return;
    }
    double centre = pointerX >= metrics.labels() ? plotX(pointerX) : plotWidth() / 2;
    switch (e.getCode()) {
      case W -> viewModel.zoom(centre, 1 / ZOOM_STEP, plotWidth());
      case S -> viewModel.zoom(centre, ZOOM_STEP, plotWidth());
      case A, LEFT -> viewModel.pan(-PAN_STEP);
      case D, RIGHT -> viewModel.pan(PAN_STEP);
      case F -> viewModel.fit(plotWidth());
      case PERIOD -> viewModel.step(1, plotWidth());
      case COMMA -> viewModel.step(-1, plotWidth());
      case SPACE -> spaceDown = true;
      case UP -> scrollBy(-metrics.lane());
      case DOWN -> scrollBy(metrics.lane());
      case ENTER -> openInspector();
      case ESCAPE -> {
        if (viewModel.rangeProperty().get() == null) {
          return;
        }
        viewModel.rangeProperty().set(null);
      }
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void scrollBy(double pixels) {
    ScrollBar bar = surface.scroll();
    bar.setValue(Math.clamp(bar.getValue() + pixels, 0, bar.getMax()));
  }
}
