package dev.hearth.app.state;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import java.util.Arrays;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/**
 * Counts what has ended since the window opened this project: the figures of the status bar.
 * Percentiles are exact over the newest {@link #WINDOW} durations. FX thread only; {@link
 * #revisionProperty()} tells of changes.
 */
public final class SessionTotals {
  /** How many durations the percentiles look at. */
  public static final int WINDOW = 10_000;

  private final long[] durations = new long[WINDOW];
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
  private long measured;
  private long invocations;
  private long cold;
  private long errors;
  private long throttled;
  private long costPicoUsd;
  private long notShown;

  /** Takes the final record of one invocation; each must be given once. */
  public void add(InvocationRecord record) {
    if (!record.status().ended()) {
      throw new IllegalArgumentException(record.requestId() + " has not ended");
    }
    invocations++;
    cold += record.coldStart() ? 1 : 0;
    if (record.status() == InvocationStatus.THROTTLED) {
      throttled++;
    } else if (record.status().failed() && record.status() != InvocationStatus.CANCELLED) {
      errors++;
    }
    costPicoUsd += record.costPicoUsd();
    if (record.durationNanos() >= 0) {
      durations[(int) (measured++ % WINDOW)] = record.durationNanos();
    }
    changed();
  }

  /** Counts calls that ended without reaching the window. */
  public void addNotShown(long calls) {
    notShown += calls;
    changed();
  }

  public long invocations() {
    return invocations;
  }

  public long cold() {
    return cold;
  }

  /** Failed calls without throttled and cancelled ones. */
  public long errors() {
    return errors;
  }

  public long throttled() {
    return throttled;
  }

  /** In 10^-12 dollars. */
  public long costPicoUsd() {
    return costPicoUsd;
  }

  /** Calls of which the window knows nothing but their number; the history has them. */
  public long notShown() {
    return notShown;
  }

  /** Whether a duration was measured at all, so that percentiles exist. */
  public boolean hasDurations() {
    return measured > 0;
  }

  /**
   * A percentile of the newest durations by nearest rank, in nanoseconds.
   *
   * @param fraction above 0, up to 1
   * @throws IllegalStateException when nothing was measured
   */
  public long percentile(double fraction) {
    if (measured == 0) {
      throw new IllegalStateException("No duration measured yet");
    }
    long[] sorted = Arrays.copyOf(durations, (int) Math.min(measured, WINDOW));
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1)];
  }

  /** Grows with every change. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }
}
