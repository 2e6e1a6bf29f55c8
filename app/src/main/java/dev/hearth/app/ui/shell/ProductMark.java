package dev.hearth.app.ui.shell;

import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;

/** Hearth's mark: an ember over a cold blue foot. */
final class ProductMark extends StackPane {
  private static final String FLAME =
      "M8 0 C13 4.5 15.5 8.5 15.5 12.5 A7.5 7.5 0 0 1 .5 12.5 C.5 8.5 3 4.5 8 0 Z";
  private static final String FOOT =
      "M8 10 C10.4 12 11.5 13.6 11.5 15.6 A3.5 3.5 0 0 1 4.5 15.6 C4.5 13.6 5.6 12 8 10 Z";

  ProductMark() {
    getStyleClass().add("product-mark");
    getChildren().addAll(shape(FLAME, "mark-flame"), shape(FOOT, "mark-foot"));
    setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
  }

  private static SVGPath shape(String path, String styleClass) {
    SVGPath shape = new SVGPath();
    shape.setContent(path);
    shape.getStyleClass().add(styleClass);
    shape.setManaged(false);
    return shape;
  }
}
