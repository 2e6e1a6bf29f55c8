package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.resources.Texts;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * One environment variable: name, value, whether it is secret. A secret value is masked until it is
 * revealed.
 */
final class VariableRow {
  private final Texts texts;
  private final HBox node;
  private final TextField name = new TextField();
  private final TextField value = new TextField();
  private final PasswordField masked = new PasswordField();
  private final ToggleButton secret = toggle("lock");
  private final ToggleButton reveal = toggle("eye");
  private final boolean locked;

  /**
   * @param locked whether there is a secret value that can't be read here
   */
  VariableRow(Texts texts, boolean locked, Runnable remove) {
    this.texts = texts;
    this.locked = locked;
    name.setPromptText(texts.get("variable.name"));
    name.setAccessibleText(texts.get("variable.name"));
    for (TextField field : new TextField[] {value, masked}) {
      field.setPromptText(texts.get(locked ? "variable.locked" : "variable.value"));
      field.setAccessibleText(texts.get("variable.value"));
      field.getStyleClass().add("mono");
      if (locked) {
        field.setTooltip(new Tooltip(texts.get("variable.locked.tip")));
      }
    }
    name.getStyleClass().add("mono");
    masked.textProperty().bindBidirectional(value.textProperty());
    var hidden = secret.selectedProperty().and(Bindings.not(reveal.selectedProperty()));
    masked.visibleProperty().bind(hidden);
    value.visibleProperty().bind(Bindings.not(hidden));
    reveal.visibleProperty().bind(secret.selectedProperty());
    describe(secret, "variable.secret", "variable.secret.tip");
    describe(reveal, "variable.reveal", "variable.reveal.tip");
    Button gone = Buttons.icon("x", texts.get("variable.remove"));
    gone.setOnAction(event -> remove.run());
    StackPane values = new StackPane(value, masked);
    node = new HBox(name, values, reveal, secret, gone);
    node.getStyleClass().add("field-row");
    HBox.setHgrow(name, Priority.SOMETIMES);
    HBox.setHgrow(values, Priority.ALWAYS);
  }

  private static ToggleButton toggle(String icon) {
    ToggleButton button = new ToggleButton(null, Icons.of(icon));
    button.getStyleClass().setAll("variable-toggle");
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  private void describe(ToggleButton button, String key, String tipKey) {
    button.setAccessibleText(texts.get(key));
    button.setTooltip(new Tooltip(texts.get(tipKey)));
  }

  void show(String variable, String text, boolean isSecret) {
    name.setText(variable);
    value.setText(text);
    secret.setSelected(isSecret);
  }

  void focus() {
    name.requestFocus();
  }

  Node node() {
    return node;
  }

  String name() {
    return name.getText().strip();
  }

  String value() {
    return value.getText();
  }

  boolean secret() {
    return secret.isSelected();
  }

  /** Whether the value that can't be read here stays as it is. */
  boolean keepsLocked() {
    return locked && secret() && value().isEmpty();
  }
}
