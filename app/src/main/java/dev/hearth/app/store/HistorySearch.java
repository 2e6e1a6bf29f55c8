package dev.hearth.app.store;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.query.GroupKey;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.SearchResult;
import dev.hearth.app.project.query.SortOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Answers queries over all ended invocations: in memory over their figures, with the words of their
 * texts from the index. What the writer still holds is not seen: flush it first.
 */
public final class HistorySearch {
  private final Database database;
  private final FactCache cache = new FactCache();

  public HistorySearch(Database database) {
    this.database = database;
  }

  /** Finds rows and puts them in order. */
  public SearchResult search(HistoryQuery query, SortOrder order) {
    return database.read(
        sql -> {
          FactRows rows = FactRows.of(sql, cache, query);
          FactRows.Numbers ids = new FactRows.Numbers();
          FactRows.Numbers keys = new FactRows.Numbers();
          boolean byTime = order.key() == SortOrder.Key.TIME;
          Names names = byTime ? new Names() : Names.of(rows, order.key());
          rows.forEach(
              (segment, row) -> {
                ids.add(segment.ids[row]);
                if (!byTime) {
                  keys.add(key(segment, row, order.key(), names));
                }
              });
          long[] found = byTime ? inTime(ids, order) : ordered(ids, keys, order);
          return new SearchResult(found, rows.searched(), rows.complete());
        });
  }

  private static long[] inTime(FactRows.Numbers ids, SortOrder order) {
    long[] sorted = ids.toArray();
    RadixOrder.sort(sorted);
    return order.descending() ? reversed(sorted) : sorted;
  }

  /** The newest first among equals, whatever the direction. */
  private static long[] ordered(FactRows.Numbers ids, FactRows.Numbers keys, SortOrder order) {
    long[] times = ids.toArray();
    long[] values = keys.toArray();
    long[] negated = new long[times.length];
    for (int i = 0; i < times.length; i++) {
      negated[i] = -times[i];
      values[i] = order.descending() ? -values[i] : values[i];
    }
    RadixOrder.sort(negated, values);
    for (int i = 0; i < times.length; i++) {
      times[i] = -negated[i];
    }
    RadixOrder.sort(values, times);
    return times;
  }

  private static long[] reversed(long[] values) {
    for (int i = 0, j = values.length - 1; i < j; i++, j--) {
      long swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
    return values;
  }

  private static long key(FactSegment s, int row, SortOrder.Key key, Names names) {
    return switch (key) {
      case TIME -> s.ids[row];
      case FUNCTION -> names.rank(s.functions[row]);
      case ERROR -> s.errors[row] == null ? -1 : names.rank(s.errors[row]);
      case STATUS -> s.states[row] & 0x7f;
      case START -> s.cold(row) ? 0 : 1;
      case INIT -> s.inits[row];
      case DURATION -> s.durations[row];
      case BILLED -> s.billed[row];
      case MEMORY -> s.peaks[row];
      case COST -> s.costs[row];
      case VERSION -> s.versions[row];
    };
  }

  /** Names in alphabetical order. */
  private static final class Names {
    private final Map<String, Integer> ranks = new HashMap<>();

    static Names of(FactRows rows, SortOrder.Key key) {
      Names names = new Names();
      if (key != SortOrder.Key.FUNCTION && key != SortOrder.Key.ERROR) {
        return names;
      }
      TreeSet<String> sorted = new TreeSet<>();
      rows.forEach(
          (segment, row) -> {
            String name =
                key == SortOrder.Key.FUNCTION ? segment.functions[row] : segment.errors[row];
            if (name != null) {
              sorted.add(name);
            }
          });
      sorted.forEach(name -> names.ranks.put(name, names.ranks.size()));
      return names;
    }

    int rank(String name) {
      return ranks.getOrDefault(name, 0);
    }
  }

  /** The figures of all rows of a query together. */
  public GroupSummary summary(HistoryQuery query) {
    return database.read(
        sql -> {
          GroupSums sums = new GroupSums();
          FactRows.of(sql, cache, query).forEach(sums::add);
          return sums.summary("");
        });
  }

  /**
   * The figures of the rows of a query, put together by what they have in common; the largest group
   * first, hours and days the newest first.
   */
  public List<GroupSummary> groups(HistoryQuery query, GroupKey key) {
    return database.read(
        sql -> {
          Map<Object, GroupSums> groups = new HashMap<>();
          FactRows.of(sql, cache, query)
              .forEach(
                  (segment, row) ->
                      groups
                          .computeIfAbsent(GroupSums.key(segment, row, key), k -> new GroupSums())
                          .add(segment, row));
          List<GroupSummary> found = new ArrayList<>();
          for (Map.Entry<Object, GroupSums> group : groups.entrySet()) {
            found.add(group.getValue().summary(GroupSums.text(sql, group.getKey(), key)));
          }
          found.sort(
              key == GroupKey.HOUR
                  ? Comparator.comparing(GroupSummary::key).reversed()
                  : Comparator.comparingLong(GroupSummary::calls)
                      .reversed()
                      .thenComparing(GroupSummary::key));
          return found;
        });
  }

  /** The durations of all rows of a query that have one, nanoseconds, in no order. */
  public long[] durations(HistoryQuery query) {
    return database.read(
        sql -> {
          FactRows.Numbers durations = new FactRows.Numbers();
          FactRows.of(sql, cache, query)
              .forEach(
                  (segment, row) -> {
                    if (segment.durations[row] >= 0) {
                      durations.add(segment.durations[row]);
                    }
                  });
          return durations.toArray();
        });
  }

  /**
   * The same by stretches of time.
   *
   * @param function the only one that counts; empty for all
   */
  StretchDurations durations(
      HistoryQuery query, String function, long from, long stepNanos, int count) {
    return database.read(
        sql -> {
          StretchDurations durations = new StretchDurations(from, stepNanos, count);
          FactRows.of(sql, cache, query)
              .forEach(
                  (segment, row) -> {
                    if (function.isEmpty() || function.equals(segment.functions[row])) {
                      durations.add(segment, row);
                    }
                  });
          return durations;
        });
  }

  /** The rows at some places of a {@link SearchResult}, in its order; what has gone is left out. */
  public List<InvocationRecord> records(long[] positions) {
    return database.read(
        sql -> {
          List<InvocationRecord> records = new ArrayList<>(positions.length);
          for (long position : positions) {
            sql.first(HistoryReader.RECORDS + "WHERE i.id = ?", HistoryReader::record, position)
                .ifPresent(records::add);
          }
          return records;
        });
  }

  /** Where an invocation stands; 0 when there is none of that id. */
  long find(Sql sql, byte[] requestId) throws SQLException {
    int prefix = RequestIds.prefix(requestId);
    for (FactSegment segment : cache.read(sql)) {
      for (int row = segment.size - 1; row >= 0; row--) {
        if (segment.requests[row] == prefix) {
          long found =
              sql.number(
                  "SELECT id FROM invocations WHERE id = ? AND request_id = ?",
                  segment.ids[row],
                  requestId);
          if (found != 0) {
            return found;
          }
        }
      }
    }
    return sql.number(
        "SELECT id FROM invocations WHERE status IN ('PENDING', 'RUNNING') AND request_id = ?",
        requestId);
  }
}
