package dev.hearth.app.ui.kit;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.text.Font;

/**
 * The widths of a table's columns, which are pixels to JavaFX, in step with the size of its text.
 */
public final class ColumnWidths {
  private ColumnWidths() {}

  private record Widths(TableColumn<?, ?> column, double least, double usual, double most) {
    static Widths of(TableColumn<?, ?> column) {
      return new Widths(column, column.getMinWidth(), column.getPrefWidth(), column.getMaxWidth());
    }

    void scale(Font font) {
      double scale = font.getSize() / Themes.DEFAULT_FONT_SIZE;
      column.setMaxWidth(most * scale);
      column.setMinWidth(least * scale);
      column.setPrefWidth(usual * scale);
    }
  }

  /**
   * Takes the widths that the columns have now for those at the default size.
   *
   * @return what has to lie in the panel, unseen, to learn the size
   */
  public static Node followText(TableView<?> table) {
    List<Widths> widths = table.getColumns().stream().map(Widths::of).toList();
    Label ruler = new Label();
    ruler.setManaged(false);
    ruler.setVisible(false);
    ruler.fontProperty().subscribe(font -> widths.forEach(each -> each.scale(font)));
    return ruler;
  }
}
