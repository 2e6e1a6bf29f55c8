package dev.hearth.app.ui.insights;

import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.NumberColumn;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/** The figures of the charts in words: by stretch of time, and by function. */
final class InsightTables {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss");
  private static final double ROW = 26;
  private static final double WIDE = 96;

  private final Texts texts;
  private final TableView<Row> times = new TableView<>();
  private final TableView<GroupSummary> functions = new TableView<>();

  /** A stretch by its number. */
  private record Row(Insights insights, int index) {}

  /**
   * @param openStretch told the number of a stretch that is opened
   * @param openFunction told the name of a function that is opened
   */
  InsightTables(Texts texts, Consumer<Integer> openStretch, Consumer<String> openFunction) {
    this.texts = texts;
    prepare(times, "table.times", row -> openStretch.accept(row.index()));
    prepare(functions, "table.functions", group -> openFunction.accept(group.key()));
    timeColumns();
    functionColumns();
  }

  private <T> void prepare(TableView<T> table, String key, Consumer<T> open) {
    table.setFixedCellSize(ROW);
    table.setAccessibleText(texts.get(key));
    table.setPlaceholder(new EmptyState(texts.get("empty.all")));
    Runnable chosen =
        () -> {
          T item = table.getSelectionModel().getSelectedItem();
          if (item != null) {
            open.accept(item);
          }
        };
    table.addEventHandler(
        MouseEvent.MOUSE_CLICKED,
        e -> {
          if (e.getClickCount() == 2) {
            chosen.run();
          }
        });
    table.addEventHandler(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            chosen.run();
            e.consume();
          }
        });
  }

  private void timeColumns() {
    TableColumn<Row, String> time = new TableColumn<>(texts.get("column.time"));
    time.setPrefWidth(130);
    time.setCellValueFactory(
        row ->
            new ReadOnlyObjectWrapper<>(
                clock(row.getValue().insights().start(row.getValue().index()))));
    times.getColumns().add(time);
    for (Metric metric : Metric.values()) {
      for (int line = 0; line < metric.lines().size(); line++) {
        int number = line;
        String name = metric.lines().get(line).name();
        String title =
            name.isEmpty() ? texts.get("metric." + metric.name().toLowerCase(Locale.ROOT)) : name;
        times
            .getColumns()
            .add(
                new NumberColumn<>(
                    title,
                    WIDE,
                    row -> metric.value(row.insights(), row.index(), number),
                    row -> metric.text(metric.value(row.insights(), row.index(), number))));
      }
    }
  }

  static String clock(long at) {
    return TIME.format(Instant.ofEpochSecond(at / 1_000_000_000L).atZone(ZoneId.systemDefault()));
  }

  private void functionColumns() {
    TableColumn<GroupSummary, String> name = new TableColumn<>(texts.get("column.function"));
    name.setPrefWidth(190);
    name.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().key()));
    functions.getColumns().add(name);
    number("calls", GroupSummary::calls, false);
    number("p50", GroupSummary::p50Nanos, true);
    number("p90", GroupSummary::p90Nanos, true);
    number("p99", GroupSummary::p99Nanos, true);
    functions
        .getColumns()
        .add(
            new NumberColumn<>(
                texts.get("metric.cold"),
                WIDE,
                g -> g.calls() == 0 ? 0 : (double) g.cold() / g.calls(),
                g ->
                    Metric.COLD.text(g.calls() == 0 ? Double.NaN : (double) g.cold() / g.calls())));
    number("errors", GroupSummary::errors, false);
    number("throttles", GroupSummary::throttled, false);
    functions
        .getColumns()
        .add(
            new NumberColumn<>(
                texts.get("metric.memory"),
                WIDE,
                GroupSummary::peakMemoryBytes,
                g -> g.peakMemoryBytes() < 0 ? "\u2013" : Units.bytes(g.peakMemoryBytes())));
    functions
        .getColumns()
        .add(
            new NumberColumn<>(
                texts.get("metric.cost"),
                WIDE + 30,
                GroupSummary::costPicoUsd,
                g -> Units.money(g.costPicoUsd())));
  }

  private interface Figure {
    long of(GroupSummary group);
  }

  private void number(String key, Figure figure, boolean duration) {
    functions
        .getColumns()
        .add(
            new NumberColumn<>(
                duration ? key : texts.get("metric." + key),
                WIDE,
                figure::of,
                group ->
                    !duration
                        ? Units.count(figure.of(group))
                        : figure.of(group) < 0 ? "\u2013" : Units.duration(figure.of(group))));
  }

  /** Shows other figures; stretches in which nothing happened are left out. */
  void show(@Nullable Insights insights) {
    List<Row> rows = new ArrayList<>();
    if (insights != null) {
      for (int i = 0; i < insights.stretches().size(); i++) {
        Insights.Stretch stretch = insights.stretches().get(i);
        if (stretch.sum().calls + stretch.sum().throttled > 0 || insights.concurrency(i) > 0) {
          rows.add(new Row(insights, i));
        }
      }
    }
    times.getItems().setAll(rows);
    functions.getItems().setAll(insights == null ? List.of() : insights.functions());
  }

  Node times() {
    return times;
  }

  Node functions() {
    return functions;
  }
}
