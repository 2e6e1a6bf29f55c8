package dev.hearth.app.ui.trace;

import dev.hearth.app.project.ImportedModules;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.NumberColumn;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.ImportedModule;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/**
 * What loading the handler of a measured cold start was made of, the slowest first; for any other
 * call the way to measure one.
 */
final class ImportsPane extends BorderPane {
  private static final double ROW_EMS = 2;

  private final Texts texts;
  private final TableView<ImportedModule> table = new TableView<>();
  private final Label note = new Label();
  private final Button measure;
  private final EmptyState empty;

  ImportsPane(InspectorViewModel viewModel) {
    texts = viewModel.texts();
    measure = new Button(texts.get("imports.measure"), Icons.of("clock"));
    measure.setOnAction(event -> viewModel.measureImports());
    empty = new EmptyState(texts.get("imports.none"), measure);
    note.getStyleClass().addAll("muted", "detail-message");
    note.setWrapText(true);
    table.setAccessibleText(texts.get("tab.imports"));
    table.getStyleClass().add("imports");
    table.setFixedCellSize(ROW_EMS * note.getFont().getSize());
    note.fontProperty().subscribe(font -> table.setFixedCellSize(ROW_EMS * font.getSize()));
    columns();
    setMinSize(0, 0);
  }

  private void columns() {
    TableColumn<ImportedModule, String> name = text("imports.name", 260, ImportedModule::name);
    TableColumn<ImportedModule, ImportedModule> self =
        new NumberColumn<>(
            texts.get("imports.self"),
            96,
            ImportedModule::selfNanos,
            m -> Units.duration(m.selfNanos()));
    table.getColumns().add(name);
    table.getColumns().add(self);
    table
        .getColumns()
        .add(
            new NumberColumn<>(
                texts.get("imports.total"),
                96,
                ImportedModule::totalNanos,
                m -> Units.duration(m.totalNanos())));
    table.getColumns().add(text("imports.what", 130, m -> kind(m.kind())));
    table.getColumns().add(text("imports.origin", 420, ImportedModule::origin));
    self.setSortType(TableColumn.SortType.DESCENDING);
    table.getSortOrder().add(self);
  }

  private TableColumn<ImportedModule, String> text(
      String key, double width, Function<ImportedModule, String> value) {
    TableColumn<ImportedModule, String> column = new TableColumn<>(texts.get(key));
    column.setPrefWidth(width);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
    return column;
  }

  private String kind(ImportedModule.Kind kind) {
    return texts.get("imports.kind." + kind.name().toLowerCase(Locale.ROOT));
  }

  /**
   * @param canMeasure whether the function can be called again
   */
  void show(@Nullable InvocationDetail detail, boolean canMeasure) {
    ImportedModules imports = detail == null ? null : detail.imports();
    measure.setDisable(!canMeasure);
    if (imports == null) {
      setTop(null);
      setCenter(empty);
      return;
    }
    note.setText(texts.get("imports.note", Units.count(imports.count())));
    if (!table.getItems().equals(imports.slowest())) {
      table.getItems().setAll(imports.slowest());
    }
    table.sort();
    setTop(note);
    setCenter(table);
  }
}
