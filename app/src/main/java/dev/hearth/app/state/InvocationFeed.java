package dev.hearth.app.state;

import dev.hearth.app.project.InvocationRecord;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The invocations that the window knows, running ones included, oldest first. FX thread only. */
public final class InvocationFeed {
  private final ObservableList<InvocationRecord> rows = FXCollections.observableArrayList();
  private final Map<String, Integer> indexByRequest = new HashMap<>();
  private final ObjectProperty<@Nullable InvocationRecord> selected = new SimpleObjectProperty<>();

  /** Oldest first; do not modify, use {@link #put}. */
  public ObservableList<InvocationRecord> rows() {
    return rows;
  }

  /** The invocation that the inspector, response and logs show. */
  public ObjectProperty<@Nullable InvocationRecord> selectedProperty() {
    return selected;
  }

  /** Adds an invocation, or replaces the row with the same request id. */
  public void put(InvocationRecord record) {
    Integer index = indexByRequest.get(record.requestId());
    if (index == null) {
      indexByRequest.put(record.requestId(), rows.size());
      rows.add(record);
    } else {
      rows.set(index, record);
    }
    InvocationRecord current = selected.get();
    if (current != null && current.requestId().equals(record.requestId())) {
      selected.set(record);
    }
  }

  public void clear() {
    rows.clear();
    indexByRequest.clear();
    selected.set(null);
  }
}
