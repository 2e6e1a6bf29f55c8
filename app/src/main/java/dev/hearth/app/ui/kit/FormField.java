package dev.hearth.app.ui.kit;

import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A label above an input, and under it what is wrong with what was typed. */
public final class FormField extends VBox {
  private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

  private final Region input;
  private final Label error = new Label();

  public FormField(String label, Region input) {
    this.input = input;
    getStyleClass().add("form-field");
    Label title = new Label(label);
    title.getStyleClass().add("field-label");
    title.setLabelFor(input);
    if (input instanceof Control control && control.getAccessibleText() == null) {
      control.setAccessibleText(label);
    }
    error.getStyleClass().add("field-error");
    error.setWrapText(true);
    error.managedProperty().bind(error.visibleProperty());
    error.setVisible(false);
    getChildren().addAll(title, input, error);
  }

  /** Fields beside each other, of equal width. */
  public static HBox row(FormField... fields) {
    HBox row = new HBox(fields);
    row.getStyleClass().add("field-row");
    for (FormField field : fields) {
      HBox.setHgrow(field, Priority.ALWAYS);
      field.setPrefWidth(0);
    }
    return row;
  }

  /** A dialog is as high as its form was at first: a message needs room of its own. */
  private void growDialog() {
    Scene scene = getScene();
    if (scene != null && scene.getRoot() instanceof DialogPane pane && scene.getWindow() != null) {
      pane.applyCss();
      double missing = pane.prefHeight(pane.getWidth()) - pane.getHeight();
      if (missing > 0) {
        scene.getWindow().setHeight(scene.getWindow().getHeight() + missing);
      }
    }
  }

  /** Shows what is wrong; an empty text takes the mark away. */
  public void setError(String message) {
    error.setText(message);
    error.setVisible(!message.isEmpty());
    input.pseudoClassStateChanged(INVALID, !message.isEmpty());
    growDialog();
    input.setAccessibleHelp(message);
  }

  /** What is shown as wrong; empty when nothing is. */
  public String error() {
    return error.getText();
  }

  /** Puts the focus into the input. */
  public void focusInput() {
    input.requestFocus();
  }
}
