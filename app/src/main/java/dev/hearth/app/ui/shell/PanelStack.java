package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.TabStrip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/** One region of the window: its panels behind each other under a row of tabs. */
final class PanelStack implements AutoCloseable {
  private final BorderPane node = new BorderPane();
  private final TabStrip tabs = new TabStrip();
  private final StackPane content = new StackPane();
  private final Map<String, Panel> panels = new LinkedHashMap<>();

  PanelStack(PanelContext context, List<PanelContribution> contributions) {
    node.getStyleClass().add("panel-stack");
    node.setMinSize(0, 0);
    content.setMinSize(0, 0);
    node.setTop(tabs);
    node.setCenter(content);
    for (PanelContribution contribution : contributions) {
      Panel panel = contribution.factory().apply(context);
      panels.put(contribution.id(), panel);
      tabs.add(contribution.id(), contribution.title(), panel.badge());
    }
    tabs.selectedProperty().addListener((source, old, id) -> front());
    front();
  }

  private void front() {
    Optional<Panel> panel = selected();
    content.getChildren().setAll(panel.map(p -> List.of(p.node())).orElse(List.of()));
    tabs.setTools(panel.flatMap(Panel::tools).map(List::of).orElse(List.of()));
  }

  private Optional<Panel> selected() {
    return Optional.ofNullable(tabs.selectedProperty().get()).map(panels::get);
  }

  Node node() {
    return node;
  }

  boolean isEmpty() {
    return panels.isEmpty();
  }

  void select(String id) {
    tabs.select(id);
  }

  Optional<String> selectedId() {
    return Optional.ofNullable(tabs.selectedProperty().get());
  }

  void focus() {
    selected().ifPresent(Panel::focus);
    // A panel that has nothing to show has nothing to focus either: its tab can always be reached.
    if (!node.isFocusWithin()) {
      tabs.focusSelected();
    }
  }

  @Override
  public void close() {
    panels.values().forEach(Panel::close);
  }
}
