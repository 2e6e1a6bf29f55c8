package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The row of figures of one invocation; it wraps where the window is narrow. */
final class FigureBar extends FlowPane {
  /** All figures in one row, where there is room. */
  private static final double WIDE = 1_400;

  private final Figures figures = new Figures();

  FigureBar() {
    getStyleClass().add("figures");
    setMinWidth(0);
    setPrefWrapLength(WIDE);
  }

  void show(@Nullable InvocationRecord record, @Nullable InvocationDetail detail) {
    getChildren().clear();
    if (record == null) {
      return;
    }
    for (Figures.Figure figure : figures.of(record, detail)) {
      Label label = new Label(figure.label());
      label.getStyleClass().add("figure-label");
      Label value = new Label(figure.value());
      value.getStyleClass().add("figure-value");
      if (!figure.style().isEmpty()) {
        value.getStyleClass().add(figure.style());
      }
      label.setLabelFor(value);
      value.setMinWidth(Region.USE_PREF_SIZE);
      VBox box = new VBox(label, value);
      box.getStyleClass().add("figure");
      getChildren().add(box);
    }
  }
}
