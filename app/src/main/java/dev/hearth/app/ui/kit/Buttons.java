package dev.hearth.app.ui.kit;

import dev.hearth.app.action.Action;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;

/** Makes buttons and menu items of actions, so that text, key, tooltip and enablement agree. */
public final class Buttons {
  private Buttons() {}

  /** A button with the action's text, and its icon if it has one. */
  public static Button of(Action action) {
    Button button = new Button(action.text());
    if (!action.icon().isEmpty()) {
      button.setGraphic(Icons.of(action.icon()));
    }
    bind(button, action);
    return button;
  }

  /** A flat button that shows only the action's icon; the text is its accessible name. */
  public static Button icon(Action action) {
    Button button = icon(action.icon(), action.text());
    bind(button, action);
    return button;
  }

  /** A flat button without text. */
  public static Button icon(String icon, String accessibleText) {
    Button button = new Button(null, Icons.of(icon));
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.getStyleClass().add("icon-button");
    button.setAccessibleText(accessibleText);
    button.setTooltip(new Tooltip(accessibleText));
    return button;
  }

  /** A menu item with the action's text and key. */
  public static MenuItem menuItem(Action action) {
    MenuItem item = new MenuItem(action.text());
    if (!action.icon().isEmpty()) {
      item.setGraphic(Icons.of(action.icon()));
    }
    if (!action.key().isEmpty()) {
      item.setAccelerator(Keys.parse(action.key()));
    }
    item.setDisable(!action.enabled().get());
    item.setOnAction(event -> action.fire());
    return item;
  }

  private static void bind(ButtonBase button, Action action) {
    button.setOnAction(event -> action.fire());
    button.setTooltip(new Tooltip(Keys.withKey(action.text(), action.key())));
    bindDisabled(button, action.enabled());
  }

  private static void bindDisabled(ButtonBase button, ObservableBooleanValue enabled) {
    button.disableProperty().bind(javafx.beans.binding.Bindings.not(enabled));
  }
}
