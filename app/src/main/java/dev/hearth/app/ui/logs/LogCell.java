package dev.hearth.app.ui.logs;

import dev.hearth.app.project.LogEntry;
import dev.hearth.runtime.event.LogStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** One line: time, stream as a colour and a word, text. */
final class LogCell extends ListCell<LogEntry> {
  private static final long NANOS = 1_000_000_000L;
  private static final int MOST_SHOWN = 4_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final Pattern ERROR =
      Pattern.compile(
          "\\[ERROR]|\\bERROR\\b|\"level\":\"(ERROR|FATAL)\"|^Traceback|Status: (error|timeout)");
  private static final Pattern WARNING =
      Pattern.compile("\\[WARN(ING)?]|\\bWARN\\b|\"level\":\"WARN");
  private static final PseudoClass PLATFORM = PseudoClass.getPseudoClass("platform");
  private static final PseudoClass ERRORS = PseudoClass.getPseudoClass("errors");
  private static final PseudoClass WARN = PseudoClass.getPseudoClass("warn");

  private final Label time = new Label();
  private final Label text = new Label();
  private final HBox row = new HBox(time, text);

  LogCell() {
    time.getStyleClass().add("log-time");
    time.setMinWidth(USE_PREF_SIZE);
    text.getStyleClass().add("log-text");
    row.getStyleClass().add("log-row");
    getStyleClass().add("log-cell");
  }

  static String line(LogEntry entry) {
    return TIME.format(Instant.ofEpochSecond(entry.at() / NANOS, entry.at() % NANOS))
        + " "
        + entry.stream().name().toLowerCase(Locale.ROOT)
        + " "
        + entry.text();
  }

  @Override
  protected void updateItem(@Nullable LogEntry entry, boolean empty) {
    super.updateItem(entry, empty);
    if (empty || entry == null) {
      setGraphic(null);
      return;
    }
    time.setText(TIME.format(Instant.ofEpochSecond(entry.at() / NANOS, entry.at() % NANOS)));
    String line = entry.text().replace('\t', ' ').replace('\r', '\n');
    text.setText(line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line);
    boolean error = ERROR.matcher(entry.text()).find();
    pseudoClassStateChanged(ERRORS, error || entry.stream() == LogStream.STDERR);
    pseudoClassStateChanged(WARN, !error && WARNING.matcher(entry.text()).find());
    pseudoClassStateChanged(PLATFORM, !error && entry.stream() == LogStream.PLATFORM);
    setGraphic(row);
  }
}
