package dev.hearth.app.ui.timeline;

import dev.hearth.resources.Texts;
import java.util.function.DoubleSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/** The right end of the timeline's tab bar: legend, follow, fit, export. */
final class TimelineTools {
  private final HBox box = new HBox();
  private final TimelineViewModel viewModel;
  private final ToggleButton follow;
  private final TimelineLegend legend;

  TimelineTools(TimelineViewModel viewModel, DoubleSupplier plotWidth, TimelineExport export) {
    this.viewModel = viewModel;
    Texts texts = Texts.of("timeline");
    box.getStyleClass().add("timeline-legend");
    legend = new TimelineLegend(texts);
    box.getChildren().addAll(legend.row());
    follow = new ToggleButton(texts.get("follow"));
    follow.getStyleClass().addAll("flat", "small");
    follow.setTooltip(new Tooltip(texts.get("follow.tip")));
    follow.selectedProperty().bindBidirectional(viewModel.followProperty());
    Button fit = new Button(texts.get("fit"));
    fit.getStyleClass().addAll("flat", "small");
    fit.setTooltip(new Tooltip(texts.get("fit.tip")));
    fit.setOnAction(e -> viewModel.fit(plotWidth.getAsDouble()));
    box.getChildren().addAll(follow, fit, exports(texts, export), legend.button());
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
    legend.close();
    follow.selectedProperty().unbindBidirectional(viewModel.followProperty());
  }
}
