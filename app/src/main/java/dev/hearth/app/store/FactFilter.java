package dev.hearth.app.store;

import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Thins out the rows of a segment term by term, the cheap terms first: a term that looks at one
 * column goes through it in one loop, which takes a few milliseconds for a million rows.
 */
final class FactFilter {
  private final List<Step> steps = new ArrayList<>();
  private final FactCursor cursor;
  private int[] rows = new int[0];

  /** One term. */
  @FunctionalInterface
  private interface Step {
    /** Moves the rows that stay to the front and tells how many they are. */
    int keep(FactSegment segment, int[] rows, int count);
  }

  FactFilter(HistoryQuery query, FactCursor cursor) {
    this.cursor = cursor;
    List<Step> costly = new ArrayList<>();
    for (QueryTerm term : query.terms()) {
      switch (term) {
        case QueryTerm.Status(var any) -> steps.add(states(any::contains, null));
        case QueryTerm.Cold(boolean wanted) -> steps.add(states(state -> true, wanted));
        case QueryTerm.Time(long from, long to) -> steps.add(time(from, to));
        case QueryTerm.Amount amount -> steps.add(amount(amount));
        default -> costly.add(generic(term));
      }
    }
    steps.addAll(costly);
  }

  /** The rows of a segment that pass; as many as {@link #count} gave. */
  int[] rows() {
    return rows;
  }

  int count(FactSegment segment) {
    if (rows.length < segment.size) {
      rows = new int[segment.size];
    }
    for (int i = 0; i < segment.size; i++) {
      rows[i] = i;
    }
    int count = segment.size;
    for (Step step : steps) {
      count = step.keep(segment, rows, count);
    }
    return count;
  }

  private static Step states(Predicate<InvocationStatus> status, @Nullable Boolean cold) {
    boolean[] wanted = new boolean[256];
    for (InvocationStatus each : InvocationStatus.values()) {
      for (boolean start : new boolean[] {true, false}) {
        wanted[FactSegment.state(each, start) & 0xff] =
            status.test(each) && (cold == null || cold == start);
      }
    }
    return (segment, rows, count) -> {
      int kept = 0;
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        rows[kept] = row;
        kept += wanted[segment.states[row] & 0xff] ? 1 : 0;
      }
      return kept;
    };
  }

  private static Step time(long from, long to) {
    return (segment, rows, count) -> between(segment.ids, from, to, rows, count);
  }

  private Step amount(QueryTerm.Amount amount) {
    return switch (amount.figure()) {
      case DURATION -> (s, rows, n) -> between(s.durations, amount.min(), amount.max(), rows, n);
      case INIT -> (s, rows, n) -> between(s.inits, amount.min(), amount.max(), rows, n);
      case MEMORY -> (s, rows, n) -> between(s.peaks, amount.min(), amount.max(), rows, n);
      case COST -> (s, rows, n) -> between(s.costs, amount.min(), amount.max(), rows, n);
      case BILLED, VERSION -> generic(amount);
    };
  }

  private static int between(long[] column, long min, long max, int[] rows, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      long value = column[row];
      rows[kept] = row;
      kept += value >= min && value <= max ? 1 : 0;
    }
    return kept;
  }

  private Step generic(QueryTerm term) {
    return (segment, rows, count) -> {
      cursor.moveTo(segment);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        cursor.moveTo(row);
        rows[kept] = row;
        kept += term.test(cursor) ? 1 : 0;
      }
      return kept;
    };
  }
}
