package dev.hearth.app.ui.invocations;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryParser;
import dev.hearth.app.project.query.QueryTimes;
import dev.hearth.app.project.query.SearchResult;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.task.Debouncer;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.time.Duration;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Asks the whole history for what the query line says, when typing pauses and when calls have
 * ended; only the newest question is answered. FX thread only.
 */
final class QueryModel implements AutoCloseable {
  private final PanelContext context;
  private final HistoryService history;
  private final Texts texts = Texts.of("invocations");
  private final StringProperty line = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<@Nullable PagedRows> rows = new ReadOnlyObjectWrapper<>();
  private final Debouncer typed;
  private final Debouncer grown;
  private final Subscription subscription;
  private SortOrder order = SortOrder.NEWEST_FIRST;
  private long asked;

  QueryModel(PanelContext context) {
    this.context = context;
    history = context.session().history();
    typed = new Debouncer(Duration.ofMillis(120), this::ask);
    grown = new Debouncer(Duration.ofSeconds(1), this::ask);
    subscription =
        Subscription.combine(
            line.subscribe((old, now) -> typed.trigger()),
            context.state().totals().revisionProperty().subscribe((old, now) -> grow()));
  }

  private void grow() {
    if (rows.get() != null) {
      grown.trigger();
    }
  }

  StringProperty lineProperty() {
    return line;
  }

  /** What is wrong with the line; empty when nothing is. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** How many were found, in words; empty while nothing is asked for. */
  ReadOnlyStringProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  /** The answer; null while nothing is asked for. */
  ReadOnlyObjectProperty<@Nullable PagedRows> rowsProperty() {
    return rows.getReadOnlyProperty();
  }

  /** Another order of the same rows. */
  void sort(SortOrder next) {
    if (!next.equals(order)) {
      order = next;
      ask();
    }
  }

  /** Asks at once. */
  void ask() {
    long number = ++asked;
    String text = line.get();
    if (text.isBlank()) {
      problem.set("");
      count.set("");
      rows.set(null);
      return;
    }
    QueryParser.Parsed parsed = QueryParser.parse(text, QueryTimes.here());
    String wrong = parsed.problem();
    problem.set(wrong == null ? "" : wrong);
    HistoryQuery query = parsed.query();
    SortOrder wanted = order;
    context
        .tasks()
        .run(
            "search history",
            () -> history.search(query, wanted),
            found -> {
              if (number == asked) {
                show(found);
              }
            },
            this::fail);
  }

  private void show(SearchResult found) {
    count.set(
        texts.get(
            found.complete() ? "query.count" : "query.count.more",
            Units.count(found.size()),
            Units.count(found.searched())));
    rows.set(new PagedRows(found.positions(), history, context.tasks(), this::fail));
  }

  private void fail(Throwable failure) {
    context.state().notices().add(Failures.notice(failure));
  }

  /** What is known for a key, for proposals. */
  List<String> values(String key) {
    return switch (key) {
      case "function" ->
          context.state().functions().stream().map(FunctionDefinition::name).toList();
      case "error" ->
          context.state().invocations().rows().stream()
              .map(row -> row.errorType() == null ? "" : row.errorType())
              .filter(error -> !error.isEmpty())
              .distinct()
              .toList();
      default -> List.of();
    };
  }

  @Override
  public void close() {
    asked++;
    typed.close();
    grown.close();
    subscription.unsubscribe();
  }
}
