package dev.hearth.app.ui.invocations;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
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
  private final QueryModel queries;
  private final QueryLine line;
  private final BorderPane root = new BorderPane();
  private final SortedList<InvocationRecord> live;
  private final Subscription subscription;
  private boolean selecting;

  InvocationsView(PanelContext context, InvocationsViewModel viewModel) {
    this.context = context;
    this.viewModel = viewModel;
    live = new SortedList<>(viewModel.feed().rows());
    live.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(live);
    queries = new QueryModel(context);
    line = new QueryLine(texts, queries::values);
    table.setSortPolicy(sorted -> sort());
    line.textProperty().bindBidirectional(queries.lineProperty());
    table.getColumns().setAll(new InvocationColumns(texts).all());
    table.setFixedCellSize(26);
    table.setPlaceholder(new EmptyState(texts.get("empty")));
    table.setAccessibleText(texts.get("accessible"));
    table.setTableMenuButtonVisible(true);
    table.setRowFactory(t -> row());
    table.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    table.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
    subscription =
        Subscription.combine(
            viewModel.feed().selectedProperty().subscribe(this::reveal),
            queries.rowsProperty().subscribe(this::show));
    root.setTop(bar());
    root.setCenter(table);
    root.setMinSize(0, 0);
    viewModel.feed().rows().addListener(counter);
    count();
  }

  private HBox bar() {
    Label count = new Label();
    count.getStyleClass().addAll("muted", "small");
    count.setMinWidth(Region.USE_PREF_SIZE);
    count.textProperty().bind(queries.countProperty());
    Label problem = new Label();
    problem.getStyleClass().addAll("error", "small");
    problem.textProperty().bind(queries.problemProperty());
    HBox.setHgrow(line, Priority.ALWAYS);
    HBox bar = new HBox(line, problem, count);
    bar.getStyleClass().add("filter-box");
    bar.setSpacing(8);
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  /** The answer of the history, or what the window knows while nothing is asked for. */
  private void show(@Nullable PagedRows found) {
    selecting = true;
    table.setItems(found == null ? live : found);
    selecting = false;
    table.setPlaceholder(new EmptyState(texts.get(found == null ? "empty" : "query.nothing")));
  }

  /** Rows of the history are put in order by the history. */
  private boolean sort() {
    if (queries.rowsProperty().get() == null) {
      return TableView.DEFAULT_SORT_POLICY.call(table);
    }
    SortOrder order = SortOrder.NEWEST_FIRST;
    if (!table.getSortOrder().isEmpty()) {
      TableColumn<InvocationRecord, ?> column = table.getSortOrder().getFirst();
      order =
          new SortOrder(
              SortOrder.Key.valueOf(column.getId().toUpperCase(Locale.ROOT)),
              column.getSortType() == TableColumn.SortType.DESCENDING);
    }
    queries.sort(order);
    return true;
  }

  private void count() {
    int size = viewModel.feed().rows().size();
    badge.set(size == 0 ? "" : Units.count(size));
  }

  private void chosen(@Nullable InvocationRecord record) {
    if (!selecting && record != null && record != PagedRows.NOT_YET) {
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
      boolean inOrder = table.getItems() == live && table.getSortOrder().isEmpty();
      int index = inOrder ? indexOf(record) : table.getItems().indexOf(record);
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
    MenuItem same = item("menu.replay", row, r -> viewModel.replay(r, false));
    MenuItem again = item("menu.again", row, r -> viewModel.replay(r, true));
    ContextMenu menu =
        new ContextMenu(
            item("menu.inspect", row, r -> viewModel.inspect()),
            same,
            again,
            item("menu.save", row, this::saveEvent),
            item("menu.pin", row, this::pin),
            item("menu.copy", row, InvocationsView::copy));
    menu.setOnShowing(
        e -> {
          same.setDisable(!viewModel.canReplay(row.getItem()));
          again.setDisable(same.isDisable());
        });
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

  private void pin(InvocationRecord record) {
    String suggested = texts.get("saved.name", record.functionName());
    context
        .dialogs()
        .ask(texts.get("pin.title"), texts.get("pin.label"), suggested, texts.get("pin.verb"))
        .ifPresent(name -> viewModel.pin(record, name));
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
    return root;
  }

  @Override
  public Optional<ObservableValue<String>> badge() {
    return Optional.of(badge.getReadOnlyProperty());
  }

  @Override
  public void close() {
    subscription.unsubscribe();
    line.textProperty().unbindBidirectional(queries.lineProperty());
    queries.close();
    viewModel.feed().rows().removeListener(counter);
  }
}
