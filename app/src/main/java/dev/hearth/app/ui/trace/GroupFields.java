package dev.hearth.app.ui.trace;

import dev.hearth.app.ui.kit.Icons;
import dev.hearth.resources.Texts;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/** Two queries, whose calls are to be compared as groups; both empty for the versions. */
final class GroupFields extends FlowPane {
  private static final int COLUMNS = 17;

  private final TextField before = new TextField();
  private final TextField after = new TextField();

  /**
   * @param compare told both queries when Enter or the button is pressed
   */
  GroupFields(Texts texts, BiConsumer<String, String> compare) {
    getStyleClass().add("group-fields");
    setRowValignment(VPos.CENTER);
    Runnable run = () -> compare.accept(before.getText().strip(), after.getText().strip());
    Button button = new Button(texts.get("groups.compare"), Icons.of("columns"));
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(event -> run.run());
    field(before, texts, "before", run);
    field(after, texts, "after", run);
    getChildren().add(button);
  }

  private void field(TextField field, Texts texts, String side, Runnable run) {
    Label label = new Label(texts.get("groups." + side));
    label.getStyleClass().add("muted");
    label.setLabelFor(field);
    label.setMinWidth(USE_PREF_SIZE);
    field.setPromptText(texts.get("groups." + side + ".prompt"));
    field.setAccessibleText(texts.get("groups." + side + ".accessible"));
    field.setTooltip(new Tooltip(texts.get("groups.tip")));
    field.setOnAction(event -> run.run());
    field.setPrefColumnCount(COLUMNS);
    HBox both = new HBox(label, field);
    both.getStyleClass().add("group-field");
    both.setAlignment(Pos.CENTER_LEFT);
    getChildren().add(both);
  }
}
