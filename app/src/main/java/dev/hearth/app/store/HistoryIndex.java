package dev.hearth.app.store;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.TraceSpan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is derived from the history to find and to draw it: sums for the timeline,
 * figures in columns, words of texts. Written in the transaction that writes the calls, so that it
 * never differs from them. Used by the writer's thread only.
 */
final class HistoryIndex {
  /** Segments of fewer rows are put together when there are many. */
  private static final int SMALL_ROWS = 1_024;

  private static final int MANY_SEGMENTS = 64;

  /** In so many of the newest segments a call is looked for that said more after its end. */
  private static final int LATE_SEGMENTS = 16;

  private static final int CATCH_UP_ROWS = 2_000;

  private final TimelineIndex timeline = new TimelineIndex();
  private final TextIndex texts = new TextIndex();
  private final List<FactSegment.Row> facts = new ArrayList<>();

  /** The documents of calls that said more after their end, by the place of the call. */
  private final Map<Long, Integer> lateLogs = new HashMap<>();

  /** Takes an ended call that stands at a place in the history. */
  void add(Sql sql, long id, @Nullable Long environment, InvocationDetail detail)
      throws SQLException {
    timeline.add(detail.record(), environment);
    facts.add(
        new FactSegment.Row(
            id,
            environment == null ? 0 : Math.toIntExact(environment),
            detail.record(),
            texts.put(sql, detail)));
  }

  /** A call that was added before has said more: its words are found from now on. */
  void addLate(Sql sql, InvocationWords words) throws SQLException {
    lateLogs.put(words.id(), texts.putLog(sql, words.requestId(), words.log(), words.spans()));
  }

  /**
   * What a handler said in a call, by its log and its spans.
   *
   * @param id where the call stands in the history
   */
  record InvocationWords(long id, String requestId, List<LogEntry> log, List<TraceSpan> spans) {}

  /** Stores what was added, inside the transaction under way. */
  void flush(Sql sql) throws SQLException {
    if (facts.isEmpty() && lateLogs.isEmpty()) {
      return;
    }
    timeline.flush(sql);
    texts.flush(sql);
    if (!facts.isEmpty()) {
      insert(sql, FactSegment.of(facts));
      facts.clear();
    }
    exchangeLogs(sql);
    joinSmall(sql);
  }

  /** Spans come soon after their call, so it stands in one of the newest segments. */
  private void exchangeLogs(Sql sql) throws SQLException {
    Map<String, String> names = new HashMap<>();
    List<Long> newest =
        lateLogs.isEmpty()
            ? List.of()
            : sql.query(
                "SELECT id FROM fact_segments ORDER BY id DESC LIMIT ?",
                row -> row.getLong(1),
                LATE_SEGMENTS);
    for (long id : newest) {
      if (lateLogs.isEmpty()) {
        return;
      }
      FactSegment segment =
          sql.first(
                  "SELECT data FROM fact_segments WHERE id = ?",
                  row -> FactSegment.decode(row.getBytes(1), names),
                  id)
              .orElseThrow();
      if (segment.exchangeLogs(lateLogs)) {
        // Under another id, by which those who hold the old one see that it is void.
        sql.update("DELETE FROM fact_segments WHERE id = ?", id);
        insert(sql, segment);
      }
    }
    lateLogs.clear();
  }

  private static void insert(Sql sql, FactSegment segment) throws SQLException {
    sql.update(
        "INSERT INTO fact_segments (row_count, data) VALUES (?, ?)",
        segment.size,
        segment.encode());
  }

  private static void joinSmall(Sql sql) throws SQLException {
    long small = sql.number("SELECT count(*) FROM fact_segments WHERE row_count < ?", SMALL_ROWS);
    if (small < MANY_SEGMENTS) {
      return;
    }
    HashMap<String, String> names = new HashMap<>();
    List<FactSegment> parts =
        sql.query(
            "SELECT data FROM fact_segments WHERE row_count < ? ORDER BY id",
            row -> FactSegment.decode(row.getBytes(1), names),
            SMALL_ROWS);
    sql.update("DELETE FROM fact_segments WHERE row_count < ?", SMALL_ROWS);
    insert(sql, FactSegment.join(parts));
  }

  /** What was added and not stored is void: the transaction failed, or the history was cleared. */
  void forget() {
    timeline.forget();
    texts.forget();
    facts.clear();
    lateLogs.clear();
  }

  /** Empties all that this class writes. */
  static void clear(Sql sql) throws SQLException {
    sql.update("DELETE FROM timeline_tiles");
    sql.update("DELETE FROM timeline_functions");
    sql.update("DELETE FROM fact_segments");
    sql.update("INSERT INTO texts (texts) VALUES ('delete-all')");
    sql.update("UPDATE text_sequence SET next = next + 1");
    sql.update("DELETE FROM index_backlog");
  }

  /** Whether there are calls that were stored by a program without these indexes. */
  static boolean lags(Sql sql) throws SQLException {
    return sql.number("SELECT EXISTS (SELECT 1 FROM index_backlog)") != 0;
  }

  /** Makes everything anew from the calls, inside the transaction under way. */
  static void rebuild(Sql sql) throws SQLException {
    clear(sql);
    HistoryIndex index = new HistoryIndex();
    long last = Long.MIN_VALUE;
    while (true) {
      List<Stored> page =
          sql.query(
              HistoryReader.DETAILS
                  + "WHERE i.id > ? AND i.status NOT IN ('PENDING', 'RUNNING') ORDER BY i.id LIMIT"
                  + " ?",
              row -> stored(sql, row),
              last,
              CATCH_UP_ROWS);
      for (Stored call : page) {
        index.add(sql, call.id, call.environment, call.detail);
        last = call.id;
      }
      index.flush(sql);
      if (page.size() < CATCH_UP_ROWS) {
        return;
      }
    }
  }

  /** Adds calls that ended without the writer, inside the transaction under way. */
  static void addStored(Sql sql, List<Long> ids) throws SQLException {
    HistoryIndex index = new HistoryIndex();
    for (long id : ids) {
      Stored call =
          sql.first(HistoryReader.DETAILS + "WHERE i.id = ?", row -> stored(sql, row), id)
              .orElseThrow(() -> new SQLException("no invocation with id " + id));
      index.add(sql, call.id, call.environment, call.detail);
    }
    index.flush(sql);
  }

  private record Stored(long id, @Nullable Long environment, InvocationDetail detail) {}

  private static Stored stored(Sql sql, ResultSet row) throws SQLException {
    long environment = row.getLong("environment");
    return new Stored(
        row.getLong("id"), environment == 0 ? null : environment, HistoryReader.detail(sql, row));
  }
}
