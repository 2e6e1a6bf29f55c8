package dev.hearth.app.ui.insights;

import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;

/** The charts, their twin tables, and of which calls they are. */
final class InsightsView implements Panel {
  private final InsightsViewModel viewModel;
  private final Texts texts = Texts.of("insights");
  private final BorderPane root = new BorderPane();
  private final List<InsightChart> charts;
  private final ScrollPane scroll;
  private final InsightTables tables;
  private final ComboBox<String> functions = new ComboBox<>();
  private final Label span = new Label();
  private final ToggleGroup shape = new ToggleGroup();
  private final EmptyState empty;
  private final StackPane body = new StackPane();
  private final Subscriptions subscriptions = new Subscriptions();
  private boolean filling;

  InsightsView(PanelContext context, InsightsViewModel viewModel) {
    this.viewModel = viewModel;
    charts =
        Stream.of(Metric.values())
            .map(metric -> new InsightChart(metric, viewModel, context.colors(), texts))
            .toList();
    ChartGrid grid = new ChartGrid(charts);
    scroll = new ScrollPane(grid);
    scroll.setFitToWidth(true);
    scroll.setFitToHeight(true);
    scroll.getStyleClass().add("insight-scroll");
    tables =
        new InsightTables(
            texts, index -> viewModel.showInTimeline(index, index), this::chooseFunction);
    empty = EmptyState.offering(texts.get("empty"), context.actions(), "invoke");
    root.getStyleClass().add("insights");
    root.setMinSize(0, 0);
    root.setTop(bar());
    root.setCenter(body);
    body.setMinSize(0, 0);
    subscriptions.now(span.fontProperty(), () -> grid.setEm(span.getFont().getSize()));
    subscriptions.now(root.sceneProperty(), () -> viewModel.setActive(root.getScene() != null));
    subscriptions.now(viewModel.insightsProperty(), this::show);
    subscriptions.later(viewModel.sessionOnlyProperty(), this::show);
    subscriptions.later(shape.selectedToggleProperty(), this::show);
  }

  private HBox bar() {
    functions.getItems().add("");
    functions.setValue("");
    functions.setAccessibleText(texts.get("function"));
    functions.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(String name) {
            return name == null || name.isEmpty() ? texts.get("function.all") : name;
          }

          @Override
          public String fromString(String text) {
            return text;
          }
        });
    functions.valueProperty().addListener((source, old, now) -> picked(now));
    ToggleGroup scope = new ToggleGroup();
    HBox scopes = toggles(scope, "session", "all");
    scope
        .selectedToggleProperty()
        .subscribe(now -> viewModel.sessionOnlyProperty().set("session".equals(key(now))));
    HBox shapes = toggles(shape, "charts", "functions", "times");
    span.getStyleClass().add("muted");
    span.setMinWidth(0);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox bar = new HBox(functions, scopes, span, gap, shapes);
    bar.getStyleClass().add("insight-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  private static String key(Toggle toggle) {
    return toggle == null ? "" : String.valueOf(toggle.getUserData());
  }

  /** One of several, the first one chosen; one is always chosen. */
  private HBox toggles(ToggleGroup group, String... keys) {
    HBox box = new HBox();
    box.setAlignment(Pos.CENTER_LEFT);
    box.setMinWidth(Region.USE_PREF_SIZE);
    for (String key : keys) {
      ToggleButton button = new ToggleButton(texts.get("toggle." + key));
      button.getStyleClass().addAll("flat", "small");
      button.setUserData(key);
      button.setToggleGroup(group);
      box.getChildren().add(button);
    }
    group.selectToggle(group.getToggles().getFirst());
    group
        .selectedToggleProperty()
        .subscribe(
            (old, now) -> {
              if (now == null) {
                group.selectToggle(old);
              }
            });
    return box;
  }

  private void picked(String name) {
    if (!filling && name != null) {
      viewModel.functionProperty().set(name);
    }
  }

  private void chooseFunction(String name) {
    functions.setValue(name);
    shape.selectToggle(shape.getToggles().getFirst());
  }

  private void show() {
    Insights shown = viewModel.insightsProperty().get();
    tables.show(shown);
    boolean nothing = shown == null || shown.stretches().isEmpty();
    empty.setText(texts.get(viewModel.sessionOnlyProperty().get() ? "empty" : "empty.all"));
    empty.setVisible(shown != null);
    Node front =
        switch (key(shape.getSelectedToggle())) {
          case "functions" -> tables.functions();
          case "times" -> tables.times();
          default -> scroll;
        };
    body.getChildren().setAll(nothing ? empty : front);
    if (nothing) {
      span.setText("");
      return;
    }
    span.setText(
        texts.get(
            "span",
            InsightTables.clock(shown.from()),
            InsightTables.clock(shown.start(shown.stretches().size())),
            Units.duration(shown.stepNanos())));
    fillFunctions(shown);
  }

  private void fillFunctions(Insights shown) {
    List<String> names = new ArrayList<>(List.of(""));
    shown.functions().stream().map(GroupSummary::key).sorted().forEach(names::add);
    String chosen = viewModel.functionProperty().get();
    if (!names.contains(chosen)) {
      names.add(chosen);
    }
    if (!functions.getItems().equals(names)) {
      filling = true;
      functions.getItems().setAll(names);
      functions.setValue(chosen);
      filling = false;
    }
  }

  /** The charts, for tests. */
  List<InsightChart> charts() {
    return charts;
  }

  @Override
  public Node node() {
    return root;
  }

  @Override
  public void focus() {
    charts.getFirst().requestFocus();
  }

  @Override
  public void close() {
    subscriptions.close();
    charts.forEach(InsightChart::close);
    viewModel.close();
  }
}
