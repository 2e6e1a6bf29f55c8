package dev.hearth.app.ui.queues;

import dev.hearth.app.task.Pacer;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.ColumnWidths;
import dev.hearth.app.ui.kit.CutCell;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Focus;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Reason;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Waiting events and targets left, what the chosen one holds right. */
final class QueuesView implements Panel {
  private static final int LONGEST_BODY = 200_000;

  private final PanelContext context;
  private final QueuesViewModel viewModel;
  private final Texts texts = Texts.of("queues");
  private final Subscriptions subscriptions = new Subscriptions();
  private final ReadOnlyStringWrapper badge = new ReadOnlyStringWrapper("");
  private final ListView<QueuesViewModel.Source> sources = new ListView<>();
  private final TableView<QueuedEvent> waiting;
  private final TableView<DeliveredRecord> records;
  private final TextArea body = new TextArea();
  private final Button retry;
  private final Button discard;
  private final Button clear;
  private final SplitPane node;
  private final Pacer countdown = new Pacer(Duration.ofSeconds(1), this::count);
  private boolean showing;

  QueuesView(PanelContext context, QueuesViewModel viewModel) {
    this.context = context;
    this.viewModel = viewModel;
    QueueColumns columns = new QueueColumns(texts, viewModel.clock());
    waiting = columns.waiting();
    waiting.setPlaceholder(
        EmptyState.offering(texts.get("waiting.empty"), context.actions(), "invoke.async"));
    records = columns.records();
    records.setPlaceholder(new EmptyState(texts.get("target.empty")));
    retry = button("retry", () -> viewModel.retryNow(selected()));
    discard = button("discard", this::discardSelected);
    clear = button("clear", this::clearTarget);
    var nothing = Bindings.isEmpty(waiting.getSelectionModel().getSelectedItems());
    retry.disableProperty().bind(nothing.or(Bindings.not(context.state().trustedProperty())));
    discard.disableProperty().bind(nothing);
    node = new SplitPane(sourceList(), content());
    node.setDividerPositions(0.24);
    SplitPane.setResizableWithParent(node.getItems().getFirst(), false);
    subscriptions.now(viewModel.contentProperty(), this::show);
  }

  private Button button(String key, Runnable action) {
    Button button = new Button(texts.get(key));
    button.setOnAction(event -> action.run());
    button.managedProperty().bind(button.visibleProperty());
    return button;
  }

  private QueuedEvent selected() {
    return waiting.getSelectionModel().getSelectedItem();
  }

  private Node sourceList() {
    sources.setAccessibleText(texts.get("sources"));
    sources.setCellFactory(list -> new SourceCell(texts));
    subscriptions.later(sources.getSelectionModel().selectedItemProperty(), this::chosen);
    return sources;
  }

  private void chosen() {
    QueuesViewModel.Source source = sources.getSelectionModel().getSelectedItem();
    if (!showing && source != null) {
      viewModel.targetProperty().set(source.arn());
    }
  }

  private Node content() {
    waiting.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    waiting.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.DELETE && selected() != null) {
            discardSelected();
          }
        });
    body.setEditable(false);
    body.setWrapText(true);
    body.getStyleClass().add("message-body");
    body.setAccessibleText(texts.get("body"));
    subscriptions.now(records.getSelectionModel().selectedItemProperty(), this::showBody);
    SplitPane messages = new SplitPane(records, body);
    messages.setDividerPositions(0.6);
    messages.visibleProperty().bind(waiting.visibleProperty().not());
    StackPane tables = new StackPane(messages, waiting);
    HBox bar =
        new HBox(
            Reason.around(retry, context.state().trustedProperty(), subscriptions), discard, clear);
    bar.getStyleClass().add("queue-bar");
    VBox box =
        new VBox(bar, tables, ColumnWidths.followText(waiting), ColumnWidths.followText(records));
    VBox.setVgrow(tables, Priority.ALWAYS);
    return box;
  }

  private void show() {
    QueuesViewModel.Content content = viewModel.contentProperty().get();
    String arn = viewModel.targetProperty().get();
    showing = true;
    List<QueuedEvent> kept = List.copyOf(waiting.getSelectionModel().getSelectedItems());
    sources.getItems().setAll(content.sources());
    QueuesViewModel.Source now =
        content.sources().stream()
            .filter(source -> source.arn().equals(arn))
            .findFirst()
            .orElse(content.sources().getFirst());
    sources.getSelectionModel().select(now);
    showing = false;
    boolean events = now.waiting();
    waiting.setVisible(events);
    retry.setVisible(events);
    discard.setVisible(events);
    clear.setVisible(!events);
    clear.setDisable(content.records().isEmpty());
    waiting.getItems().setAll(content.waiting());
    kept.forEach(this::selectAgain);
    countdown.trigger();
    records.getItems().setAll(content.records());
    if (!events && records.getSelectionModel().isEmpty() && !content.records().isEmpty()) {
      records.getSelectionModel().selectFirst();
    }
    long count = content.sources().getFirst().count();
    badge.set(count == 0 ? "" : Units.count(count));
    if (!now.arn().equals(arn)) {
      viewModel.targetProperty().set(now.arn());
    }
  }

  /** The time that is left changes by itself. */
  private void count() {
    if (!waiting.getItems().isEmpty() && viewModel.clock().speed() > 0) {
      waiting.refresh();
      countdown.trigger();
    }
  }

  private void selectAgain(QueuedEvent before) {
    for (int i = 0; i < waiting.getItems().size(); i++) {
      if (waiting.getItems().get(i).requestId().equals(before.requestId())) {
        waiting.getSelectionModel().select(i);
      }
    }
  }

  private void showBody() {
    DeliveredRecord record = records.getSelectionModel().getSelectedItem();
    if (record == null) {
      body.setText("");
      return;
    }
    StringBuilder text = new StringBuilder();
    if (record.problem() != null) {
      text.append(texts.get("dropped", record.problem())).append("\n\n");
    }
    record
        .attributes()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    String message = new String(record.body(), StandardCharsets.UTF_8);
    boolean cut = message.length() > LONGEST_BODY;
    text.append(cut ? message.substring(0, LONGEST_BODY) : message);
    if (cut) {
      text.append('\n').append(texts.get("cut", Units.bytes(record.body().length)));
    }
    body.setText(text.toString());
  }

  private void discardSelected() {
    List<QueuedEvent> events = List.copyOf(waiting.getSelectionModel().getSelectedItems());
    String count = Units.count(events.size(), texts.get("event"), texts.get("events"));
    if (context
        .dialogs()
        .confirm(
            texts.get("discard.title", count), texts.get("discard.text"), texts.get("discard"))) {
      viewModel.discard(events);
    }
  }

  private void clearTarget() {
    String arn = viewModel.targetProperty().get();
    if (arn != null
        && context
            .dialogs()
            .confirm(texts.get("clear.title"), texts.get("clear.text", arn), texts.get("clear"))) {
      viewModel.clear(arn);
    }
  }

  /** A source with its count. */
  private static final class SourceCell extends CutCell<QueuesViewModel.Source> {
    private final Texts texts;

    SourceCell(Texts texts) {
      this.texts = texts;
    }

    @Override
    protected String shown(QueuesViewModel.Source source) {
      String name =
          source.waiting()
              ? texts.get("waiting")
              : texts.get("service." + source.service(), source.name());
      return name + "  " + Units.count(source.count());
    }
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public Optional<ObservableValue<String>> badge() {
    return Optional.of(badge.getReadOnlyProperty());
  }

  @Override
  public Optional<Node> tools() {
    return context.actions().find("invoke.async").map(Buttons::of);
  }

  @Override
  public void focus() {
    Focus.whenInScene(sources, sources::requestFocus);
  }

  @Override
  public void close() {
    subscriptions.close();
    countdown.close();
    viewModel.close();
  }
}
