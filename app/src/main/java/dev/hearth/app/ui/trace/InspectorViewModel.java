package dev.hearth.app.ui.trace;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.project.query.QueryParser;
import dev.hearth.app.project.query.QueryTimes;
import dev.hearth.app.service.PastLoader;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Replay;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.app.ui.kit.time.SelectedDetail;
import dev.hearth.resources.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/** Filters the invocations, moves through them and acts on the selected one. FX thread only. */
final class InspectorViewModel implements AutoCloseable {
  private final PanelContext context;
  private final WorkbenchState state;
  private final Texts texts = Texts.of("trace");
  private final FilteredList<InvocationRecord> rows;
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
  private final SelectedDetail detail;
  private final PastLoader past;
  private final ComparisonModel comparison;
  private final Replay replay;
  private final Subscriptions subscriptions = new Subscriptions();
  private final ListChangeListener<InvocationRecord> onRows = change -> count();

  InspectorViewModel(PanelContext context) {
    this.context = context;
    state = context.state();
    rows = new FilteredList<>(state.invocations().rows());
    detail = new SelectedDetail(state, context.session().history(), context.tasks());
    past = new PastLoader(context.session().history(), state, context.tasks());
    comparison =
        new ComparisonModel(
            context.session().history(), context.tasks(), state.comparedWithProperty());
    replay = new Replay(context);
    rows.addListener(onRows);
    subscriptions.now(filter, this::refilter);
  }

  private void refilter() {
    QueryParser.Parsed parsed = QueryParser.parse(filter.get(), QueryTimes.here());
    rows.setPredicate(filter.get().isBlank() ? null : parsed.query()::test);
    problem.set(parsed.problem() == null ? "" : parsed.problem());
    count();
  }

  private void count() {
    int all = state.invocations().rows().size();
    count.set(
        rows.size() == all
            ? texts.get("count", Units.count(all))
            : texts.get("count.filtered", Units.count(rows.size()), Units.count(all)));
  }

  /** The invocations that pass the filter, oldest first. */
  FilteredList<InvocationRecord> rows() {
    return rows;
  }

  InvocationFeed feed() {
    return state.invocations();
  }

  StringProperty filterProperty() {
    return filter;
  }

  /** What is wrong with the filter; empty when nothing is. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  ReadOnlyStringProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  SelectedDetail detail() {
    return detail;
  }

  /** What the shown invocation is compared with. */
  ComparisonModel comparison() {
    return comparison;
  }

  /** Compares what is shown from now on with the invocation that is shown now. */
  void compareWithThis() {
    comparison.otherProperty().set(detail.detailProperty().get());
  }

  /** The position of a row among those that pass the filter, or -1. */
  int indexOf(@Nullable InvocationRecord record) {
    int index = record == null ? -1 : feed().indexOf(record.requestId());
    return index < 0 ? -1 : rows.getViewIndex(index);
  }

  void select(InvocationRecord record) {
    feed().selectedProperty().set(record);
  }

  /** Selects the invocation before or after the selected one; the newest when there is none. */
  void step(int direction) {
    if (rows.isEmpty()) {
      return;
    }
    int index = indexOf(feed().selectedProperty().get());
    int next = index < 0 ? rows.size() - 1 : Math.clamp(index + direction, 0, rows.size() - 1);
    select(rows.get(next));
  }

  /** Shows the newest invocation when none is selected. */
  void selectSomething() {
    if (feed().selectedProperty().get() == null && !rows.isEmpty()) {
      select(rows.getLast());
    }
  }

  /** The function of an invocation as the project has it now. */
  Optional<FunctionDefinition> function(InvocationRecord record) {
    return state.functions().stream().filter(f -> f.id() == record.functionId()).findFirst();
  }

  /** Whether the selected invocation can be invoked again. */
  boolean canReplay() {
    return replay.canRun(feed().selectedProperty().get());
  }

  /**
   * Invokes again with the same event, and shows both beside each other.
   *
   * @param today today's code, or the version that ran
   */
  void replay(boolean today) {
    replay.run(feed().selectedProperty().get(), today);
  }

  /** Invokes again in a new environment that measures what loading the handler is made of. */
  void measureImports() {
    replay.measureImports(feed().selectedProperty().get());
  }

  /** Keeps the event of the selected invocation as a test event of the project. */
  void saveEvent() {
    InvocationDetail shown = detail.detailProperty().get();
    if (shown == null) {
      return;
    }
    String json = new String(shown.event(), StandardCharsets.UTF_8);
    String name = shown.record().functionName() + "-" + shown.record().requestId().substring(0, 4);
    context
        .tasks()
        .run(
            "save event",
            () -> context.session().events().create(name, "", json),
            this::saved,
            this::fail);
  }

  private void saved(TestEvent event) {
    state.events().add(event);
    state.events().sort(Comparator.comparing(TestEvent::name));
    state.notices().add(new Notice(Notice.Severity.INFO, texts.get("saved", event.name())));
  }

  /** Reads earlier invocations into the list. */
  void loadOlder() {
    past.loadOlder(
        read -> {
          if (read == 0) {
            state.notices().add(new Notice(Notice.Severity.INFO, texts.get("older.none")));
          }
        },
        this::fail);
  }

  private void fail(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    state.notices().add(new Notice(Notice.Severity.ERROR, String.valueOf(cause.getMessage())));
  }

  /** The invocations that an environment served, of those that the window holds. */
  List<InvocationRecord> servedBy(String environmentId) {
    return feed().rows().stream().filter(r -> environmentId.equals(r.environmentId())).toList();
  }

  WorkbenchState state() {
    return state;
  }

  Texts texts() {
    return texts;
  }

  @Override
  public void close() {
    subscriptions.close();
    rows.removeListener(onRows);
    detail.close();
  }
}
