package dev.hearth.app.ui.invocations;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.task.TaskRunner;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.ObservableListBase;

/**
 * The rows of a search result as a list that a table can scroll through: pages are read in the
 * background when they are looked at, a few are kept. Until its page is there a row is {@link
 * #NOT_YET}. FX thread only.
 */
final class PagedRows extends ObservableListBase<InvocationRecord> {
  /** Stands for a row that is being read. */
  static final InvocationRecord NOT_YET =
      new InvocationRecord(
          "",
          0,
          "\u2026",
          0,
          null,
          InvocationStatus.PENDING,
          null,
          false,
          0,
          -1,
          0,
          -1,
          0,
          0,
          -1,
          -1,
          0);

  private static final int PAGE = 200;
  private static final int KEPT_PAGES = 30;

  private final long[] positions;
  private final HistoryService history;
  private final TaskRunner tasks;
  private final Consumer<Throwable> failures;
  private final Set<Integer> asked = new HashSet<>();
  private final Map<Integer, List<InvocationRecord>> pages =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, List<InvocationRecord>> eldest) {
          return size() > KEPT_PAGES;
        }
      };

  PagedRows(
      long[] positions, HistoryService history, TaskRunner tasks, Consumer<Throwable> failures) {
    this.positions = positions;
    this.history = history;
    this.tasks = tasks;
    this.failures = failures;
  }

  @Override
  public int size() {
    return positions.length;
  }

  @Override
  public InvocationRecord get(int index) {
    Objects.checkIndex(index, positions.length);
    List<InvocationRecord> page = pages.get(index / PAGE);
    if (page == null) {
      read(index / PAGE);
      page = pages.get(index / PAGE);
    }
    int at = index % PAGE;
    return page == null || at >= page.size() ? NOT_YET : page.get(at);
  }

  private void read(int number) {
    if (!asked.add(number)) {
      return;
    }
    int from = number * PAGE;
    int to = Math.min(positions.length, from + PAGE);
    tasks.run(
        "read page of invocations",
        () -> history.records(Arrays.copyOfRange(positions, from, to)),
        rows -> {
          asked.remove(number);
          pages.put(number, rows);
          beginChange();
          for (int i = from; i < to; i++) {
            nextUpdate(i);
          }
          endChange();
        },
        failure -> {
          asked.remove(number);
          failures.accept(failure);
        });
  }

  /** Row objects change when their pages come: identity would find nothing. */
  @Override
  public int indexOf(Object wanted) {
    for (Map.Entry<Integer, List<InvocationRecord>> page : pages.entrySet()) {
      int at = page.getValue().indexOf(wanted);
      if (at >= 0) {
        return page.getKey() * PAGE + at;
      }
    }
    return -1;
  }
}
