package dev.hearth.app.ui.timeline;

import dev.hearth.app.service.PastLoader;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Font;
import javafx.util.Subscription;

/**
 * The timeline's nodes: one canvas, a scroll bar and a card. It draws at most once per pulse, only
 * when something has changed, and not at all while nothing does.
 */
final class TimelineView implements Panel {
  private final PanelContext context;
  private final TimelineViewModel viewModel;
  private final PastLoader past;
  private final StackPane root = new StackPane();
  private final Canvas canvas = new Canvas();
  private final ScrollBar scroll = new ScrollBar();
  private final Label card = new Label();
  private final EmptyState empty;
  private final Label fontProbe = new Label();
  private final TimelineMetrics metrics = new TimelineMetrics(fontProbe.getFont().getSize());
  private final TimelinePainter painter;
  private final TimelineInput input;
  private final TimelineTools tools;
  private final TimelineLoader loader;
  private final TimelineMap map;
  private final AnimationTimer timer;
  private Subscription subscriptions = Subscription.EMPTY;
  private boolean dirty = true;
  private boolean running;

  TimelineView(PanelContext context, TimelineViewModel viewModel) {
    this.context = context;
    this.viewModel = viewModel;
    past = new PastLoader(context.session().history(), context.state(), context.tasks());
    Texts texts = Texts.of("timeline");
    painter = new TimelinePainter(viewModel, context.colors(), metrics);
    loader = new TimelineLoader(context, viewModel);
    map = new TimelineMap(viewModel, context.colors());
    tools =
        new TimelineTools(viewModel, this::plotWidth, new TimelineExport(context, viewModel, this));
    empty = EmptyState.offering(texts.get("empty"), context.actions(), "invoke");
    card.getStyleClass().add("timeline-card");
    card.setManaged(false);
    card.setVisible(false);
    card.setMouseTransparent(true);
    scroll.setOrientation(Orientation.VERTICAL);
    root.getStyleClass().add("timeline");
    root.setMinSize(0, 0);
    root.setFocusTraversable(true);
    root.setAccessibleRole(AccessibleRole.NODE);
    root.setAccessibleText(texts.get("accessible"));
    canvas.setManaged(false);
    StackPane.setAlignment(scroll, Pos.CENTER_RIGHT);
    fontProbe.setManaged(false);
    fontProbe.setVisible(false);
    map.setManaged(false);
    root.getChildren().addAll(fontProbe, canvas, scroll, map, empty, card);
    scroll.setMaxWidth(12);
    input =
        new TimelineInput(
            context, viewModel, new TimelineInput.Surface(root, scroll, card, metrics));
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            pulse();
          }
        };
    listen(context);
  }

  private void listen(PanelContext context) {
    Runnable changed = this::invalidate;
    subscriptions =
        Subscription.combine(
            viewModel.model().revisionProperty().subscribe(changed),
            viewModel.scaleProperty().subscribe(changed),
            viewModel.rangeProperty().subscribe(this::rangeChanged),
            viewModel.requestProperty().subscribe(changed),
            viewModel.figuresProperty().subscribe(changed),
            viewModel.past().revisionProperty().subscribe(changed),
            viewModel.choice().revisionProperty().subscribe(changed),
            viewModel.followProperty().subscribe(changed),
            viewModel.invocations().selectedProperty().subscribe(changed),
            context.colors().paletteProperty().subscribe(changed),
            scroll.valueProperty().subscribe(changed),
            fontProbe.fontProperty().subscribe(this::followFont),
            root.widthProperty().subscribe(changed),
            root.heightProperty().subscribe(changed),
            root.sceneProperty().subscribe(changed));
  }

  private void followFont(Font font) {
    metrics.setFontSize(font.getSize());
    invalidate();
  }

  private void rangeChanged() {
    loader.readFigures();
    invalidate();
  }

  double plotWidth() {
    return root.getWidth() - metrics.labels();
  }

  /** Whether a drawing is under way or wanted. */
  boolean isScheduled() {
    return running;
  }

  /** Asks for a drawing with the next pulse; nothing is scheduled while the panel is not shown. */
  private void invalidate() {
    dirty = true;
    if (!running && root.getScene() != null) {
      running = true;
      timer.start();
    }
  }

  private void pulse() {
    boolean live = viewModel.model().active() && root.getScene() != null;
    if (!dirty && !live) {
      running = false;
      timer.stop();
      return;
    }
    viewModel.takeRequest(plotWidth());
    viewModel.followNow(plotWidth());
    dirty = false;
    draw();
  }

  private void draw() {
    loader.ensure(plotWidth());
    boolean nothing = viewModel.isEmpty();
    layoutMap(nothing);
    empty.setVisible(nothing);
    canvas.setVisible(!nothing);
    layoutScroll();
    if (nothing || root.getWidth() <= 0 || root.getHeight() <= 0) {
      return;
    }
    canvas.setWidth(root.getWidth());
    canvas.setHeight(lanesHeight());
    painter.paint(
        canvas.getGraphicsContext2D(), canvas.getWidth(), canvas.getHeight(), scroll.getValue());
    input.refreshCard();
    loadCurves();
  }

  /** Memory curves of earlier sessions are read when their lanes are first seen. */
  private void loadCurves() {
    List<TimelineLane> lanes = viewModel.shownLanes(plotWidth());
    for (int i = 0; i < lanes.size(); i++) {
      int top = metrics.laneTop(i, scroll.getValue());
      if (top > -metrics.lane() && top < root.getHeight()) {
        past.loadMemory(
            lanes.get(i), failure -> context.state().notices().add(Failures.notice(failure)));
      }
    }
  }

  private double lanesHeight() {
    return Math.max(1, root.getHeight() - (map.isVisible() ? map.getHeight() : 0));
  }

  private void layoutMap(boolean nothing) {
    double height = map.wantedHeight();
    map.setVisible(!nothing && height > 0 && root.getHeight() > 4 * height);
    map.resizeRelocate(0, root.getHeight() - height, root.getWidth(), height);
    map.redraw();
  }

  /** Draws what is shown on another canvas, for a picture. */
  void paintOn(Canvas target) {
    target.setWidth(root.getWidth());
    target.setHeight(lanesHeight());
    painter.paint(
        target.getGraphicsContext2D(), target.getWidth(), target.getHeight(), scroll.getValue());
  }

  private void layoutScroll() {
    double content = viewModel.shownLanes(plotWidth()).size() * (double) metrics.lane() + 8;
    double visible = Math.max(1, lanesHeight() - metrics.ruler());
    boolean atEnd = scroll.getValue() >= scroll.getMax() - 1;
    double max = Math.max(0, content - visible);
    scroll.setVisible(max > 0);
    if (scroll.getMax() != max) {
      scroll.setMax(max);
      scroll.setVisibleAmount(max * visible / content);
      scroll.setUnitIncrement(metrics.lane());
      scroll.setBlockIncrement(visible);
    }
    if (viewModel.followProperty().get() && atEnd || scroll.getValue() > max) {
      scroll.setValue(max);
    }
  }

  @Override
  public Node node() {
    return root;
  }

  @Override
  public Optional<Node> tools() {
    return Optional.of(tools.node());
  }

  @Override
  public void close() {
    timer.stop();
    subscriptions.unsubscribe();
    tools.close();
  }
}
