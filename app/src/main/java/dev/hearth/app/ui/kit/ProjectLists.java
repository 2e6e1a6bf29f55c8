package dev.hearth.app.ui.kit;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.TaskRunner;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the window's lists of functions and events up to date with the project after a change, and
 * keeps what was selected selected.
 */
public final class ProjectLists {
  private static final long KEEP = -1;

  private final ProjectSession session;
  private final WorkbenchState state;
  private final TaskRunner tasks;

  public ProjectLists(PanelContext context) {
    this(context.session(), context.state(), context.tasks());
  }

  public ProjectLists(ProjectSession session, WorkbenchState state, TaskRunner tasks) {
    this.session = session;
    this.state = state;
    this.tasks = tasks;
  }

  /** Does something with the functions in the background and shows the result. */
  public void changeFunctions(String what, Runnable change) {
    selectAfter(
        what,
        () -> {
          change.run();
          return KEEP;
        });
  }

  /**
   * Does something with the functions in the background, shows the result and selects a function.
   *
   * @param change returns the id of the function to select
   */
  public void selectAfter(String what, LongSupplier change) {
    tasks.run(
        what,
        () -> {
          long select = change.getAsLong();
          return new Loaded<>(session.functions().list(), select);
        },
        loaded -> showFunctions(loaded.items(), loaded.select()),
        failure -> state.notices().add(Failures.notice(failure)));
  }

  /** Does something with the test events in the background, shows the result and selects one. */
  public void selectEventAfter(String what, LongSupplier change) {
    tasks.run(
        what,
        () -> {
          long select = change.getAsLong();
          return new Loaded<>(session.events().list(), select);
        },
        loaded -> showEvents(loaded.items(), loaded.select()),
        failure -> state.notices().add(Failures.notice(failure)));
  }

  /** Does something with the test events in the background and shows the result. */
  public void changeEvents(String what, Runnable change) {
    selectEventAfter(
        what,
        () -> {
          change.run();
          return KEEP;
        });
  }

  /** Replaces the functions; keeps the selection by id when {@code select} is negative. */
  public void showFunctions(List<FunctionDefinition> functions, long select) {
    FunctionDefinition before = state.functionProperty().get();
    long wanted = select >= 0 ? select : before == null ? KEEP : before.id();
    state.functions().setAll(functions);
    state
        .functionProperty()
        .set(
            functions.stream()
                .filter(f -> f.id() == wanted)
                .findFirst()
                .orElse(firstOrNull(functions)));
  }

  /** Replaces the events; keeps the selection by id when {@code select} is negative. */
  public void showEvents(List<TestEvent> events, long select) {
    TestEvent before = state.eventProperty().get();
    long wanted = select >= 0 ? select : before == null ? KEEP : before.id();
    state.events().setAll(events);
    state
        .eventProperty()
        .set(events.stream().filter(e -> e.id() == wanted).findFirst().orElse(firstOrNull(events)));
  }

  private static <T> @Nullable T firstOrNull(List<T> list) {
    return list.isEmpty() ? null : list.getFirst();
  }

  private record Loaded<T>(List<T> items, long select) {}
}
