package dev.hearth.app.ui.trace;

import dev.hearth.app.action.Action;
import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.time.SelectedDetail;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** The inspector's nodes: list, figures, tabs; or the sentence that says how to get there. */
final class InspectorView implements Panel {
  private static final double LIST_EMS = 22;
  private static final double LIST_SHARE = 0.38;
  private static final double NARROW_EMS = 38;
  private static final String PREVIOUS = "invocation.previous";
  private static final String NEXT = "invocation.next";

  private final PanelContext context;
  private final InspectorViewModel viewModel;
  private final Texts texts;
  private final StackPane root = new StackPane();
  private final InvocationListPane list;
  private final FigureBar figures = new FigureBar();
  private final DetailTabs tabs;
  private final SplitMenuButton replay = new SplitMenuButton();
  private final Button save;
  private final Button compare;
  private final SplitPane split;
  private final EmptyState empty;
  private final BooleanBinding inFront;
  private final Subscriptions subscriptions = new Subscriptions();

  InspectorView(PanelContext context, InspectorViewModel viewModel) {
    this.context = context;
    this.viewModel = viewModel;
    texts = viewModel.texts();
    list = new InvocationListPane(viewModel);
    tabs = new DetailTabs(viewModel, context.colors());
    replayButton();
    save = button("save", "save", viewModel::saveEvent);
    compare = button("compare", "columns", this::compare);
    compare.setTooltip(new Tooltip(texts.get("compare.tip")));
    split = new SplitPane(list, rightSide());
    split.setDividerPositions(0.26);
    SplitPane.setResizableWithParent(list, false);
    empty = new EmptyState(texts.get("inspector.empty"));
    root.getStyleClass().add("inspector");
    root.setMinSize(0, 0);
    subscriptions.now(root.widthProperty(), this::shareWidth);
    subscriptions.now(save.fontProperty(), this::shareWidth);
    inFront = context.state().viewProperty().isEqualTo(InspectorContribution.ID);
    registerActions(context.actions());
    SelectedDetail detail = viewModel.detail();
    subscriptions.now(root.sceneProperty(), () -> detail.setActive(root.getScene() != null));
    subscriptions.later(detail.recordProperty(), this::show);
    subscriptions.now(viewModel.comparison().otherProperty(), this::showComparison);
    subscriptions.later(detail.problemProperty(), this::show);
    subscriptions.later(context.state().trustedProperty(), this::show);
    subscriptions.now(detail.detailProperty(), this::show);
    subscriptions.now(viewModel.countProperty(), this::showEmptyOrFull);
  }

  private Button button(String key, String icon, Runnable action) {
    Button button = new Button(texts.get(key), Icons.of(icon));
    button.setOnAction(event -> action.run());
    return button;
  }

  private void replayButton() {
    replay.setText(texts.get("replay"));
    replay.setGraphic(Icons.of("rotate-cw"));
    replay.getStyleClass().add("replay");
    replay.setOnAction(event -> viewModel.replay(false));
    MenuItem same = new MenuItem(texts.get("replay.same"));
    same.setOnAction(event -> viewModel.replay(false));
    MenuItem today = new MenuItem(texts.get("replay.today"));
    today.setOnAction(event -> viewModel.replay(true));
    MenuItem measure = new MenuItem(texts.get("imports.measure"));
    measure.setOnAction(event -> viewModel.measureImports());
    replay.getItems().addAll(same, today, measure);
  }

  /** A call to compare with was chosen, here or elsewhere. */
  private void showComparison() {
    if (viewModel.comparison().otherProperty().get() != null) {
      tabs.select("compare");
    }
    show();
  }

  private Node rightSide() {
    HBox buttons = new HBox(replay, compare, save);
    buttons.getStyleClass().add("inspector-buttons");
    buttons.setAlignment(Pos.CENTER_RIGHT);
    replay.setMinWidth(Button.USE_PREF_SIZE);
    save.setMinWidth(Button.USE_PREF_SIZE);
    compare.setMinWidth(Button.USE_PREF_SIZE);
    HBox.setHgrow(figures, Priority.ALWAYS);
    HBox head = new HBox(figures, buttons);
    head.widthProperty().subscribe(width -> shorten(width.doubleValue()));
    head.getStyleClass().add("inspector-head");
    head.setAlignment(Pos.CENTER_LEFT);
    BorderPane right = new BorderPane(tabs);
    right.setTop(head);
    right.setMinSize(0, 0);
    return right;
  }

  /** The list gets what its rows need, but never the room of the call itself. */
  private void shareWidth() {
    list.setMinWidth(Math.min(LIST_EMS * save.getFont().getSize(), LIST_SHARE * root.getWidth()));
  }

  /** With large text in a small window the figures need the room of the buttons' words. */
  private void shorten(double width) {
    boolean narrow = width < NARROW_EMS * save.getFont().getSize();
    ContentDisplay display = narrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
    for (Labeled each : List.of(replay, compare, save)) {
      each.setContentDisplay(display);
    }
  }

  private void registerActions(ActionRegistry actions) {
    actions.register(
        new Action(
            PREVIOUS,
            texts.get("previous"),
            "chevron-up",
            "Ctrl+Up",
            inFront,
            () -> viewModel.step(-1)));
    actions.register(
        new Action(
            NEXT,
            texts.get("next"),
            "chevron-down",
            "Ctrl+Down",
            inFront,
            () -> viewModel.step(1)));
  }

  private void compare() {
    viewModel.compareWithThis();
    showComparison();
  }

  private void showEmptyOrFull() {
    boolean nothing = viewModel.feed().rows().isEmpty();
    Node shown = nothing ? empty : split;
    if (!root.getChildren().contains(shown)) {
      root.getChildren().setAll(shown);
    }
    if (!nothing && root.getScene() != null) {
      viewModel.selectSomething();
    }
  }

  private void show() {
    SelectedDetail detail = viewModel.detail();
    InvocationRecord record = detail.recordProperty().get();
    figures.show(record, detail.detailProperty().get());
    tabs.show(record, detail.detailProperty().get(), detail.problemProperty().get());
    replay.setDisable(!viewModel.canReplay());
    save.setDisable(detail.detailProperty().get() == null);
    compare.setDisable(detail.detailProperty().get() == null);
    replay.setTooltip(new Tooltip(replayNote(record)));
    save.setTooltip(new Tooltip(texts.get("save.tip")));
  }

  private String replayNote(@Nullable InvocationRecord record) {
    if (!context.state().trustedProperty().get()) {
      return texts.get("replay.restricted");
    }
    return record != null && viewModel.function(record).isEmpty()
        ? texts.get("replay.gone")
        : texts.get("replay.tip", record == null ? "" : record.functionName());
  }

  @Override
  public Node node() {
    return root;
  }

  @Override
  public void focus() {
    viewModel.selectSomething();
    list.focus();
  }

  @Override
  public void close() {
    subscriptions.close();
    inFront.dispose();
    context.actions().unregister(PREVIOUS);
    context.actions().unregister(NEXT);
    list.close();
    tabs.close();
    viewModel.close();
  }
}
