package dev.hearth.app.ui.kit;

import dev.hearth.resources.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * The row of tabs above a region: titles with optional badges, and at the right end the controls of
 * the tab in front. Arrow keys move between tabs.
 */
public final class TabStrip extends CollapsingBar {
  /** Style class of tools that may go when the row is too narrow, e.g. a legend. */
  public static final String OPTIONAL = "optional-tool";

  private static final int MOST_HIDDEN = 16;
  private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final List<ToggleButton> tabs = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final HBox tools = new HBox();
  private final MenuButton more = new MenuButton();
  private final ReadOnlyObjectWrapper<@Nullable String> selected = new ReadOnlyObjectWrapper<>();
  private int hidden;

  public TabStrip() {
    getStyleClass().add("tab-strip");
    setAlignment(Pos.CENTER_LEFT);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    tools.getStyleClass().add("tab-tools");
    tools.setAlignment(Pos.CENTER_RIGHT);
    more.setGraphic(Icons.of("more-horizontal"));
    more.getStyleClass().addAll("flat", "more-tabs");
    more.setAccessibleText(Texts.of("shell").get("tabs.more"));
    more.setTooltip(new Tooltip(more.getAccessibleText()));
    more.setMinWidth(Region.USE_PREF_SIZE);
    show(more, false);
    getChildren().addAll(more, gap, tools);
    addEventHandler(KeyEvent.KEY_PRESSED, this::arrows);
    addStep(gone -> tools.lookupAll("." + OPTIONAL).forEach(optional -> show(optional, !gone)));
    addStep(
        gone ->
            tabs.forEach(
                tab ->
                    tab.setContentDisplay(gone ? ContentDisplay.TEXT_ONLY : ContentDisplay.RIGHT)));
    addStep(gone -> tabs.forEach(tab -> tab.pseudoClassStateChanged(COMPACT, gone)));
    for (int i = 0; i < MOST_HIDDEN; i++) {
      addStep(gone -> hide(hidden + (gone ? 1 : -1)));
    }
    addStep(gone -> show(tools, !gone));
  }

  /** Moves tabs from the end into a menu; the one in front always stays. */
  private void hide(int count) {
    hidden = count;
    more.getItems().clear();
    int left = count;
    for (int i = tabs.size() - 1; i >= 0; i--) {
      boolean inMenu = left > 0 && i > 0 && !ids.get(i).equals(selected.get());
      show(tabs.get(i), !inMenu);
      if (inMenu) {
        left--;
        String id = ids.get(i);
        MenuItem item = new MenuItem(tabs.get(i).getText());
        item.setOnAction(event -> select(id));
        more.getItems().addFirst(item);
      }
    }
    show(more, !more.getItems().isEmpty());
  }

  private static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  /** Adds a tab at the end; the first one is selected. */
  public void add(String id, String title) {
    ToggleButton tab = new ToggleButton(title);
    tab.getStyleClass().setAll("tab-button");
    tab.setContentDisplay(ContentDisplay.RIGHT);
    tab.setAccessibleRole(AccessibleRole.TAB_ITEM);
    tab.setMinWidth(Region.USE_PREF_SIZE);
    tab.setOnAction(event -> select(id));
    tabs.add(tab);
    ids.add(id);
    getChildren().add(tabs.size() - 1, tab);
    if (tabs.size() == 1) {
      select(id);
    }
  }

  /** Keeps a text beside the title of a tab; none while it is empty. */
  public void setBadge(String id, ObservableValue<String> text) {
    ToggleButton tab = tabs.get(ids.indexOf(id));
    Label badge = new Label();
    badge.getStyleClass().add("badge");
    badge.setMinWidth(Region.USE_PREF_SIZE);
    text.subscribe(
        value -> {
          badge.setText(value);
          // A tab takes notice of a graphic that comes and goes, but not of one that is hidden.
          tab.setGraphic(value.isEmpty() ? null : badge);
        });
  }

  /** Brings a tab to the front; unknown ids are ignored. */
  public void select(String id) {
    int index = ids.indexOf(id);
    if (index < 0) {
      return;
    }
    for (int i = 0; i < tabs.size(); i++) {
      tabs.get(i).setSelected(i == index);
      tabs.get(i).pseudoClassStateChanged(SELECTED, i == index);
      tabs.get(i).setFocusTraversable(i == index);
    }
    selected.set(id);
    if (hidden > 0) {
      refit();
    }
  }

  /** The id of the tab in front; null while there is none. */
  public ReadOnlyObjectProperty<@Nullable String> selectedProperty() {
    return selected.getReadOnlyProperty();
  }

  /** Puts the focus on the tab in front. */
  public void focusSelected() {
    tabs.stream().filter(ToggleButton::isSelected).findFirst().ifPresent(Node::requestFocus);
  }

  /** Replaces the controls at the right end. */
  public void setTools(List<Node> nodes) {
    refit();
    tools.getChildren().setAll(nodes);
  }

  /** The ids in order. */
  public List<String> ids() {
    return List.copyOf(ids);
  }

  private void arrows(KeyEvent event) {
    int step = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
    if (step == 0 || !(event.getTarget() instanceof ToggleButton tab) || !tabs.contains(tab)) {
      return;
    }
    int next = Math.floorMod(tabs.indexOf(tab) + step, tabs.size());
    // A tab in the menu comes out of it when it is selected.
    select(ids.get(next));
    tabs.get(next).requestFocus();
    event.consume();
  }
}
