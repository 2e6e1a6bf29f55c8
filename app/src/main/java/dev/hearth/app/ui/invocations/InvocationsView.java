package dev.hearth.app.ui.invocations;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The table; what is selected in it is what the whole window has selected. */
final class InvocationsView implements Panel {
  private final PanelContext context;
  private final InvocationsViewModel viewModel;
  private final Texts texts = Texts.of("invocations");
  private final TableView<InvocationRecord> table = new TableView<>();
  private final ReadOnlyStringWrapper badge = new ReadOnlyStringWrapper("");
  private final ListChangeListener<InvocationRecord> counter = change -> count();
  private final Subscription subscription;
  private boolean selecting;

  InvocationsView(PanelContext context, InvocationsViewModel viewModel) {
    this.context = context;
    this.viewModel = viewModel;
    SortedList<InvocationRecord> sorted = new SortedList<>(viewModel.feed().rows());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.getColumns().setAll(new InvocationColumns(texts).all());
    table.setFixedCellSize(26);
    table.setPlaceholder(new EmptyState(texts.get("empty")));
    table.setAccessibleText(texts.get("accessible"));
    table.setTableMenuButtonVisible(true);
    table.setRowFactory(t -> row());
    table.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    table.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
    subscription = viewModel.feed().selectedProperty().subscribe(this::reveal);
    viewModel.feed().rows().addListener(counter);
    count();
  }

  private void count() {
    int size = viewModel.feed().rows().size();
    badge.set(size == 0 ? "" : Units.count(size));
  }

  private void chosen(@Nullable InvocationRecord record) {
    if (!selecting && record != null) {
      viewModel.feed().selectedProperty().set(record);
    }
  }

  /** Follows a selection that was made elsewhere. */
  private void reveal(@Nullable InvocationRecord record) {
    InvocationRecord shown = table.getSelectionModel().getSelectedItem();
    if (record == null
        || shown != null && shown.requestId().equals(record.requestId())
        || selecting) {
      return;
    }
    selecting = true;
    try {
      int index =
          table.getSortOrder().isEmpty() ? indexOf(record) : table.getItems().indexOf(record);
      if (index >= 0) {
        table.getSelectionModel().clearAndSelect(index);
        table.scrollTo(Math.max(0, index - 3));
      }
    } finally {
      selecting = false;
    }
  }

  private int indexOf(InvocationRecord record) {
    return viewModel.feed().indexOf(record.requestId());
  }

  private TableRow<InvocationRecord> row() {
    TableRow<InvocationRecord> row = new TableRow<>();
    row.setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2 && !row.isEmpty()) {
            viewModel.inspect();
          }
        });
    ContextMenu menu =
        new ContextMenu(
            item("menu.inspect", row, r -> viewModel.inspect()),
            item("menu.again", row, viewModel::invokeAgain),
            item("menu.save", row, this::saveEvent),
            item("menu.copy", row, InvocationsView::copy));
    row.contextMenuProperty().bind(row.emptyProperty().map(empty -> empty ? null : menu));
    return row;
  }

  private MenuItem item(
      String key, TableRow<InvocationRecord> row, Consumer<InvocationRecord> action) {
    MenuItem item = new MenuItem(texts.get(key));
    item.setOnAction(e -> action.accept(row.getItem()));
    return item;
  }

  private void saveEvent(InvocationRecord record) {
    String suggested = texts.get("saved.name", record.functionName());
    context
        .dialogs()
        .ask(texts.get("save.title"), texts.get("save.label"), suggested, texts.get("save.verb"))
        .ifPresent(name -> viewModel.saveEvent(record, name));
  }

  private static void copy(InvocationRecord record) {
    ClipboardContent content = new ClipboardContent();
    content.putString(record.requestId());
    Clipboard.getSystemClipboard().setContent(content);
  }

  private void key(KeyEvent e) {
    InvocationRecord record = table.getSelectionModel().getSelectedItem();
    if (record == null) {
      return;
    }
    if (e.getCode() == KeyCode.ENTER && !e.isShortcutDown()) {
      viewModel.inspect();
      e.consume();
    } else if (e.getCode() == KeyCode.C && e.isShortcutDown()) {
      copy(record);
      e.consume();
    }
  }

  @Override
  public Node node() {
    return table;
  }

  @Override
  public Optional<ObservableValue<String>> badge() {
    return Optional.of(badge.getReadOnlyProperty());
  }

  @Override
  public void close() {
    subscription.unsubscribe();
    viewModel.feed().rows().removeListener(counter);
  }
}
