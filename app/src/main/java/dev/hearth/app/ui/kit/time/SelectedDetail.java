package dev.hearth.app.ui.kit.time;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.Subscriptions;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the selected invocation, for panels that show it: read from the history in
 * the background, or as far as it got while it still runs. It reads nothing while its panel is not
 * shown. FX thread only.
 */
public final class SelectedDetail implements AutoCloseable {
  private static final long LIVE_REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final InvocationFeed feed;
  private final HistoryService history;
  private final TaskRunner tasks;
  private final ReadOnlyObjectWrapper<@Nullable InvocationDetail> detail =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final Subscriptions subscriptions = new Subscriptions();
  private boolean active;
  private long asked;
  private long refreshedAt;

  public SelectedDetail(WorkbenchState state, HistoryService history, TaskRunner tasks) {
    this.feed = state.invocations();
    this.history = history;
    this.tasks = tasks;
    subscriptions.later(feed.selectedProperty(), () -> refresh(true));
    subscriptions.later(feed.grownProperty(), this::reload);
    subscriptions.later(state.timeline().revisionProperty(), () -> refresh(false));
  }

  /** The selected row; null when nothing is selected. */
  public ReadOnlyObjectProperty<@Nullable InvocationRecord> recordProperty() {
    return feed.selectedProperty();
  }

  /** What is known of it now; null while it is being read, or when it can't be. */
  public ReadOnlyObjectProperty<@Nullable InvocationDetail> detailProperty() {
    return detail.getReadOnlyProperty();
  }

  /** Why it can't be read; empty when it can. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether the panel is shown. */
  public void setActive(boolean shown) {
    if (shown != active) {
      active = shown;
      refresh(true);
    }
  }

  private void refresh(boolean selectionChanged) {
    InvocationRecord selected = feed.selectedProperty().get();
    if (!active) {
      return;
    }
    if (selected == null) {
      show(null, "");
    } else if (!selected.status().ended()) {
      refreshLive(selected, selectionChanged);
    } else if (selectionChanged && !shown(selected)) {
      load(selected);
    }
  }

  private void reload() {
    InvocationRecord selected = feed.selectedProperty().get();
    if (selected == null || !selected.status().ended()) {
      return;
    }
    if (active) {
      load(selected);
    } else {
      show(null, "");
    }
  }

  private boolean shown(InvocationRecord record) {
    InvocationDetail current = detail.get();
    return current != null
        && current.record().requestId().equals(record.requestId())
        && current.record().status().ended();
  }

  private void refreshLive(InvocationRecord selected, boolean now) {
    long time = System.nanoTime();
    if (now || time - refreshedAt > LIVE_REFRESH_NANOS) {
      refreshedAt = time;
      show(feed.openDetail(selected.requestId()), "");
    }
  }

  private void load(InvocationRecord record) {
    InvocationDetail old = detail.get();
    if (old != null && !old.record().requestId().equals(record.requestId())) {
      show(null, "");
    }
    long number = ++asked;
    tasks.run(
        "read invocation",
        () -> history.detail(record.requestId()),
        found -> {
          if (number == asked) {
            show(
                found.orElse(null),
                found.isPresent() ? "" : "This invocation is not in the history of the project.");
          }
        },
        failure -> {
          if (number == asked) {
            show(null, "The invocation could not be read: " + failure.getMessage());
          }
        });
  }

  private void show(@Nullable InvocationDetail next, String why) {
    asked++;
    detail.set(next);
    problem.set(why);
  }

  @Override
  public void close() {
    asked++;
    subscriptions.close();
  }
}
