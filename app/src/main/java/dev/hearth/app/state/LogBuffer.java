package dev.hearth.app.state;

import dev.hearth.app.project.LogEntry;
import java.util.Arrays;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The newest log lines of all environments, for live views: a ring of bounded size, so that a
 * chatty function can't fill the window's memory. What falls out of it is counted, and is still
 * found in the history. Lines are numbered from 0 in order of arrival. FX thread only.
 */
public final class LogBuffer {
  /** How many lines a window keeps. */
  public static final int DEFAULT_CAPACITY = 100_000;

  private final @Nullable Line[] ring;
  private final ReadOnlyLongWrapper end = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper start = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper hidden = new ReadOnlyLongWrapper();

  /**
   * A line with where it came from.
   *
   * @param requestId null for output of the init phase
   */
  public record Line(LogEntry entry, @Nullable String requestId, String environmentId) {}

  public LogBuffer() {
    this(DEFAULT_CAPACITY);
  }

  public LogBuffer(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("Capacity must be at least 1, not " + capacity);
    }
    ring = new Line[capacity];
  }

  /** Adds the newest line; the oldest one goes when the buffer is full. */
  public void append(LogEntry entry, @Nullable String requestId, String environmentId) {
    long next = end.get();
    ring[(int) (next % ring.length)] = new Line(entry, requestId, environmentId);
    if (next + 1 - start.get() > ring.length) {
      start.set(next + 1 - ring.length);
    }
    end.set(next + 1);
  }

  /** Counts lines that never reached the window because too many came at once. */
  public void skip(long lines) {
    hidden.set(hidden.get() + lines);
  }

  /**
   * @param number from {@link #start()} inclusive to {@link #end()} exclusive
   */
  public Line line(long number) {
    Line line = number < start() || number >= end() ? null : ring[(int) (number % ring.length)];
    if (line == null) {
      throw new IndexOutOfBoundsException(
          "Line " + number + " is not in " + start() + " to " + end());
    }
    return line;
  }

  /** Number of the oldest line still held. */
  public long start() {
    return start.get();
  }

  /** One past the number of the newest line. */
  public long end() {
    return end.get();
  }

  /** {@link #end()}, observable: it grows by one with each line. */
  public ReadOnlyLongProperty endProperty() {
    return end.getReadOnlyProperty();
  }

  /** {@link #start()}, observable: it grows when old lines fall out and when all are cleared. */
  public ReadOnlyLongProperty startProperty() {
    return start.getReadOnlyProperty();
  }

  /** How many lines were skipped since the last {@link #clear()}. */
  public ReadOnlyLongProperty skippedProperty() {
    return hidden.getReadOnlyProperty();
  }

  public int size() {
    return (int) (end() - start());
  }

  /** Forgets all lines; numbering goes on. */
  public void clear() {
    Arrays.fill(ring, null);
    hidden.set(0);
    start.set(end());
  }
}
