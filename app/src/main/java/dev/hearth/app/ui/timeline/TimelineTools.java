package dev.hearth.app.ui.timeline;

import dev.hearth.app.ui.kit.TabStrip;
import dev.hearth.resources.Texts;
import java.util.function.DoubleSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** The right end of the timeline's tab bar: legend, follow, fit. */
final class TimelineTools {
  private static final String[] LEGEND = {"cold", "warm", "idle", "error", "throttled", "memory"};

  private final HBox box = new HBox();
  private final TimelineViewModel viewModel;
  private final ToggleButton follow;

  TimelineTools(TimelineViewModel viewModel, DoubleSupplier plotWidth, TimelineExport export) {
    this.viewModel = viewModel;
    Texts texts = Texts.of("timeline");
    box.getStyleClass().add("timeline-legend");
    for (String entry : LEGEND) {
      Region swatch = new Region();
      swatch.getStyleClass().addAll("swatch", entry);
      Label label = new Label(texts.get("legend." + entry), swatch);
      label.getStyleClass().addAll("legend-entry", TabStrip.OPTIONAL);
      label.setMinWidth(Region.USE_PREF_SIZE);
      box.getChildren().add(label);
    }
    follow = new ToggleButton(texts.get("follow"));
    follow.getStyleClass().addAll("flat", "small");
    follow.setTooltip(new Tooltip(texts.get("follow.tip")));
    follow.selectedProperty().bindBidirectional(viewModel.followProperty());
    Button fit = new Button(texts.get("fit"));
    fit.getStyleClass().addAll("flat", "small");
    fit.setTooltip(new Tooltip(texts.get("fit.tip")));
    fit.setOnAction(e -> viewModel.fit(plotWidth.getAsDouble()));
    box.getChildren().addAll(follow, fit, exports(texts, export));
  }

  private static MenuButton exports(Texts texts, TimelineExport export) {
    MenuButton button = new MenuButton(texts.get("export"));
    button.getStyleClass().addAll("flat", "small");
    button.setTooltip(new Tooltip(texts.get("export.tip")));
    for (TimelineExport.Format format : TimelineExport.Format.values()) {
      MenuItem item = new MenuItem(texts.get("export." + format.suffix()));
      item.setOnAction(e -> export.ask(format));
      button.getItems().add(item);
    }
    MenuItem copy = new MenuItem(texts.get("export.copy"));
    copy.setOnAction(e -> export.copy());
    button.getItems().add(copy);
    return button;
  }

  Node node() {
    return box;
  }

  void close() {
    follow.selectedProperty().unbindBidirectional(viewModel.followProperty());
  }
}
