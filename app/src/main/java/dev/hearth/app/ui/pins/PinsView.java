package dev.hearth.app.ui.pins;

import dev.hearth.app.project.Pin;
import dev.hearth.app.project.PinResult;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Reason;
import dev.hearth.app.ui.kit.StatusDot;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.cell.TextFieldTableCell;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The pins with their budgets, which are edited in place, and how they did. */
final class PinsView implements Panel {
  private final PanelContext context;
  private final PinsViewModel viewModel;
  private final Texts texts;
  private final TableView<PinsViewModel.Row> table = new TableView<>();
  private final BorderPane root = new BorderPane(table);
  private final Label summary = new Label();
  private final ReadOnlyStringWrapper badge = new ReadOnlyStringWrapper("");
  private final Subscriptions subscriptions = new Subscriptions();
  private final ListChangeListener<PinsViewModel.Row> onRows = change -> count();

  PinsView(PanelContext context, PinsViewModel viewModel) {
    this.context = context;
    this.viewModel = viewModel;
    texts = viewModel.texts();
    table.setItems(viewModel.rows());
    table.setEditable(true);
    table.setFixedCellSize(26);
    table.setPlaceholder(new EmptyState(texts.get("empty")));
    table.setAccessibleText(texts.get("title"));
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    columns();
    table.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    root.setTop(bar());
    root.setMinSize(0, 0);
    viewModel.rows().addListener(onRows);
    subscriptions.now(root.sceneProperty(), this::shown);
    count();
  }

  private void shown() {
    if (root.getScene() != null) {
      viewModel.load();
    }
  }

  private HBox bar() {
    BooleanBinding none = Bindings.isEmpty(table.getSelectionModel().getSelectedItems());
    BooleanBinding untrusted = Bindings.not(context.state().trustedProperty());
    Button all = button("run.all", () -> viewModel.run(pins(viewModel.rows())));
    all.disableProperty().bind(Bindings.isEmpty(viewModel.rows()).or(untrusted));
    Button some = button("run", () -> viewModel.run(pins(selected())));
    some.disableProperty().bind(none.or(untrusted));
    Button stop = button("stop", viewModel::stop);
    stop.disableProperty().bind(viewModel.runningProperty().not());
    Button delete = button("delete", this::deleteSelected);
    delete.disableProperty().bind(none);
    summary.getStyleClass().add("muted");
    summary.setMinWidth(0);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    var trusted = context.state().trustedProperty();
    Region runAll = Reason.around(all, trusted, subscriptions);
    Region runSome = Reason.around(some, trusted, subscriptions);
    HBox bar = new HBox(runAll, runSome, stop, delete, gap, summary);
    bar.getStyleClass().add("queue-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  private Button button(String key, Runnable action) {
    Button button = new Button(texts.get(key));
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(event -> action.run());
    return button;
  }

  private List<PinsViewModel.Row> selected() {
    return List.copyOf(table.getSelectionModel().getSelectedItems());
  }

  private static List<Pin> pins(List<PinsViewModel.Row> rows) {
    return rows.stream().map(PinsViewModel.Row::pin).toList();
  }

  private void columns() {
    table.getColumns().add(text("name", 190, row -> row.pin().name()));
    table.getColumns().add(text("function", 150, row -> row.pin().functionName()));
    table.getColumns().add(text("status", 90, row -> HistoryQuery.statusWord(row.pin().status())));
    for (Budget budget : Budget.values()) {
      table.getColumns().add(budget(budget));
    }
    TableColumn<PinsViewModel.Row, PinsViewModel.Row> result =
        new TableColumn<>(texts.get("column.result"));
    result.setPrefWidth(360);
    result.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    result.setCellFactory(column -> new ResultCell(texts));
    result.setSortable(false);
    table.getColumns().add(result);
  }

  private TableColumn<PinsViewModel.Row, String> text(
      String key, double width, Function<PinsViewModel.Row, String> value) {
    TableColumn<PinsViewModel.Row, String> column = new TableColumn<>(texts.get("column." + key));
    column.setPrefWidth(width);
    column.setEditable(false);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
    return column;
  }

  /** Edited in place: F2, Enter or a second click. */
  private TableColumn<PinsViewModel.Row, String> budget(Budget budget) {
    TableColumn<PinsViewModel.Row, String> column =
        text(budget.name().toLowerCase(Locale.ROOT), 116, row -> budget.text(row.pin()));
    column.setEditable(true);
    column.setCellFactory(TextFieldTableCell.forTableColumn());
    column.getStyleClass().add("number-column");
    column.setComparator((a, b) -> Long.compare(budget.parse(a), budget.parse(b)));
    column.setOnEditCommit(
        edit -> viewModel.change(edit.getRowValue().pin(), budget, edit.getNewValue()));
    return column;
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.DELETE && !selected().isEmpty()) {
      deleteSelected();
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && event.isShiftDown() && !selected().isEmpty()) {
      viewModel.inspect(selected().getFirst());
      event.consume();
    }
  }

  private void deleteSelected() {
    List<Pin> chosen = pins(selected());
    String what =
        chosen.size() == 1
            ? texts.get("delete.one", chosen.getFirst().name())
            : texts.get("delete.many", Units.count(chosen.size()));
    if (context.dialogs().confirm(what, texts.get("delete.text"), texts.get("delete"))) {
      chosen.forEach(viewModel::delete);
    }
  }

  private void count() {
    long failed = viewModel.rows().stream().filter(PinsViewModel.Row::failed).count();
    long run = viewModel.rows().stream().filter(row -> row.result() != null).count();
    summary.setText(
        run == 0
            ? ""
            : texts.get(
                "summary",
                Units.count(run),
                Units.count(viewModel.rows().size()),
                Units.count(failed)));
    badge.set(failed == 0 ? "" : Units.count(failed));
  }

  /** How the last run went, in colour and words; a click shows its invocation. */
  private final class ResultCell extends TableCell<PinsViewModel.Row, PinsViewModel.Row> {
    private final Texts words;
    private final StatusDot dot = new StatusDot();
    private final Tooltip tip = new Tooltip();

    ResultCell(Texts words) {
      this.words = words;
      setOnMouseClicked(
          event -> {
            if (event.getClickCount() == 2 && getItem() != null) {
              viewModel.inspect(getItem());
            }
          });
    }

    @Override
    protected void updateItem(PinsViewModel.@Nullable Row row, boolean empty) {
      super.updateItem(row, empty);
      if (empty || row == null) {
        setText(null);
        setGraphic(null);
        setTooltip(null);
        return;
      }
      PinResult result = row.result();
      dot.setStatus(
          row.isDue()
              ? StatusDot.Status.BUSY
              : row.failed() ? StatusDot.Status.ERROR : StatusDot.Status.OK);
      setGraphic(row.isDue() || result != null ? dot : null);
      setText(text(row, result));
      tip.setText(result == null ? "" : String.join("\n", result.failures()));
      setTooltip(row.failed() ? tip : null);
    }

    private String text(PinsViewModel.Row row, @Nullable PinResult result) {
      if (row.isDue()) {
        return words.get("result.running");
      }
      if (result == null) {
        return words.get("result.none");
      }
      String took = result.durationNanos() < 0 ? "" : Units.duration(result.durationNanos());
      return result.passed()
          ? words.get("result.passed", took)
          : words.get("result.failed", String.join("; ", result.failures()));
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
  public void focus() {
    table.requestFocus();
  }

  @Override
  public void close() {
    subscriptions.close();
    viewModel.rows().removeListener(onRows);
    viewModel.close();
  }
}
