package dev.hearth.app.ui.invocations;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.NumberColumn;
import dev.hearth.app.ui.kit.StatusDot;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/** The columns of the table: each sorts by its value and shows it with its unit. */
final class InvocationColumns {
  private static final long NANOS = 1_000_000_000L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final Texts texts;

  InvocationColumns(Texts texts) {
    this.texts = texts;
  }

  List<TableColumn<InvocationRecord, ?>> all() {
    return List.of(
        number("time", 104, InvocationRecord::queuedAt, r -> time(r.queuedAt())),
        text("function", 150, InvocationRecord::functionName),
        status(),
        text("start", 56, r -> r.coldStart() ? texts.get("cold") : texts.get("warm")),
        number("init", 84, InvocationRecord::initNanos, this::init),
        number("duration", 96, InvocationRecord::durationNanos, this::duration),
        number("billed", 84, InvocationRecord::billedMillis, r -> Units.billed(r.billedMillis())),
        number("memory", 100, InvocationRecord::peakMemoryBytes, this::memory),
        number("cost", 110, InvocationRecord::costPicoUsd, r -> Units.money(r.costPicoUsd())),
        number("version", 60, InvocationRecord::sourceVersion, this::version),
        text("error", 190, r -> r.errorType() == null ? "" : r.errorType()));
  }

  static String time(long epochNanos) {
    return TIME.format(Instant.ofEpochSecond(epochNanos / NANOS, epochNanos % NANOS));
  }

  private String init(InvocationRecord record) {
    return record.coldStart() && record.initNanos() > 0 ? Units.duration(record.initNanos()) : "";
  }

  private String duration(InvocationRecord record) {
    return record.durationNanos() >= 0
        ? Units.duration(record.durationNanos())
        : record.status().ended() ? texts.get("not.measured") : "";
  }

  private String memory(InvocationRecord record) {
    return record.peakMemoryBytes() >= 0
        ? Units.bytes(record.peakMemoryBytes())
        : record.status().ended() ? texts.get("not.measured") : "";
  }

  private String version(InvocationRecord record) {
    return record.sourceVersion() == 0
        ? ""
        : texts.get("version", String.valueOf(record.sourceVersion()));
  }

  private TableColumn<InvocationRecord, String> text(
      String id, double width, Function<InvocationRecord, String> value) {
    TableColumn<InvocationRecord, String> column = column(id, width);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
    return column;
  }

  private TableColumn<InvocationRecord, InvocationRecord> number(
      String id,
      double width,
      ToLongFunction<InvocationRecord> value,
      Function<InvocationRecord, String> shown) {
    NumberColumn<InvocationRecord> column =
        new NumberColumn<>(
            texts.get("column." + id),
            width,
            value::applyAsLong,
            record -> record == PagedRows.NOT_YET ? "" : shown.apply(record));
    column.setId(id);
    column.setReorderable(true);
    return column;
  }

  private TableColumn<InvocationRecord, InvocationRecord> status() {
    TableColumn<InvocationRecord, InvocationRecord> column = column("status", 110);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    column.setComparator((a, b) -> a.status().compareTo(b.status()));
    column.setCellFactory(c -> new StatusCell());
    return column;
  }

  private <T> TableColumn<InvocationRecord, T> column(String id, double width) {
    TableColumn<InvocationRecord, T> column = new TableColumn<>(texts.get("column." + id));
    column.setId(id);
    column.setPrefWidth(width);
    column.setReorderable(true);
    return column;
  }

  /** Colour and word: never colour alone. */
  private static final class StatusCell extends TableCell<InvocationRecord, InvocationRecord> {
    private final StatusDot dot = new StatusDot();

    @Override
    protected void updateItem(@Nullable InvocationRecord record, boolean empty) {
      super.updateItem(record, empty);
      if (empty || record == null || record == PagedRows.NOT_YET) {
        setText(null);
        setGraphic(null);
        return;
      }
      dot.setStatus(
          record.status().failed()
              ? StatusDot.Status.ERROR
              : record.status().ended() ? StatusDot.Status.OK : StatusDot.Status.BUSY);
      setText(record.status().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      setGraphic(dot);
    }
  }
}
