package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.StatusDot;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** A button of the top bar that shows what is chosen and opens a menu made at that moment. */
final class Chooser extends MenuButton {
  private final Label prefix = new Label();
  private final Label value = new Label();
  private final Label chip = new Label();
  private final StatusDot dot = new StatusDot();

  Chooser(String accessibleText, Supplier<List<MenuItem>> items) {
    getStyleClass().add("chooser");
    setAccessibleText(accessibleText);
    setTooltip(new Tooltip(accessibleText));
    prefix.getStyleClass().add("muted");
    value.getStyleClass().add("chooser-value");
    chip.getStyleClass().add("chip");
    for (Node part : List.of(dot, prefix, chip)) {
      part.managedProperty().bind(part.visibleProperty());
      part.setVisible(false);
    }
    prefix.setMinWidth(Region.USE_PREF_SIZE);
    chip.setMinWidth(Region.USE_PREF_SIZE);
    HBox content = new HBox(dot, prefix, value, chip);
    content.getStyleClass().add("chooser-content");
    content.setAlignment(Pos.CENTER_LEFT);
    setGraphic(content);
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    setMnemonicParsing(false);
    // A menu without items never opens, so one stands in until the first opening.
    getItems().add(new MenuItem());
    addEventFilter(ON_SHOWING, event -> getItems().setAll(items.get()));
  }

  StatusDot dot() {
    dot.setVisible(true);
    return dot;
  }

  void setPrefix(String text) {
    prefix.setText(text);
    prefix.setVisible(!text.isEmpty());
  }

  void setValue(String text) {
    value.setText(text);
    setAccessibleHelp(text);
  }

  void setChip(String text) {
    chip.setText(text);
    chip.setVisible(!text.isEmpty());
  }

  /** Long names are cut here. */
  void setLongest(double ems) {
    value.setMaxWidth(ems * value.getFont().getSize());
  }
}
