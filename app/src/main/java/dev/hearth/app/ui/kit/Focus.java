package dev.hearth.app.ui.kit;

import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/**
 * Puts the focus into parts of the window that are not there yet: split panes and scroll panes take
 * their content into the scene only when they are first styled.
 */
public final class Focus {
  private Focus() {}

  /** Runs at once when a node stands in a scene, else as soon as it does. */
  public static void whenInScene(Node node, Runnable focus) {
    if (node.getScene() != null) {
      focus.run();
      return;
    }
    node.sceneProperty()
        .addListener(
            new ChangeListener<@Nullable Scene>() {
              @Override
              public void changed(
                  ObservableValue<? extends @Nullable Scene> source,
                  @Nullable Scene old,
                  @Nullable Scene now) {
                if (now != null) {
                  node.sceneProperty().removeListener(this);
                  focus.run();
                }
              }
            });
  }
}
