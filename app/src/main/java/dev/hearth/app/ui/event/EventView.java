package dev.hearth.app.ui.event;

import dev.hearth.app.project.TestEvent;
import dev.hearth.app.project.json.JsonProblem;
import dev.hearth.app.service.EventService;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.code.CodeEditor;
import dev.hearth.app.ui.kit.code.LineMarker;
import dev.hearth.app.ui.kit.code.Place;
import dev.hearth.app.ui.kit.code.lex.Language;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The event's nodes: the text, and below it what keeps it from being JSON. */
final class EventView implements Panel {
  private final EventViewModel viewModel;
  private final Texts texts = Texts.of("event");
  private final CodeEditor code = new CodeEditor(Language.JSON);
  private final BorderPane content = new BorderPane(code);
  private final EmptyState empty;
  private final StackPane root;
  private final HBox tools = new HBox();
  private final Hyperlink problem = new Hyperlink();
  private final Subscription subscription;

  EventView(EventViewModel viewModel) {
    this.viewModel = viewModel;
    code.setLineNumbers(false);
    code.setEditable(!viewModel.readOnly());
    empty = new EmptyState(texts.get("empty"), templates());
    root = new StackPane(content, empty);
    root.getStyleClass().add("event");
    root.setMinSize(0, 0);
    problem.getStyleClass().add("event-problem");
    problem.setOnAction(e -> goToProblem());
    fillTools();
    code.focusWithinProperty()
        .subscribe(
            inside -> {
              if (!inside) {
                viewModel.save();
              }
            });
    subscription =
        Subscription.combine(
            viewModel.shownProperty().subscribe(this::show),
            code.editsProperty().subscribe(edits -> viewModel.edited(code.text())),
            viewModel.problemProperty().subscribe(this::mark));
  }

  private void fillTools() {
    Button format = new Button(texts.get("format"));
    format.getStyleClass().addAll("flat", "small");
    format.setTooltip(new Tooltip(texts.get("format.tip")));
    format.setOnAction(e -> viewModel.formatted(code.text()).ifPresent(code::replaceText));
    format.disableProperty().bind(viewModel.problemProperty().isNotNull());
    tools.setAlignment(Pos.CENTER_RIGHT);
    tools.setSpacing(4);
    tools.getChildren().addAll(format, templates());
  }

  private MenuButton templates() {
    MenuButton menu = new MenuButton(texts.get("template"));
    menu.getStyleClass().addAll("flat", "small");
    menu.setTooltip(new Tooltip(texts.get("template.tip")));
    for (EventService.EventTemplate template : viewModel.templates()) {
      MenuItem item = new MenuItem(template.title());
      item.setOnAction(e -> viewModel.create(template));
      menu.getItems().add(item);
    }
    return menu;
  }

  private void show(@Nullable TestEvent event) {
    content.setVisible(event != null);
    empty.setVisible(event == null);
    tools.setVisible(event != null);
    if (event != null && !event.json().equals(code.text())) {
      code.setText(event.json());
    }
  }

  private void mark(@Nullable JsonProblem found) {
    if (found == null) {
      content.setBottom(null);
      code.setMarkers(List.of());
      return;
    }
    problem.setText(found.describe());
    content.setBottom(problem);
    code.setMarkers(List.of(new LineMarker(found.line() - 1, found.column() - 1, found.message())));
  }

  private void goToProblem() {
    JsonProblem found = viewModel.problemProperty().get();
    if (found != null) {
      code.goTo(new Place(found.line() - 1, found.column() - 1));
      code.focus();
    }
  }

  @Override
  public Node node() {
    return root;
  }

  @Override
  public Optional<Node> tools() {
    return Optional.of(tools);
  }

  @Override
  public void focus() {
    code.focus();
  }

  @Override
  public void close() {
    subscription.unsubscribe();
    viewModel.close();
    code.close();
  }
}
