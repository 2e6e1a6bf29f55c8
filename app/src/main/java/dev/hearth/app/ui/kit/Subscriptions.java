package dev.hearth.app.ui.kit;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/** Owns the listeners of a panel on state that outlives it, and ends them with the panel. */
public final class Subscriptions implements AutoCloseable {
  private final List<Runnable> ends = new ArrayList<>();

  /** Runs the action now and after each change. */
  public <T> void now(ObservableValue<T> value, Runnable action) {
    later(value, action);
    action.run();
  }

  /** Runs the action after each change. */
  public <T> void later(ObservableValue<T> value, Runnable action) {
    ChangeListener<T> listener = (source, old, current) -> action.run();
    value.addListener(listener);
    ends.add(() -> value.removeListener(listener));
  }

  /** Runs the action now and after each change of the list. */
  public <T> void now(ObservableList<T> list, Runnable action) {
    ListChangeListener<T> listener = change -> action.run();
    list.addListener(listener);
    ends.add(() -> list.removeListener(listener));
    action.run();
  }

  /** Ends something else together with the panel. */
  public void onClose(Runnable end) {
    ends.add(end);
  }

  @Override
  public void close() {
    List<Runnable> all = List.copyOf(ends);
    ends.clear();
    all.forEach(Runnable::run);
  }
}
