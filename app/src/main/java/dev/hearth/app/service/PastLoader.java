package dev.hearth.app.service;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.TaskRunner;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings the stored past into the window: the newest part when a project is opened, older parts and
 * memory curves when someone looks at them. FX thread only; the reading is done elsewhere.
 */
public final class PastLoader {
  /** How many invocations are read at first, and with each further step. */
  public static final int PAGE = 5_000;

  private static final int ENVIRONMENTS = 500;

  /** Longer lanes show the calls' peaks. */
  private static final int MOST_CALLS_WITH_CURVE = 500;

  private final HistoryService history;
  private final WorkbenchState state;
  private final TaskRunner tasks;

  private record Past(List<InvocationRecord> records, List<EnvironmentRecord> environments) {}

  public PastLoader(HistoryService history, WorkbenchState state, TaskRunner tasks) {
    this.history = history;
    this.state = state;
    this.tasks = tasks;
  }

  /** Shows the newest stored invocations and environments. */
  public void loadNewest(Runnable onDone, Consumer<Throwable> onFailure) {
    tasks.run(
        "load history",
        () -> new Past(history.recent(PAGE), history.environments(ENVIRONMENTS)),
        past -> {
          state.showStored(past.records(), past.environments());
          onDone.run();
        },
        onFailure);
  }

  /**
   * Shows the invocations before the oldest one shown.
   *
   * @param onDone told how many came; 0 when there are no older ones
   */
  public void loadOlder(Consumer<Integer> onDone, Consumer<Throwable> onFailure) {
    List<InvocationRecord> rows = state.invocations().rows();
    if (rows.isEmpty()) {
      onDone.accept(0);
      return;
    }
    InvocationRecord oldest = rows.getFirst();
    tasks.run(
        "load older history",
        () -> history.before(oldest, PAGE),
        older -> {
          state.showStored(older, List.of());
          onDone.accept(older.size());
        },
        onFailure);
  }

  /** Reads the memory curve of a lane of an earlier session, once. */
  public void loadMemory(TimelineLane lane, Consumer<Throwable> onFailure) {
    if (lane.spans().size() > MOST_CALLS_WITH_CURVE || !lane.askForCurve()) {
      return;
    }
    String id = lane.environmentId();
    long from = lane.spans().isEmpty() ? lane.startedAt() : lane.spans().start(0);
    tasks.run(
        "load memory curve",
        () -> history.memory(id, from, lane.endsAt(from)),
        curve -> {
          state.timeline().memory(lane, curve);
          state.timeline().publish();
        },
        onFailure);
  }
}
