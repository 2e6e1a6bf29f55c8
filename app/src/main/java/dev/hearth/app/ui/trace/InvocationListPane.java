package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Focus;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The left side of the inspector: filter box and list of invocations. */
final class InvocationListPane extends BorderPane {
  private static final int CONTEXT_ROWS = 6;

  private final InspectorViewModel viewModel;
  private final Texts texts;
  private final ListView<InvocationRecord> list = new ListView<>();
  private final TextField filter = new TextField();
  private final Label problem = new Label();
  private final ListChangeListener<InvocationRecord> onRows = change -> syncSelection(false);
  private final Subscriptions subscriptions = new Subscriptions();
  private boolean syncing;

  InvocationListPane(InspectorViewModel viewModel) {
    this.viewModel = viewModel;
    this.texts = viewModel.texts();
    getStyleClass().add("invocation-list");
    setTop(new VBox(header(), filterBox()));
    list.setItems(viewModel.rows());
    list.setCellFactory(view -> new InvocationCell(texts));
    list.setPlaceholder(new EmptyState(texts.get("nothing.matches")));
    list.setAccessibleText(texts.get("inspector.title"));
    list.getSelectionModel().selectedItemProperty().addListener((source, old, now) -> chosen(now));
    setCenter(list);
    setBottom(footer());
    viewModel.rows().addListener(onRows);
    subscriptions.now(viewModel.feed().selectedProperty(), () -> syncSelection(true));
    subscriptions.later(list.heightProperty(), this::reveal);
    subscriptions.now(viewModel.problemProperty(), this::showProblem);
  }

  private HBox header() {
    Label title = new Label(texts.get("inspector.title").toUpperCase());
    title.getStyleClass().add("section-title");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    Label count = new Label();
    count.getStyleClass().add("section-title");
    count.textProperty().bind(viewModel.countProperty());
    HBox header = new HBox(title, gap, count);
    header.getStyleClass().add("section-header");
    header.setAlignment(Pos.CENTER_LEFT);
    return header;
  }

  private VBox filterBox() {
    filter.setPromptText(texts.get("filter.prompt"));
    filter.setTooltip(new Tooltip(texts.get("filter.tip")));
    filter.setAccessibleText(texts.get("filter.accessible"));
    filter.textProperty().bindBidirectional(viewModel.filterProperty());
    filter.addEventHandler(KeyEvent.KEY_PRESSED, this::filterKey);
    HBox.setHgrow(filter, Priority.ALWAYS);
    HBox field = new HBox(Icons.of("search"), filter);
    field.getStyleClass().add("filter-field");
    field.setAlignment(Pos.CENTER_LEFT);
    problem.getStyleClass().addAll("error", "small");
    problem.setWrapText(true);
    VBox box = new VBox(field, problem);
    box.getStyleClass().add("filter-box");
    return box;
  }

  private void filterKey(KeyEvent event) {
    if (event.getCode() == KeyCode.DOWN && !event.isShortcutDown()) {
      list.requestFocus();
      event.consume();
    } else if (event.getCode() == KeyCode.ESCAPE && !filter.getText().isEmpty()) {
      filter.clear();
      event.consume();
    }
  }

  private void showProblem() {
    String text = viewModel.problemProperty().get();
    problem.setText(text);
    problem.setVisible(!text.isEmpty());
    problem.setManaged(!text.isEmpty());
  }

  private HBox footer() {
    Button older = new Button(texts.get("older"));
    older.getStyleClass().addAll("flat", "small");
    older.setTooltip(new Tooltip(texts.get("older.tip")));
    older.setOnAction(event -> viewModel.loadOlder());
    HBox footer = new HBox(older);
    footer.getStyleClass().add("list-footer");
    footer.setAlignment(Pos.CENTER_LEFT);
    return footer;
  }

  private void chosen(@Nullable InvocationRecord record) {
    if (!syncing && record != null) {
      syncing = true;
      viewModel.select(record);
      syncing = false;
    }
  }

  /** The list forgets its selection when a row is replaced: the state knows it. */
  private void syncSelection(boolean reveal) {
    if (syncing) {
      return;
    }
    syncing = true;
    int index = viewModel.indexOf(viewModel.feed().selectedProperty().get());
    if (index < 0) {
      list.getSelectionModel().clearSelection();
    } else if (list.getSelectionModel().getSelectedIndex() != index) {
      list.getSelectionModel().clearAndSelect(index);
      if (reveal) {
        reveal();
      }
    }
    syncing = false;
  }

  /** Brings the selected row into view; called again when the height for that has changed. */
  private void reveal() {
    int index = list.getSelectionModel().getSelectedIndex();
    if (index >= 0) {
      list.scrollTo(Math.max(0, index - CONTEXT_ROWS));
    }
  }

  /** Puts the focus into the list. */
  void focus() {
    Focus.whenInScene(list, list::requestFocus);
  }

  /** The list, for tests. */
  ListView<InvocationRecord> list() {
    return list;
  }

  void close() {
    subscriptions.close();
    viewModel.rows().removeListener(onRows);
    filter.textProperty().unbindBidirectional(viewModel.filterProperty());
  }
}
