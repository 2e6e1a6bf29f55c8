package dev.hearth.app.action;

import javafx.beans.value.ObservableBooleanValue;

/**
 * A command of the window, described once: menu, tool bar, palette and key map all read it.
 *
 * @param id stable, e.g. {@code invoke}
 * @param text what a button or menu item says
 * @param icon a name known to the icon set; empty for none
 * @param key e.g. {@code Ctrl+Enter}; empty for none
 * @param enabled whether it can run now; a command that can't is disabled, not hidden
 * @param handler runs on the FX thread and returns at once
 */
public record Action(
    String id,
    String text,
    String icon,
    String key,
    ObservableBooleanValue enabled,
    Runnable handler) {
  /** Runs the handler if the action is enabled. */
  public void fire() {
    if (enabled.get()) {
      handler.run();
    }
  }
}
