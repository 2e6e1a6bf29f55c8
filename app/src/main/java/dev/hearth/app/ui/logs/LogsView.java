package dev.hearth.app.ui.logs;

import dev.hearth.app.project.LogEntry;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.util.Subscription;

/** A virtual list of log lines with a filter; new lines are taken once per pulse. */
final class LogsView implements Panel {
  private final LogsViewModel viewModel;
  private final Texts texts = Texts.of("logs");
  private final ListView<LogEntry> list = new ListView<>();
  private final HBox tools = new HBox();
  private final Label skipped = new Label();
  private final ToggleButton follow = new ToggleButton();
  private final ReadOnlyStringWrapper badge = new ReadOnlyStringWrapper("");
  private final AnimationTimer puller;
  private final Subscription subscription;

  /**
   * @param full whether the controls of the tool area are wanted
   */
  LogsView(LogsViewModel viewModel, boolean full) {
    this.viewModel = viewModel;
    list.setItems(viewModel.lines());
    list.setCellFactory(l -> new LogCell());
    list.setPlaceholder(new EmptyState(texts.get("empty")));
    list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    list.getStyleClass().add("log-list");
    list.setAccessibleText(texts.get("accessible"));
    list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    puller =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            stop();
            pull();
          }
        };
    fillTools(full);
    subscription =
        Subscription.combine(
            viewModel.buffer().endProperty().subscribe(end -> puller.start()),
            viewModel.buffer().skippedProperty().subscribe(n -> skipped(n.longValue())),
            viewModel.problemProperty().subscribe(this::problem));
    viewModel.lines().subscribe(this::changed);
  }

  private void fillTools(boolean full) {
    tools.setAlignment(Pos.CENTER_RIGHT);
    tools.setSpacing(6);
    skipped.getStyleClass().add("muted");
    follow.setText(texts.get("follow"));
    follow.setTooltip(new Tooltip(texts.get("follow.tip")));
    follow.getStyleClass().addAll("flat", "small");
    follow.setSelected(full);
    Button copy = Buttons.icon("copy", texts.get("copy"));
    copy.setOnAction(e -> copy());
    if (!full) {
      tools.getChildren().addAll(copy);
      return;
    }
    TextField filter = new TextField();
    filter.setPromptText(texts.get("filter"));
    filter.setPrefColumnCount(22);
    filter.textProperty().bindBidirectional(viewModel.filterProperty());
    ToggleButton only = new ToggleButton(texts.get("only"));
    only.getStyleClass().addAll("flat", "small");
    only.setTooltip(new Tooltip(texts.get("only.tip")));
    only.selectedProperty().bindBidirectional(viewModel.onlySelectedProperty());
    Button clear = Buttons.icon("trash-2", texts.get("clear"));
    clear.setOnAction(e -> viewModel.clear());
    tools.getChildren().addAll(skipped, filter, only, follow, copy, clear);
  }

  private void pull() {
    viewModel.pull();
  }

  private void changed() {
    int size = viewModel.lines().size();
    badge.set(size == 0 ? "" : Units.count(size));
    if (follow.isSelected() && size > 0) {
      list.scrollTo(size - 1);
    }
  }

  private void skipped(long lines) {
    skipped.setText(lines == 0 ? "" : texts.get("skipped", Units.count(lines)));
  }

  private void problem(String text) {
    skipped.setText(text);
  }

  private void key(KeyEvent e) {
    if (e.getCode() == KeyCode.C && e.isShortcutDown()) {
      copy();
      e.consume();
    }
  }

  /** Copies the selected lines, or all when none is selected. */
  private void copy() {
    List<LogEntry> chosen = list.getSelectionModel().getSelectedItems();
    List<LogEntry> lines = chosen.isEmpty() ? viewModel.lines() : chosen;
    ClipboardContent content = new ClipboardContent();
    content.putString(lines.stream().map(LogCell::line).collect(Collectors.joining("\n")));
    Clipboard.getSystemClipboard().setContent(content);
  }

  @Override
  public Node node() {
    return list;
  }

  @Override
  public Optional<ObservableValue<String>> badge() {
    return Optional.of(badge.getReadOnlyProperty());
  }

  @Override
  public Optional<Node> tools() {
    return Optional.of(tools);
  }

  @Override
  public void close() {
    puller.stop();
    subscription.unsubscribe();
    viewModel.close();
  }
}
