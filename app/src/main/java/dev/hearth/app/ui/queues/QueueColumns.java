package dev.hearth.app.ui.queues;

import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.VirtualClock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** The tables of waiting events and of messages; times are those of the virtual clock. */
final class QueueColumns {
  private static final long NANOS = 1_000_000_000L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Texts texts;
  private final VirtualClock clock;

  QueueColumns(Texts texts, VirtualClock clock) {
    this.texts = texts;
    this.clock = clock;
  }

  TableView<QueuedEvent> waiting() {
    TableView<QueuedEvent> table = table("waiting");
    table.getColumns().add(column("function", 140, QueuedEvent::qualifiedName));
    table.getColumns().add(column("next", 190, this::next));
    table.getColumns().add(column("attempts", 84, event -> Units.count(event.attempts())));
    table.getColumns().add(column("problem", 240, QueueColumns::problem));
    table.getColumns().add(column("accepted", 80, event -> time(event.acceptedAt())));
    table.getColumns().add(column("request", 260, QueuedEvent::requestId));
    return table;
  }

  private String next(QueuedEvent event) {
    long left = event.nextAttemptAt() - clock.epochNanos();
    return left <= 0
        ? texts.get("due")
        : texts.get(
            "due.at",
            time(event.nextAttemptAt()),
            Units.duration(Math.max(NANOS, left / NANOS * NANOS)));
  }

  private static String problem(QueuedEvent event) {
    return event.problem() == null ? "" : event.problem();
  }

  TableView<DeliveredRecord> records() {
    TableView<DeliveredRecord> table = table("records");
    table.getColumns().add(column("time", 80, record -> time(record.deliveredAt())));
    table.getColumns().add(column("kind", 90, this::kind));
    table.getColumns().add(column("function", 140, DeliveredRecord::functionName));
    table.getColumns().add(column("size", 70, record -> Units.bytes(record.body().length)));
    table.getColumns().add(column("request", 260, DeliveredRecord::requestId));
    return table;
  }

  private String kind(DeliveredRecord record) {
    String kind = texts.get("kind." + record.kind().name().toLowerCase(Locale.ROOT));
    return record.problem() == null ? kind : texts.get("kind.dropped", kind);
  }

  private <T> TableView<T> table(String key) {
    TableView<T> table = new TableView<>();
    table.setAccessibleText(texts.get(key));
    return table;
  }

  private <T> TableColumn<T, String> column(String id, double width, Function<T, String> value) {
    TableColumn<T, String> column = new TableColumn<>(texts.get("column." + id));
    column.setId(id);
    column.setPrefWidth(width);
    column.setSortable(false);
    column.setCellValueFactory(
        row -> new ReadOnlyStringWrapper(value.apply(row.getValue())).getReadOnlyProperty());
    return column;
  }

  private static String time(long epochNanos) {
    return TIME.format(Instant.ofEpochSecond(epochNanos / NANOS, epochNanos % NANOS));
  }
}
