package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** One row of the inspector's list: time, start, duration, memory, how it ended. */
final class InvocationCell extends ListCell<InvocationRecord> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final double WIDE_EM = 26;
  private static final long SECOND = 1_000_000_000L;

  private final Texts texts;
  private final HBox row = new HBox();
  private final Region dot = new Region();
  private final Label time = column("cell-time", Pos.CENTER_LEFT);
  private final Label start = column("cell-start", Pos.CENTER_LEFT);
  private final Label duration = column("cell-duration", Pos.CENTER_RIGHT);
  private final Label memory = column("cell-memory", Pos.CENTER_RIGHT);
  private final Label end = new Label();

  InvocationCell(Texts texts) {
    this.texts = texts;
    row.getStyleClass().add("invocation-row");
    row.setAlignment(Pos.CENTER_LEFT);
    dot.getStyleClass().add("invocation-dot");
    end.setMaxWidth(Double.MAX_VALUE);
    end.setMinWidth(0);
    end.setAlignment(Pos.CENTER_RIGHT);
    HBox.setHgrow(end, Priority.ALWAYS);
    row.getChildren().addAll(dot, time, start, duration, memory, end);
    setPrefWidth(0);
    widthProperty().addListener((source, old, now) -> dropMemoryWhenNarrow());
  }

  /** The column goes where the list is narrow, and makes room for words where nothing ran. */
  private void dropMemoryWhenNarrow() {
    InvocationRecord item = getItem();
    boolean room = getWidth() > getFont().getSize() * WIDE_EM;
    memory.setManaged(room && item != null && item.peakMemoryBytes() >= 0);
    memory.setVisible(memory.isManaged());
  }

  private static Label column(String style, Pos alignment) {
    Label label = new Label();
    label.getStyleClass().add(style);
    label.setAlignment(alignment);
    return label;
  }

  /** A moment as a clock time with milliseconds, in the zone of this machine. */
  static String time(long epochNanos) {
    return TIME.format(
        Instant.ofEpochSecond(Math.floorDiv(epochNanos, SECOND), Math.floorMod(epochNanos, SECOND))
            .atZone(ZoneId.systemDefault()));
  }

  @Override
  protected void updateItem(InvocationRecord item, boolean empty) {
    super.updateItem(item, empty);
    if (empty || item == null) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    boolean ran = item.startedAt() > 0;
    time.setText(time(item.queuedAt()));
    start.setText(ran ? texts.get(item.coldStart() ? "start.cold" : "start.warm") : "\u2013");
    duration.setText(item.durationNanos() >= 0 ? Units.duration(shownDuration(item)) : "\u2013");
    memory.setText(item.peakMemoryBytes() >= 0 ? Units.bytes(item.peakMemoryBytes()) : "\u2013");
    boolean failed = item.status().failed();
    String word = HistoryQuery.statusWord(item.status());
    boolean named = item.status() == InvocationStatus.ERROR && item.errorType() != null;
    end.setText(named ? shortError(item.errorType()) : word);
    end.getStyleClass().setAll("label", "cell-end", failed ? style(item.status()) : "faint");
    dot.getStyleClass().setAll("invocation-dot", dotStyle(item));
    dropMemoryWhenNarrow();
    setGraphic(row);
    setAccessibleText(
        String.join(
            ", ",
            item.functionName(),
            time.getText(),
            start.getText(),
            duration.getText(),
            memory.getText(),
            end.getText()));
  }

  /** What the caller waited for: a cold call includes its init. */
  private static long shownDuration(InvocationRecord item) {
    return item.durationNanos() + Math.max(0, item.initNanos());
  }

  private static String style(InvocationStatus status) {
    return status == InvocationStatus.THROTTLED
        ? "throttle"
        : status == InvocationStatus.CANCELLED ? "muted" : "error";
  }

  private static String dotStyle(InvocationRecord item) {
    if (item.status().failed()) {
      return style(item.status());
    }
    return item.coldStart() ? "cold" : item.status().ended() ? "warm" : "running";
  }

  /** {@code Sandbox.Timedout} and the like without their package. */
  private static String shortError(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
