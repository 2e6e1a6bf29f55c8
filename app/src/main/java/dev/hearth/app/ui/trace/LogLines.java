package dev.hearth.app.ui.trace;

import dev.hearth.app.project.LogEntry;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.LogStream;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/** The log lines of one invocation; Ctrl+C copies the selected ones. */
final class LogLines extends ListView<LogEntry> {
  LogLines(Texts texts) {
    getStyleClass().add("log-lines");
    getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    Label empty = new Label(texts.get("log.empty"));
    empty.getStyleClass().add("muted");
    setPlaceholder(empty);
    setAccessibleText(texts.get("section.log"));
    setCellFactory(view -> new LineCell());
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  void show(List<LogEntry> log) {
    if (!getItems().equals(log)) {
      getItems().setAll(log);
    }
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
      ClipboardContent content = new ClipboardContent();
      content.putString(
          getSelectionModel().getSelectedItems().stream()
              .map(LogEntry::text)
              .collect(Collectors.joining("\n")));
      Clipboard.getSystemClipboard().setContent(content);
      event.consume();
    }
  }

  /** Time and text. */
  private static final class LineCell extends ListCell<LogEntry> {
    private final Label time = new Label();
    private final Label text = new Label();
    private final HBox row = new HBox(time, text);

    LineCell() {
      time.getStyleClass().addAll("log-time", "mono");
      time.setMinWidth(USE_PREF_SIZE);
      row.getStyleClass().add("log-row");
    }

    @Override
    protected void updateItem(LogEntry item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      time.setText(InvocationCell.time(item.at()));
      text.setText(item.text());
      text.getStyleClass().setAll("label", "mono", style(item.stream()));
      setGraphic(row);
      setAccessibleText(time.getText() + " " + item.text());
    }

    private static String style(LogStream stream) {
      return switch (stream) {
        case STDOUT -> "log-out";
        case STDERR -> "log-err";
        case PLATFORM, EXTENSION -> "log-platform";
      };
    }
  }
}
