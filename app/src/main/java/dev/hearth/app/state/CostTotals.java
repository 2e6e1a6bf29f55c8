package dev.hearth.app.state;

import dev.hearth.app.project.InvocationRecord;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Adds up per function what its ended calls were billed, for the cost panel. FX thread only; {@link
 * #revisionProperty()} tells of changes.
 */
public final class CostTotals {
  private final TreeMap<String, FunctionCost> byFunction = new TreeMap<>();
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();

  /**
   * One function's sums.
   *
   * @param invocations all that ended, also those that cost nothing
   * @param billed those that ran and so are charged
   * @param megabyteMillis configured memory times billed milliseconds
   * @param last the newest one that is charged; null when there is none
   */
  public record FunctionCost(
      String functionName,
      long invocations,
      long billed,
      long billedMillis,
      long megabyteMillis,
      long costPicoUsd,
      @Nullable InvocationRecord last) {
    /** A function whose calls have cost nothing yet. */
    public static FunctionCost of(String name) {
      return new FunctionCost(name, 0, 0, 0, 0, 0, null);
    }

    private FunctionCost plus(InvocationRecord record) {
      boolean charged = record.costPicoUsd() > 0;
      boolean newer = last == null || record.queuedAt() >= last.queuedAt();
      return new FunctionCost(
          functionName,
          invocations + 1,
          billed + (charged ? 1 : 0),
          billedMillis + record.billedMillis(),
          megabyteMillis + record.billedMillis() * record.memoryMb(),
          costPicoUsd + record.costPicoUsd(),
          charged && newer ? record : last);
    }
  }

  /** Takes the final records of calls, each once. */
  public void addAll(Collection<InvocationRecord> ended) {
    if (ended.isEmpty()) {
      return;
    }
    for (InvocationRecord record : ended) {
      String name = record.functionName();
      byFunction.put(name, byFunction.getOrDefault(name, FunctionCost.of(name)).plus(record));
    }
    revision.set(revision.get() + 1);
  }

  /** The sums in name order. */
  public Collection<FunctionCost> functions() {
    return Collections.unmodifiableCollection(byFunction.values());
  }

  /** Grows with every change. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  public void clear() {
    byFunction.clear();
    revision.set(revision.get() + 1);
  }
}
