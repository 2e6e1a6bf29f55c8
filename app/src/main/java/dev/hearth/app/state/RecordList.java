package dev.hearth.app.state;

import dev.hearth.app.project.InvocationRecord;
import java.util.List;
import java.util.Objects;
import javafx.collections.ModifiableObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * An observable list that grows at both ends and shrinks at its old end without moving its rows,
 * and tells its listeners once of a whole batch.
 */
final class RecordList extends ModifiableObservableListBase<InvocationRecord> {
  private @Nullable InvocationRecord[] ring = new InvocationRecord[64];
  private int head;
  private int size;

  @Override
  public InvocationRecord get(int index) {
    Objects.checkIndex(index, size);
    return Objects.requireNonNull(ring[slot(index)]);
  }

  @Override
  public int size() {
    return size;
  }

  private int slot(int index) {
    return (head + index) & (ring.length - 1);
  }

  /** Runs several modifications and tells listeners of them as one. */
  void batch(Runnable modifications) {
    beginChange();
    try {
      modifications.run();
    } finally {
      endChange();
    }
  }

  /** Removes the oldest rows. */
  void dropOldest(int count) {
    batch(
        () -> {
          for (int i = 0; i < count; i++) {
            remove(0);
          }
        });
  }

  /** Adds rows that are older than all others. */
  void prepend(List<InvocationRecord> older) {
    batch(
        () -> {
          for (InvocationRecord record : older.reversed()) {
            add(0, record);
          }
        });
  }

  @Override
  protected void doAdd(int index, InvocationRecord element) {
    if (size == ring.length) {
      grow();
    }
    if (index == size) {
      ring[slot(size)] = element;
    } else if (index == 0) {
      head = (head - 1) & (ring.length - 1);
      ring[head] = element;
    } else {
      throw new UnsupportedOperationException("Rows are added at the ends only");
    }
    size++;
  }

  private void grow() {
    @Nullable InvocationRecord[] larger = new InvocationRecord[ring.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[slot(i)];
    }
    ring = larger;
    head = 0;
  }

  @Override
  protected InvocationRecord doSet(int index, InvocationRecord element) {
    InvocationRecord old = get(index);
    ring[slot(index)] = element;
    return old;
  }

  @Override
  protected InvocationRecord doRemove(int index) {
    InvocationRecord old = get(index);
    if (index == 0) {
      ring[head] = null;
      head = (head + 1) & (ring.length - 1);
    } else if (index == size - 1) {
      ring[slot(index)] = null;
    } else {
      throw new UnsupportedOperationException("Rows are removed at the ends only");
    }
    size--;
    return old;
  }
}
