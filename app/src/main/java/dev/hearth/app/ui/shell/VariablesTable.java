package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.InvalidFunctionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Environment variables as rows of name and value. */
final class VariablesTable {
  private static final double MOST_HEIGHT_EM = 14;

  private final Texts texts;
  private final List<Row> rows = new ArrayList<>();
  private final VBox list = new VBox();
  private final VBox node;

  private record Row(HBox node, TextField name, TextField value) {}

  VariablesTable(Map<String, String> initial, Texts texts) {
    this.texts = texts;
    list.getStyleClass().add("variable-list");
    new TreeMap<>(initial).forEach((name, value) -> add(name, value));
    Button add = new Button(texts.get("variable.add"), Icons.of("plus"));
    add.getStyleClass().add("link-button");
    add.setOnAction(event -> add("", "").name().requestFocus());
    ScrollPane scroll = new ScrollPane(list);
    scroll.setFitToWidth(true);
    scroll.setStyle("-fx-max-height: " + MOST_HEIGHT_EM + "em;");
    scroll.setMinHeight(0);
    scroll.getStyleClass().add("plain-scroll");
    node = new VBox(scroll, add);
    node.getStyleClass().add("variables");
  }

  Region node() {
    return node;
  }

  private Row add(String name, String value) {
    TextField nameInput = new TextField(name);
    nameInput.setPromptText(texts.get("variable.name"));
    nameInput.setAccessibleText(texts.get("variable.name"));
    TextField valueInput = new TextField(value);
    valueInput.setPromptText(texts.get("variable.value"));
    valueInput.setAccessibleText(texts.get("variable.value"));
    nameInput.getStyleClass().add("mono");
    valueInput.getStyleClass().add("mono");
    Button remove = Buttons.icon("x", texts.get("variable.remove"));
    HBox box = new HBox(nameInput, valueInput, remove);
    box.getStyleClass().add("field-row");
    HBox.setHgrow(nameInput, Priority.SOMETIMES);
    HBox.setHgrow(valueInput, Priority.ALWAYS);
    Row row = new Row(box, nameInput, valueInput);
    remove.setOnAction(
        event -> {
          rows.remove(row);
          list.getChildren().remove(box);
        });
    rows.add(row);
    list.getChildren().add(box);
    return row;
  }

  /**
   * The variables; rows without name and value are left out.
   *
   * @throws InvalidFunctionException when a name is missing or stands twice
   */
  Map<String, String> read() {
    Map<String, String> read = new LinkedHashMap<>();
    for (Row row : rows) {
      String name = row.name().getText().strip();
      String value = row.value().getText();
      if (name.isEmpty() && value.isEmpty()) {
        continue;
      }
      if (name.isEmpty()) {
        throw new InvalidFunctionException("environment", texts.get("variable.no.name", value));
      }
      if (read.put(name, value) != null) {
        throw new InvalidFunctionException("environment", texts.get("variable.twice", name));
      }
    }
    return read;
  }
}
