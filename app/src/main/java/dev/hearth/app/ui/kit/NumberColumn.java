package dev.hearth.app.ui.kit;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/**
 * A column of figures: aligned at the right, sorted by value and shown with its unit.
 *
 * @param <T> a row
 */
public final class NumberColumn<T> extends TableColumn<T, T> {
  /**
   * @param value what the column is sorted by
   * @param shown the figure with its unit
   */
  public NumberColumn(
      String title, double width, ToDoubleFunction<T> value, Function<T, String> shown) {
    super(title);
    setPrefWidth(width);
    getStyleClass().add("number-column");
    setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    setComparator((a, b) -> Double.compare(value.applyAsDouble(a), value.applyAsDouble(b)));
    setCellFactory(column -> new Cell<>(shown));
  }

  private static final class Cell<T> extends TableCell<T, T> {
    private final Function<T, String> shown;

    Cell(Function<T, String> shown) {
      this.shown = shown;
    }

    @Override
    protected void updateItem(@Nullable T item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty || item == null ? null : shown.apply(item));
    }
  }
}
