package dev.hearth.app.ui.shell;

import java.util.Locale;
import javafx.geometry.Side;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** A small picture of the window with one edge filled, for the buttons that hide that edge. */
final class RegionIcon extends StackPane {
  RegionIcon(Side side) {
    getStyleClass().addAll("region-icon", side.name().toLowerCase(Locale.ROOT));
    Region edge = new Region();
    edge.getStyleClass().add("region-edge");
    getChildren().add(edge);
  }
}
