package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.TabStrip;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/**
 * One region of the window: its panels behind each other under a row of tabs. The tabs are there at
 * once, each panel when it is first needed.
 */
final class PanelStack implements AutoCloseable {
  private final BorderPane node = new BorderPane();
  private final TabStrip tabs = new TabStrip();
  private final StackPane content = new StackPane();
  private final PanelContext context;
  private final Map<String, PanelContribution> contributions = new LinkedHashMap<>();
  private final Map<String, Panel> panels = new HashMap<>();
  private boolean open;

  PanelStack(PanelContext context, List<PanelContribution> contributions) {
    this.context = context;
    node.getStyleClass().add("panel-stack");
    node.setMinSize(0, 0);
    content.setMinSize(0, 0);
    node.setTop(tabs);
    node.setCenter(content);
    for (PanelContribution contribution : contributions) {
      this.contributions.put(contribution.id(), contribution);
      tabs.add(contribution.id(), contribution.title());
    }
    tabs.selectedProperty().addListener((source, old, id) -> front());
  }

  /** What makes the panels that {@link #open} does not, piece by piece. */
  List<Runnable> others() {
    return contributions.keySet().stream().<Runnable>map(id -> () -> panel(id)).toList();
  }

  /** Makes the panel in front and shows it; from now on every tab shows its own. */
  void open() {
    open = true;
    front();
  }

  private void front() {
    if (!open) {
      return;
    }
    Optional<Panel> panel = selected();
    content.getChildren().setAll(panel.map(p -> List.of(p.node())).orElse(List.of()));
    tabs.setTools(panel.flatMap(Panel::tools).map(List::of).orElse(List.of()));
  }

  private Optional<Panel> selected() {
    return Optional.ofNullable(tabs.selectedProperty().get()).map(this::panel);
  }

  private Panel panel(String id) {
    Panel made = panels.get(id);
    if (made == null) {
      made = contributions.get(id).factory().apply(context);
      panels.put(id, made);
      made.badge().ifPresent(badge -> tabs.setBadge(id, badge));
    }
    return made;
  }

  Node node() {
    return node;
  }

  void select(String id) {
    tabs.select(id);
  }

  Optional<String> selectedId() {
    return Optional.ofNullable(tabs.selectedProperty().get());
  }

  void focus() {
    if (!open) {
      open();
    }
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
