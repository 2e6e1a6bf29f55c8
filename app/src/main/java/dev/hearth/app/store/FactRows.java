package dev.hearth.app.store;

import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryTerm;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks through all rows of the segments that a query asks for. Used by one thread at a time. */
final class FactRows {
  private final List<FactSegment> segments;
  private final FactFilter filter;
  private final boolean complete;

  /** Receives a row that was asked for. */
  @FunctionalInterface
  interface Visitor {
    void visit(FactSegment segment, int row);
  }

  private FactRows(List<FactSegment> segments, FactFilter filter, boolean complete) {
    this.segments = segments;
    this.filter = filter;
    this.complete = complete;
  }

  static FactRows of(Sql sql, FactCache cache, HistoryQuery query) throws SQLException {
    List<BitSet> texts = new ArrayList<>();
    boolean complete = true;
    for (QueryTerm.Word word : query.words()) {
      TextSearch.Found found = TextSearch.find(sql, word);
      texts.add(found.documents());
      complete &= found.complete();
    }
    FactCursor cursor = new FactCursor(texts, environments(sql, query));
    return new FactRows(cache.read(sql), new FactFilter(query, cursor), complete);
  }

  private static Map<Integer, String> environments(Sql sql, HistoryQuery query)
      throws SQLException {
    Map<Integer, String> ids = new HashMap<>();
    for (QueryTerm term : query.terms()) {
      QueryTerm inner = term instanceof QueryTerm.Not(QueryTerm negated) ? negated : term;
      if (inner instanceof QueryTerm.NameHas has && has.name() == QueryTerm.Name.ENVIRONMENT) {
        sql.query(
            "SELECT id, environment_id FROM environments",
            row -> ids.put(row.getInt(1), row.getString(2)));
        return ids;
      }
    }
    return ids;
  }

  /** Whether every text was looked at. */
  boolean complete() {
    return complete;
  }

  /** How many rows there are in all. */
  int searched() {
    return segments.stream().mapToInt(segment -> segment.size).sum();
  }

  void forEach(Visitor visitor) {
    for (FactSegment segment : segments) {
      int count = filter.count(segment);
      int[] rows = filter.rows();
      for (int i = 0; i < count; i++) {
        visitor.visit(segment, rows[i]);
      }
    }
  }

  /** Numbers that are added one by one. */
  static final class Numbers {
    private long[] values;
    private int size;

    Numbers() {
      this(1_024);
    }

    /** Room for so many to begin with. */
    Numbers(int expected) {
      values = new long[expected];
    }

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    int size() {
      return size;
    }

    long[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
