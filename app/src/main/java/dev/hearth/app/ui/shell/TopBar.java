package dev.hearth.app.ui.shell;

import dev.hearth.app.action.Action;
import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.state.LiveEnvironments;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.CollapsingBar;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.Keys;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Reason;
import dev.hearth.app.ui.kit.StatusDot;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The bar at the top: what is open, what runs with what, and the buttons that run it. */
final class TopBar implements AutoCloseable {
  private final CollapsingBar bar = new CollapsingBar();
  private final Subscriptions subscriptions = new Subscriptions();
  private final Texts texts = Texts.of("shell");
  private final WorkbenchState state;
  private final ActionRegistry actions;
  private final RecentProjects recent;
  private final Chooser project;
  private final Chooser function;
  private final Chooser event;
  private final Button invoke;
  private final Button stop;
  private final BurstButton burst;
  private final Button search;
  private final Label invokeKey = new Label();

  /** Tells the recent projects and opens one. */
  interface RecentProjects {
    List<Path> list();

    void open(Path file);
  }

  TopBar(PanelContext context, RecentProjects recent, BurstFlow flow) {
    this.state = context.state();
    this.actions = context.actions();
    this.recent = recent;
    bar.getStyleClass().add("top-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    project = new Chooser(texts.get("project"), this::projectItems);
    project.setValue(context.session().project().name());
    function = new Chooser(texts.get("function"), this::functionItems);
    event = new Chooser(texts.get("event"), this::eventItems);
    invoke = invokeButton(actions.get("invoke"));
    stop = Buttons.icon(actions.get("stop"));
    stop.getStyleClass().add("stop-button");
    burst = new BurstButton(actions, flow, texts);
    search = searchButton(actions.get("search"));
    ConfigurationChoosers configuration = new ConfigurationChoosers(context, texts, subscriptions);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    Label name = new Label(texts.get("product"));
    name.getStyleClass().add("product-name");
    name.setMinWidth(Region.USE_PREF_SIZE);
    bar.getChildren()
        .addAll(
            new ProductMark(),
            name,
            project,
            function,
            event,
            Reason.around(invoke, state.trustedProperty(), subscriptions),
            stop,
            Reason.around(burst.node(), state.trustedProperty(), subscriptions),
            gap);
    bar.getChildren()
        .addAll(configuration.memory, configuration.timeout, configuration.architecture, search);
    for (Node node : List.of(invoke, stop, burst.node(), search)) {
      ((Region) node).setMinWidth(Region.USE_PREF_SIZE);
    }
    addSteps(name, configuration);
    subscribe();
  }

  Node node() {
    return bar;
  }

  /** Opens "invoke N times" under its button. */
  void openBurst() {
    burst.open();
  }

  private Button invokeButton(Action action) {
    Button button = Buttons.of(action);
    button.getStyleClass().add("invoke-button");
    invokeKey.setText(action.key());
    invokeKey.getStyleClass().add("invoke-key");
    HBox content = new HBox(Icons.of(action.icon()), new Label(action.text()), invokeKey);
    content.setAlignment(Pos.CENTER);
    content.getStyleClass().add("button-content");
    button.setText(null);
    button.setGraphic(content);
    button.setAccessibleText(action.text());
    return button;
  }

  private Button searchButton(Action action) {
    Label key = new Label(action.key());
    key.getStyleClass().add("key-hint");
    Label text = new Label(action.text());
    text.getStyleClass().add("muted");
    text.setMinWidth(Region.USE_PREF_SIZE);
    key.setMinWidth(Region.USE_PREF_SIZE);
    Region gap = new Region();
    gap.getStyleClass().add("search-gap");
    HBox content = new HBox(Icons.of("search"), text, gap, key);
    content.getStyleClass().add("search-content");
    content.setAlignment(Pos.CENTER_LEFT);
    Button button = new Button(null, content);
    button.getStyleClass().add("search-button");
    button.setAccessibleText(action.text());
    button.setTooltip(new Tooltip(Keys.withKey(action.text(), action.key())));
    button.setOnAction(e -> action.fire());
    return button;
  }

  /** From the least to the most missed. */
  private void addSteps(Label name, ConfigurationChoosers configuration) {
    HBox searchContent = (HBox) search.getGraphic();
    bar.addStep(gone -> show(!gone, name));
    bar.addStep(gone -> show(!gone, invokeKey));
    bar.addStep(
        gone -> show(!gone, searchContent.getChildren().subList(1, 4).toArray(Node[]::new)));
    bar.addStep(gone -> event.setPrefix(gone ? "" : texts.get("event.prefix")));
    bar.addStep(gone -> burst.setCompact(gone));
    bar.addStep(gone -> function.setChip(gone ? "" : runtime()));
    bar.addStep(gone -> shorten(gone, 9, 14));
    bar.addStep(gone -> show(!gone, configuration.architecture));
    bar.addStep(gone -> shorten(gone, 5, 9));
    bar.addStep(gone -> show(!gone, configuration.timeout));
    bar.addStep(gone -> show(!gone, configuration.memory));
    bar.addStep(gone -> show(!gone, project));
  }

  private void shorten(boolean gone, double less, double more) {
    for (Chooser chooser : List.of(project, function, event)) {
      chooser.setLongest(gone ? less : more);
    }
  }

  private static void show(boolean shown, Node... nodes) {
    for (Node node : nodes) {
      node.setVisible(shown);
      node.setManaged(shown);
    }
  }

  private void subscribe() {
    event.setPrefix(texts.get("event.prefix"));
    shorten(false, 9, 14);
    subscriptions.now(state.functionProperty(), this::showFunction);
    subscriptions.now(state.eventProperty(), this::showEvent);
    subscriptions.now(state.environments().revisionProperty(), this::showDot);
  }

  private void showFunction() {
    FunctionDefinition current = state.functionProperty().get();
    function.setValue(current == null ? texts.get("no.function") : current.name());
    function.setChip(runtime());
    showDot();
    bar.refit();
  }

  private String runtime() {
    FunctionDefinition current = state.functionProperty().get();
    return current == null ? "" : current.configuration().runtime().id();
  }

  private void showDot() {
    FunctionDefinition current = state.functionProperty().get();
    LiveEnvironments environments = state.environments();
    StatusDot.Status status = StatusDot.Status.IDLE;
    if (current != null && environments.busy(current.name())) {
      status = StatusDot.Status.BUSY;
    } else if (current != null && environments.warm(current.name()) > 0) {
      status = StatusDot.Status.WARM;
    }
    function.dot().setStatus(status);
  }

  private void showEvent() {
    TestEvent current = state.eventProperty().get();
    event.setValue(current == null ? texts.get("no.event") : current.name());
    bar.refit();
  }

  private List<MenuItem> projectItems() {
    List<MenuItem> items = actionItems("project.new", "project.open");
    Menu recents = new Menu(texts.get("open.recent"));
    for (Path file : recent.list()) {
      MenuItem item = new MenuItem(file.toString());
      item.setMnemonicParsing(false);
      item.setOnAction(e -> recent.open(file));
      recents.getItems().add(item);
    }
    recents.setDisable(recents.getItems().isEmpty());
    items.add(recents);
    items.addAll(actionItems("project.sample", "project.close"));
    items.add(new SeparatorMenuItem());
    items.addAll(actionItems("function.new", "function.link"));
    items.add(new SeparatorMenuItem());
    items.addAll(actionItems("layout.reset", "quit"));
    return items;
  }

  private List<MenuItem> functionItems() {
    List<MenuItem> items = new ArrayList<>();
    FunctionDefinition current = state.functionProperty().get();
    for (FunctionDefinition one : state.functions()) {
      items.add(
          choice(
              one.name() + "  ·  " + one.configuration().runtime().id(),
              one.equals(current),
              chosen -> state.functionProperty().set(one)));
    }
    if (!items.isEmpty()) {
      items.add(new SeparatorMenuItem());
    }
    items.addAll(actionItems("function.new", "function.link", "function.configure"));
    return items;
  }

  private List<MenuItem> eventItems() {
    List<MenuItem> items = new ArrayList<>();
    TestEvent current = state.eventProperty().get();
    for (TestEvent one : state.events()) {
      items.add(
          choice(
              one.kind().isEmpty() ? one.name() : one.name() + "  ·  " + one.kind(),
              one.equals(current),
              chosen -> state.eventProperty().set(one)));
    }
    if (!items.isEmpty()) {
      items.add(new SeparatorMenuItem());
    }
    items.addAll(actionItems("event.new"));
    return items;
  }

  private static MenuItem choice(String text, boolean chosen, Consumer<Boolean> onChosen) {
    RadioMenuItem item = new RadioMenuItem(text);
    item.setMnemonicParsing(false);
    item.setSelected(chosen);
    item.setOnAction(e -> onChosen.accept(true));
    return item;
  }

  private List<MenuItem> actionItems(String... ids) {
    List<MenuItem> items = new ArrayList<>();
    for (String id : ids) {
      items.add(Buttons.menuItem(actions.get(id)));
    }
    return items;
  }

  @Override
  public void close() {
    subscriptions.close();
    burst.close();
  }
}
