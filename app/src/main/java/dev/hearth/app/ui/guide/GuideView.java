package dev.hearth.app.ui.guide;

import dev.hearth.app.action.Action;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.Focus;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** From nothing to the first cold start in six steps; each has the button that does it. */
final class GuideView implements Panel {
  private final Texts texts = Texts.of("guide");
  private final PanelContext context;
  private final GuideViewModel model;
  private final VBox steps = new VBox();
  private final ScrollPane node;

  GuideView(PanelContext context, GuideViewModel model) {
    this.context = context;
    this.model = model;
    Label title = new Label(texts.get("title"));
    title.getStyleClass().add("view-title");
    Label promise = wrapped(texts.get("promise"));
    promise.getStyleClass().add("muted");
    steps.getStyleClass().add("guide-steps");
    add("sample", List.of("project.sample"), null);
    add("code", List.of("view.workbench"), null);
    add("cold", List.of("invoke"), model.coldProperty());
    add("warm", List.of("invoke"), model.warmProperty());
    add("look", List.of("tool.timeline", "tool.memory", "tool.cost"), null);
    add("own", List.of("function.new", "function.link", "search.commands"), null);
    VBox box = new VBox(title, promise, steps);
    box.getStyleClass().add("guide");
    box.setMaxWidth(Region.USE_PREF_SIZE);
    node = new ScrollPane(box);
    node.setFitToWidth(true);
    node.getStyleClass().add("plain-scroll");
  }

  /** A step with those of its commands that this window has. */
  private void add(String key, List<String> commands, ObservableValue<String> result) {
    Label number = new Label(String.valueOf(steps.getChildren().size() + 1));
    number.getStyleClass().add("guide-number");
    number.setMinWidth(Region.USE_PREF_SIZE);
    Label heading = new Label(texts.get("step." + key + ".title"));
    heading.getStyleClass().add("guide-heading");
    VBox text = new VBox(heading, wrapped(texts.get("step." + key + ".text")));
    text.getStyleClass().add("guide-text");
    if (result != null) {
      Label told = wrapped("");
      told.textProperty().bind(result);
      told.getStyleClass().add("guide-result");
      text.getChildren().add(told);
    }
    HBox buttons = new HBox();
    buttons.getStyleClass().add("button-row");
    for (String command : commands) {
      context.actions().find(command).map(this::button).ifPresent(buttons.getChildren()::add);
    }
    text.getChildren().add(buttons);
    HBox.setHgrow(text, Priority.ALWAYS);
    HBox row = new HBox(number, text);
    row.setAlignment(Pos.TOP_LEFT);
    row.getStyleClass().add("guide-step");
    steps.getChildren().add(row);
  }

  private Button button(Action action) {
    Button button = Buttons.of(action);
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  private static Label wrapped(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    return label;
  }

  private Optional<Node> firstButton() {
    return Optional.ofNullable(steps.lookup(".button"));
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public void focus() {
    firstButton().ifPresent(button -> Focus.whenInScene(button, button::requestFocus));
  }

  @Override
  public void close() {
    model.close();
  }
}
