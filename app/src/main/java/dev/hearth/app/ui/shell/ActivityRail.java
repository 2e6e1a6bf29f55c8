package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The thin strip at the left edge that chooses the view. */
final class ActivityRail implements AutoCloseable {
  static final String WORKBENCH = "workbench";

  /** Views from this order on stand at the lower end. */
  private static final int LOWER_END = 1000;

  private final VBox rail = new VBox();
  private final Map<String, ToggleButton> buttons = new LinkedHashMap<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private final StringProperty view;

  ActivityRail(StringProperty view, List<PanelContribution> views) {
    this.view = view;
    rail.getStyleClass().add("activity-rail");
    add(WORKBENCH, Texts.of("shell").get("workbench"), "code");
    Region gap = new Region();
    VBox.setVgrow(gap, Priority.ALWAYS);
    boolean gapDone = false;
    for (PanelContribution contribution : views) {
      if (!gapDone && contribution.order() >= LOWER_END) {
        rail.getChildren().add(gap);
        gapDone = true;
      }
      add(contribution.id(), contribution.title(), contribution.icon());
    }
    subscriptions.now(view, this::show);
  }

  private void add(String id, String title, String icon) {
    ToggleButton button = new ToggleButton(null, Icons.of(icon));
    button.getStyleClass().setAll("rail-button");
    button.setAccessibleText(title);
    button.setTooltip(new Tooltip(title));
    button.setOnAction(
        event -> {
          view.set(id);
          show();
        });
    buttons.put(id, button);
    rail.getChildren().add(button);
  }

  private void show() {
    buttons.forEach((id, button) -> button.setSelected(id.equals(view.get())));
  }

  Node node() {
    return rail;
  }

  @Override
  public void close() {
    subscriptions.close();
  }
}
