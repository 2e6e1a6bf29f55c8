package dev.hearth.app.ui.shell;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.resources.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the window shows while no project is open. */
final class WelcomeView {
  private final Texts texts = Texts.of("welcome");
  private final VBox recents = new VBox();
  private final Label problem = new Label();
  private final ScrollPane node;
  private final Button sample;
  private final Consumer<Path> open;

  WelcomeView(ActionRegistry actions, Consumer<Path> open) {
    this.open = open;
    HBox title = new HBox(new ProductMark(), new Label(texts.get("title")));
    title.getStyleClass().add("welcome-title");
    title.setAlignment(Pos.CENTER_LEFT);
    Label promise = new Label(texts.get("promise"));
    promise.setWrapText(true);
    promise.getStyleClass().add("muted");
    problem.setWrapText(true);
    problem.getStyleClass().add("field-error");
    problem.managedProperty().bind(problem.visibleProperty());
    sample = Buttons.of(actions.get("project.sample"));
    sample.getStyleClass().add("primary");
    FlowPane buttons =
        new FlowPane(
            sample,
            Buttons.of(actions.get("project.new")),
            Buttons.of(actions.get("project.open")),
            Buttons.of(actions.get("welcome.guide")));
    buttons.getStyleClass().add("welcome-buttons");
    recents.getStyleClass().add("welcome-recent");
    VBox box = new VBox(title, promise, problem, buttons, recents);
    box.getStyleClass().add("welcome");
    box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    VBox centred = new VBox(box);
    centred.setAlignment(Pos.CENTER);
    node = new ScrollPane(centred);
    node.setFitToWidth(true);
    node.setFitToHeight(true);
    node.getStyleClass().add("plain-scroll");
    setProblem("");
  }

  Node node() {
    return node;
  }

  void setProblem(String message) {
    problem.setText(message);
    problem.setVisible(!message.isEmpty());
  }

  void setRecent(List<Path> files) {
    recents.getChildren().clear();
    if (files.isEmpty()) {
      return;
    }
    Label heading = new Label(texts.get("recent"));
    heading.getStyleClass().add("section-title");
    recents.getChildren().add(heading);
    for (Path file : files) {
      Hyperlink link = new Hyperlink(String.valueOf(file.getFileName()));
      link.setMnemonicParsing(false);
      link.setTooltip(new Tooltip(file.toString()));
      link.setOnAction(event -> open.accept(file));
      Label folder = new Label(String.valueOf(file.getParent()));
      folder.getStyleClass().addAll("muted", "small");
      HBox row = new HBox(link, folder);
      row.setAlignment(Pos.CENTER_LEFT);
      row.getStyleClass().add("welcome-row");
      recents.getChildren().add(row);
    }
  }

  void focus() {
    sample.requestFocus();
  }
}
