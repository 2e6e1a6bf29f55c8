package dev.hearth.app.ui.timeline;

import dev.hearth.app.ui.kit.TabStrip;
import dev.hearth.resources.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.stage.Popup;

/**
 * What the colours and marks mean: as a row in the tab bar while that has room, and behind a button
 * with the keys at any width.
 */
final class TimelineLegend {
  private static final List<String> COLORS =
      List.of("cold", "warm", "idle", "error", "throttled", "memory");
  private static final List<String> MARKS = List.of("waited", "frozen", "limit", "money");
  private static final List<String> KEYS =
      List.of("zoom", "pan", "step", "range", "fit", "inspect");

  private final Texts texts;
  private final Popup popup = new Popup();
  private final Button button;

  TimelineLegend(Texts texts) {
    this.texts = texts;
    button = new Button(texts.get("legend"));
    button.getStyleClass().addAll("flat", "small");
    button.setTooltip(new Tooltip(texts.get("legend.tip")));
    button.setOnAction(e -> toggle());
    popup.setAutoHide(true);
    popup.setHideOnEscape(true);
    popup.getContent().add(explained());
  }

  /** The row of the tab bar. */
  List<Label> row() {
    List<Label> row = new ArrayList<>();
    for (String color : COLORS) {
      Label label = entry(color);
      label.getStyleClass().add(TabStrip.OPTIONAL);
      row.add(label);
    }
    return row;
  }

  /** Opens and closes the explanation. */
  Button button() {
    return button;
  }

  private Label entry(String color) {
    Region swatch = new Region();
    swatch.getStyleClass().addAll("swatch", color);
    Label label = new Label(texts.get("legend." + color), swatch);
    label.getStyleClass().add("legend-entry");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  private GridPane explained() {
    GridPane grid = new GridPane();
    grid.getStyleClass().addAll("popover", "timeline-key");
    for (String color : COLORS) {
      grid.addRow(grid.getRowCount(), entry(color), words("legend." + color + ".what"));
    }
    for (String mark : MARKS) {
      grid.addRow(grid.getRowCount(), words("legend." + mark), words("legend." + mark + ".what"));
    }
    for (String key : KEYS) {
      Label keys = words("key." + key);
      keys.getStyleClass().add("mono");
      grid.addRow(grid.getRowCount(), keys, words("key." + key + ".what"));
    }
    return grid;
  }

  private Label words(String key) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().add("legend-entry");
    return label;
  }

  private void toggle() {
    Bounds bounds = button.localToScreen(button.getBoundsInLocal());
    if (popup.isShowing() || bounds == null) {
      popup.hide();
    } else {
      popup.show(button, bounds.getMinX(), bounds.getMaxY() + 4);
    }
  }

  void close() {
    popup.hide();
  }
}
