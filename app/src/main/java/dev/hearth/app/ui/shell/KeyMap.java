package dev.hearth.app.ui.shell;

import dev.hearth.app.action.Action;
import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.ui.kit.Keys;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;

/**
 * Turns pressed keys into actions. Keys with Ctrl or Alt and function keys win over whatever has
 * the focus; plain keys such as Esc only count when nobody else wanted them.
 */
final class KeyMap {
  private final Supplier<ActionRegistry> actions;

  KeyMap(Supplier<ActionRegistry> actions) {
    this.actions = actions;
  }

  void install(Scene scene) {
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.isShortcutDown() || event.isAltDown() || event.getCode().isFunctionKey()) {
            handle(event);
          }
        });
    scene.addEventHandler(KeyEvent.KEY_PRESSED, this::handle);
  }

  private void handle(KeyEvent event) {
    Optional<Action> found =
        actions.get().all().stream().filter(a -> Keys.matches(a.key(), event)).findFirst();
    if (found.isPresent() && found.get().enabled().get()) {
      found.get().fire();
      event.consume();
    }
  }
}
