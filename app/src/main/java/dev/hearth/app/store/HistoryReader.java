package dev.hearth.app.store;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.MemoryPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the stored history. What the writer still holds is not seen: flush it first. */
public final class HistoryReader {
  private static final String RECORD =
      """
      SELECT i.id, i.request_id, e.environment_id, i.function_id, i.function_name,
        i.source_version, i.status, i.error_type, i.cold_start, i.started_at, i.init_nanos,
        i.duration_nanos, i.billed_millis, i.memory_mb, i.peak_memory_bytes, i.cpu_nanos,
        i.cost_pico_usd
      """;
  private static final String FROM =
      "FROM invocations i LEFT JOIN environments e ON e.id = i.environment ";

  /** The records alone; to be followed by a condition. */
  static final String RECORDS = RECORD + FROM;

  /** All of an invocation; to be followed by a condition. */
  static final String DETAILS =
      RECORD
          + ", i.environment, event, response, log, spans, memory, event_body, response_body,"
          + " i.configuration, imports "
          + FROM;

  private static final int MAX_SEEN = 20_000;

  private final Database database;
  private final HistorySearch search;
  private final Map<String, Long> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_SEEN;
        }
      };

  public HistoryReader(Database database) {
    this.database = database;
    this.search = new HistorySearch(database);
  }

  /** Answers queries over this history. */
  public HistorySearch search() {
    return search;
  }

  /**
   * Closes what a killed process left open, so that nothing seems to run for ever, and makes the
   * indexes of a history that was written without them.
   */
  public void catchUp() {
    if (!database.readOnly() && database.read(HistoryIndex::lags)) {
      database.write(
          sql -> {
            HistoryIndex.rebuild(sql);
            return true;
          });
    }
    if (!database.readOnly() && database.read(ProcessSession::hasUnended)) {
      database.write(
          sql -> {
            ProcessSession.closeDead(sql);
            return true;
          });
    }
  }

  /** The newest {@code limit}, oldest of them first. */
  public List<InvocationRecord> recent(int limit) {
    return before(Long.MAX_VALUE, limit);
  }

  /** Up to {@code limit} before the one given, oldest first. */
  public List<InvocationRecord> before(InvocationRecord record, int limit) {
    return before(database.<Long>read(sql -> id(sql, record)), limit);
  }

  /** Where a record stands: at its time, or a little after it when that was taken. */
  private static long id(Sql sql, InvocationRecord record) throws SQLException {
    long found =
        sql.number(
            "SELECT id FROM invocations WHERE id BETWEEN ? AND ? AND request_id = ?",
            record.queuedAt(),
            record.queuedAt() + HistoryTable.ID_TRIES,
            RequestIds.encode(record.requestId()));
    return found == 0 ? record.queuedAt() : found;
  }

  private List<InvocationRecord> before(long id, int limit) {
    String query = RECORD + FROM + "WHERE i.id < ? ORDER BY i.id DESC LIMIT ?";
    List<InvocationRecord> records =
        reversed(database.read(sql -> sql.query(query, HistoryReader::record, id, limit)));
    remember(records);
    return records;
  }

  /** Whoever asks for a detail has mostly seen its record shortly before. */
  private void remember(List<InvocationRecord> records) {
    synchronized (seen) {
      for (InvocationRecord record :
          records.subList(Math.max(0, records.size() - MAX_SEEN), records.size())) {
        seen.put(record.requestId(), record.queuedAt());
      }
    }
  }

  private static <T> List<T> reversed(List<T> rows) {
    Collections.reverse(rows);
    return rows;
  }

  public long count() {
    return database.read(sql -> sql.number("SELECT count(*) FROM invocations"));
  }

  /** All that is known of an invocation; empty when the history does not have it. */
  public Optional<InvocationDetail> detail(String requestId) {
    Long at;
    synchronized (seen) {
      at = seen.get(requestId);
    }
    String query = DETAILS + "WHERE i.id = ?";
    byte[] stored = RequestIds.encode(requestId);
    return database.read(
        sql -> {
          long id = find(sql, stored, at);
          return sql.first(query, row -> detail(sql, row), id);
        });
  }

  private long find(Sql sql, byte[] requestId, @Nullable Long at) throws SQLException {
    if (at != null) {
      long near =
          sql.number(
              "SELECT id FROM invocations WHERE id BETWEEN ? AND ? AND request_id = ?",
              at,
              at + HistoryTable.ID_TRIES,
              requestId);
      if (near != 0) {
        return near;
      }
    }
    return search.find(sql, requestId);
  }

  /** The newest {@code limit} environments, oldest of them first. */
  public List<EnvironmentRecord> environments(int limit) {
    return reversed(
        database.read(
            sql ->
                sql.query(
                    """
                    SELECT environment_id, function_name, memory_mb, started_at, init_ended_at,
                      gone_at, gone_reason
                    FROM environments ORDER BY started_at DESC, id DESC LIMIT ?
                    """,
                    HistoryReader::environment,
                    limit)));
  }

  /** The memory curve of an environment between two times, both included. */
  public List<MemoryPoint> memory(String environmentId, long from, long to) {
    List<List<MemoryPoint>> parts =
        database.read(
            sql ->
                sql.query(
                    """
                    SELECT i.id, i.memory
                    FROM invocations i JOIN environments e ON e.id = i.environment
                    WHERE e.environment_id = ? AND i.id <= ? AND i.memory IS NOT NULL
                      AND max(i.id, i.started_at) + max(i.duration_nanos, 0) >= ?
                    ORDER BY i.id
                    """,
                    row -> DetailCodec.decodeMemory(row.getBytes(2), row.getLong(1)),
                    environmentId,
                    to,
                    from));
    List<MemoryPoint> curve = new ArrayList<>();
    for (List<MemoryPoint> part : parts) {
      for (MemoryPoint point : part) {
        if (point.at() >= from && point.at() <= to) {
          curve.add(point);
        }
      }
    }
    return curve;
  }

  /** Deletes the history of everything that has ended; what lives now stays. */
  public void clear(HistoryWriter writer) {
    writer.exclusively(
        sql -> {
          sql.update("DELETE FROM invocations WHERE status NOT IN ('PENDING', 'RUNNING')");
          HistoryIndex.clear(sql);
          sql.update(
              "DELETE FROM environments WHERE gone_at <> 0 AND NOT EXISTS (SELECT 1 FROM"
                  + " invocations i WHERE i.environment = environments.id)");
          sql.update("DELETE FROM bodies WHERE id NOT IN (" + USED_BODIES + ")");
          sql.update(
              "DELETE FROM sessions WHERE ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
                  + " environments e WHERE e.session_id = sessions.id)");
          return true;
        });
  }

  private static final String USED_BODIES =
      "SELECT event_body FROM invocations WHERE event_body IS NOT NULL"
          + " UNION SELECT response_body FROM invocations WHERE response_body IS NOT NULL";

  static InvocationRecord record(ResultSet row) throws SQLException {
    return new InvocationRecord(
        RequestIds.decode(row.getBytes(2)),
        row.getLong(4),
        row.getString(5),
        row.getInt(6),
        row.getString(3),
        InvocationStatus.valueOf(row.getString(7)),
        row.getString(8),
        row.getInt(9) != 0,
        row.getLong(1),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getLong(13),
        row.getInt(14),
        row.getLong(15),
        row.getLong(16),
        row.getLong(17));
  }

  static InvocationDetail detail(Sql sql, ResultSet row) throws SQLException {
    InvocationRecord record = record(row);
    long base = record.queuedAt();
    return new InvocationDetail(
        record,
        body(sql, row.getBytes("event"), row.getLong("event_body")),
        body(sql, row.getBytes("response"), row.getLong("response_body")),
        DetailCodec.decodeLog(row.getBytes("log"), base, record.requestId()),
        DetailCodec.decodeSpans(row.getBytes("spans"), base),
        DetailCodec.decodeMemory(row.getBytes("memory"), base),
        ConfigurationTable.get(sql, row.getLong("configuration")),
        DetailCodec.decodeImports(row.getBytes("imports"), base));
  }

  private static byte[] body(Sql sql, byte[] inline, long stored) throws SQLException {
    if (stored != 0) {
      return new ContentTable("bodies").get(sql, stored);
    }
    return inline == null ? new byte[0] : inline;
  }

  static EnvironmentRecord environment(ResultSet row) throws SQLException {
    return new EnvironmentRecord(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getString(7));
  }
}
