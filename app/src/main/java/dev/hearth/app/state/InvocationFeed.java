package dev.hearth.app.state;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The invocations that the window knows, running ones included, oldest first: the newest {@link
 * #CAPACITY} and whatever older ones the user asked for. Older ones are in the history. FX thread
 * only.
 */
public final class InvocationFeed {
  /** How many rows are held before the oldest one goes. */
  public static final int CAPACITY = 50_000;

  private static final long MOVED_NANOS = 10_000;

  private final int baseCapacity;
  private final RecordList rows = new RecordList();
  private final ObservableList<InvocationRecord> view =
      FXCollections.unmodifiableObservableList(rows);
  private final Map<String, Long> numbers = new HashMap<>();
  private final ObjectProperty<@Nullable InvocationRecord> selected = new SimpleObjectProperty<>();
  private final LongProperty grown = new SimpleLongProperty();
  private int capacity;
  private long firstNumber;
  private @Nullable String wanted;
  private Function<String, @Nullable InvocationDetail> openDetails = requestId -> null;

  public InvocationFeed() {
    this(CAPACITY);
  }

  InvocationFeed(int capacity) {
    this.baseCapacity = capacity;
    this.capacity = capacity;
  }

  /** Oldest first, read-only. A batch of changes is told as one. */
  public ObservableList<InvocationRecord> rows() {
    return view;
  }

  /** The invocation that the inspector, response and logs show. */
  public ObjectProperty<@Nullable InvocationRecord> selectedProperty() {
    return selected;
  }

  /** Selects an invocation by its request id: now, or as soon as its row arrives. */
  public void select(String requestId) {
    InvocationRecord found = find(requestId);
    wanted = found == null ? requestId : null;
    if (found != null) {
      selected.set(found);
    }
  }

  /** The row of a request; null when it is not held. */
  public @Nullable InvocationRecord find(String requestId) {
    int index = indexOf(requestId);
    return index < 0 ? null : rows.get(index);
  }

  /** The position of a request in {@link #rows()}, or -1; takes constant time. */
  public int indexOf(String requestId) {
    Long number = numbers.get(requestId);
    return number == null ? -1 : (int) (number - firstNumber);
  }

  /** What is known so far of a call that has not ended; null when it has ended or is unknown. */
  public @Nullable InvocationDetail openDetail(String requestId) {
    return openDetails.apply(requestId);
  }

  /** Changes when the history got to know more of the selected call after its end. */
  public ReadOnlyLongProperty grownProperty() {
    return grown;
  }

  /** The history has more of a call that had ended. */
  void detailGrew(String requestId) {
    InvocationRecord current = selected.get();
    if (current != null && current.requestId().equals(requestId)) {
      grown.set(grown.get() + 1);
    }
  }

  /** Set by whoever follows the calls. */
  void setOpenDetails(Function<String, @Nullable InvocationDetail> source) {
    openDetails = source;
  }

  /** Adds an invocation, or replaces the row with the same request id. */
  public void put(InvocationRecord record) {
    putAll(List.of(record));
  }

  /** Adds or replaces many rows; listeners are told once. */
  public void putAll(Collection<InvocationRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    Map<Attempt, InvocationRecord> fresh = new LinkedHashMap<>();
    rows.batch(
        () -> {
          records.forEach(record -> replaceOrKeep(record, fresh));
          makeRoom(fresh.size());
          fresh.values().stream().skip(Math.max(0, fresh.size() - capacity)).forEach(this::append);
        });
    records.forEach(this::refreshSelection);
  }

  private void replaceOrKeep(InvocationRecord record, Map<Attempt, InvocationRecord> fresh) {
    int index = indexOf(record.requestId());
    if (index >= 0 && isSameAttempt(rows.get(index), record)) {
      rows.set(index, record);
    } else {
      fresh.put(Attempt.of(record), record);
    }
  }

  /** Every attempt of an asynchronous invocation has the same request id, and a row of its own. */
  record Attempt(String requestId, long queuedAt) {
    static Attempt of(InvocationRecord record) {
      return new Attempt(record.requestId(), record.queuedAt());
    }
  }

  /** The history may have moved a row a little, when its time was taken. */
  private static boolean isSameAttempt(InvocationRecord held, InvocationRecord record) {
    return !held.status().ended() || Math.abs(record.queuedAt() - held.queuedAt()) <= MOVED_NANOS;
  }

  private void makeRoom(int coming) {
    int surplus = Math.min(rows.size(), rows.size() + coming - capacity);
    if (surplus > 0) {
      for (int i = 0; i < surplus; i++) {
        numbers.remove(rows.get(i).requestId(), firstNumber + i);
      }
      rows.dropOldest(surplus);
      firstNumber += surplus;
    }
  }

  private void append(InvocationRecord record) {
    numbers.put(record.requestId(), firstNumber + rows.size());
    rows.add(record);
  }

  private void refreshSelection(InvocationRecord record) {
    InvocationRecord current = selected.get();
    boolean same = current != null && current.requestId().equals(record.requestId());
    if (same || record.requestId().equals(wanted)) {
      wanted = same ? wanted : null;
      selected.set(record);
    }
  }

  /**
   * Adds rows from the history that are older than all others, oldest first; the feed may then hold
   * as many more.
   */
  public void prependOlder(List<InvocationRecord> older) {
    List<InvocationRecord> unknown = older.stream().filter(record -> !holds(record)).toList();
    capacity += unknown.size();
    firstNumber -= unknown.size();
    for (int i = 0; i < unknown.size(); i++) {
      numbers.putIfAbsent(unknown.get(i).requestId(), firstNumber + i);
    }
    rows.prepend(unknown);
  }

  private boolean holds(InvocationRecord record) {
    InvocationRecord held = find(record.requestId());
    return held != null && isSameAttempt(held, record);
  }

  public void clear() {
    rows.clear();
    numbers.clear();
    capacity = baseCapacity;
    wanted = null;
    selected.set(null);
  }
}
