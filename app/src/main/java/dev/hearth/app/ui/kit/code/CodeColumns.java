package dev.hearth.app.ui.kit.code;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;

/**
 * How many characters stand beside each other in a view of code, so that what is laid out for it
 * need not be wrapped. It measures a text of its own in the font of the view.
 */
final class CodeColumns extends Region {
  private static final int SAMPLE = 10;

  /** What the scroll bar and the distances from both edges take, in characters. */
  private static final int EDGES = 5;

  private final Text sample = new Text("0".repeat(SAMPLE));
  private final Region view;
  private final ReadOnlyIntegerWrapper columns = new ReadOnlyIntegerWrapper();

  CodeColumns(Region view) {
    this.view = view;
    getStyleClass().add("code-columns");
    getChildren().add(sample);
    setManaged(false);
    setVisible(false);
    view.widthProperty().subscribe(this::measure);
    sample.layoutBoundsProperty().subscribe(this::measure);
  }

  /** 0 until the view has a width. */
  ReadOnlyIntegerProperty columnsProperty() {
    return columns.getReadOnlyProperty();
  }

  private void measure() {
    double character = sample.getLayoutBounds().getWidth() / SAMPLE;
    columns.set(Math.max(0, (int) (view.getWidth() / character) - EDGES));
  }
}
