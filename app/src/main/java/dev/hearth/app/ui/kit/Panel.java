package dev.hearth.app.ui.kit;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** A panel that is on screen: its nodes and what the shell needs to know about them. */
public interface Panel extends AutoCloseable {
  Node node();

  /** A short text beside the tab's title, e.g. a count; empty text for none. */
  default Optional<ObservableValue<String>> badge() {
    return Optional.empty();
  }

  /** Controls for the right end of the tab bar, e.g. a legend. */
  default Optional<Node> tools() {
    return Optional.empty();
  }

  /** Puts the keyboard focus where a user of this panel starts. */
  default void focus() {
    node().requestFocus();
  }

  /** Ends every subscription of the panel. */
  @Override
  void close();
}
