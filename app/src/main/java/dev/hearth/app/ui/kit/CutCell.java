package dev.hearth.app.ui.kit;

import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/**
 * A line of a list that is as wide as the list: longer text is cut with an ellipsis and told whole
 * by the tooltip, instead of making the list scroll sideways.
 */
public abstract class CutCell<T> extends ListCell<T> {
  protected CutCell() {
    setPrefWidth(0);
  }

  /** What an item is shown as. */
  protected abstract String shown(T item);

  @Override
  protected final void updateItem(@Nullable T item, boolean empty) {
    super.updateItem(item, empty);
    String text = empty || item == null ? null : shown(item);
    setText(text);
    setTooltip(text == null ? null : new Tooltip(text));
  }
}
