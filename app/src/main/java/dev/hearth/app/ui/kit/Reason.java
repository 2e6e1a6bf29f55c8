package dev.hearth.app.ui.kit;

import dev.hearth.resources.Texts;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * Says at a button why nothing can be run in a restricted project. A disabled button gets no
 * pointer, so a box around it shows the words; a screen reader finds them at the button.
 */
public final class Reason {
  private Reason() {}

  /**
   * The button in its box, to be put where the button would stand.
   *
   * @param trusted whether the project may run code
   */
  public static Region around(
      Button button, ObservableBooleanValue trusted, Subscriptions subscriptions) {
    StackPane box = new StackPane(button);
    box.setMinWidth(Region.USE_PREF_SIZE);
    box.managedProperty().bind(button.visibleProperty());
    String words = Texts.of("shell").get("restricted.run");
    Tooltip why = new Tooltip(words);
    subscriptions.now(
        trusted,
        () -> {
          Tooltip.uninstall(box, why);
          button.setAccessibleHelp(null);
          if (!trusted.get()) {
            Tooltip.install(box, why);
            button.setAccessibleHelp(words);
          }
        });
    return box;
  }
}
