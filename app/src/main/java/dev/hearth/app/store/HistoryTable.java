package dev.hearth.app.store;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TraceSpan;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of the history. It remembers ids of rows that it has met; {@link #forget()} after a
 * failed transaction. Used by the writer's thread only where nothing else is said.
 */
final class HistoryTable {
  /** Up to this size an event or response stands in the row. */
  private static final int INLINE_BYTES = 256;

  static final int ID_TRIES = 10_000;
  private static final String INSERT =
      """
      INSERT INTO invocations (
        id, request_id, session_id, environment, function_id, function_name, source_version,
        status, error_type, cold_start, started_at, init_nanos, duration_nanos, billed_millis,
        memory_mb, peak_memory_bytes, cpu_nanos, cost_pico_usd, event_body, response_body,
        event, response, log, spans, memory, configuration, imports)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final int ID = 1;
  private static final int EVENT_BODY = 19;
  private static final int RESPONSE_BODY = 20;
  private static final int EVENT = 21;
  private static final int RESPONSE = 22;

  private final ProcessSession session;
  private final ContentTable bodies = new ContentTable("bodies");
  private final ConfigurationTable configurations = new ConfigurationTable();
  private final DetailCodec codec = new DetailCodec();
  private final HistoryIndex index = new HistoryIndex();
  private final LateSpans late = new LateSpans(codec, index);
  private final Map<String, Long> environments = new HashMap<>();
  private final Map<String, Long> openRows = new HashMap<>();
  private volatile boolean forgetting;
  private long sessionId;
  private boolean sessionStored;

  HistoryTable(ProcessSession session) {
    this.session = session;
  }

  /** Writes a batch inside the transaction under way. */
  void write(Sql sql, List<HistoryWrite> batch) throws SQLException {
    if (forgetting) {
      forgetting = false;
      forgetRows();
      rememberOpenRows(sql);
    }
    if (sessionId == 0) {
      sessionId = session.insert(sql);
    }
    for (HistoryWrite write : batch) {
      switch (write) {
        case HistoryWrite.Ended(InvocationDetail detail) -> putEnded(sql, detail);
        case HistoryWrite.Open(InvocationDetail detail) -> putOpen(sql, detail);
        case HistoryWrite.LateSpans(String requestId, List<TraceSpan> spans) ->
            late.add(sql, requestId, spans);
        case HistoryWrite.Environment(EnvironmentRecord record) -> putEnvironment(sql, record);
        case HistoryWrite.Setting(String key, String value) -> putSetting(sql, key, value);
      }
    }
    index.flush(sql);
  }

  /** The transaction was committed. */
  void stored() {
    sessionStored = true;
  }

  /** Rows may have gone: a transaction failed, or the history was cleared. From any thread. */
  void forget() {
    forgetting = true;
  }

  private void forgetRows() {
    bodies.forget();
    index.forget();
    late.forget();
    configurations.forget();
    environments.clear();
    openRows.clear();
    if (!sessionStored) {
      sessionId = 0;
    }
  }

  /** The rows that a failed transaction did not take back. */
  private void rememberOpenRows(Sql sql) throws SQLException {
    sql.query(
        "SELECT id, request_id FROM invocations WHERE session_id = ? AND status IN ('PENDING',"
            + " 'RUNNING')",
        row -> openRows.put(RequestIds.decode(row.getBytes(2)), row.getLong(1)),
        sessionId);
  }

  /** Marks the end of this process's session: all that it wrote has ended. */
  void endSession(Sql sql) throws SQLException {
    session.end(sql, sessionId);
  }

  private void putOpen(Sql sql, InvocationDetail detail) throws SQLException {
    removeOpen(sql, detail.record().requestId());
    openRows.put(detail.record().requestId(), insert(sql, detail));
  }

  private void putEnded(Sql sql, InvocationDetail detail) throws SQLException {
    removeOpen(sql, detail.record().requestId());
    long id = insert(sql, detail);
    late.written(detail.record().requestId(), id);
    index.add(sql, id, environmentRow(sql, detail.record().environmentId()), detail);
  }

  private void removeOpen(Sql sql, String requestId) throws SQLException {
    Long row = openRows.remove(requestId);
    if (row != null) {
      sql.update("DELETE FROM invocations WHERE id = ?", row);
    }
  }

  private long insert(Sql sql, InvocationDetail detail) throws SQLException {
    Long environment = environmentRow(sql, detail.record().environmentId());
    Body event = body(sql, detail.event());
    Body response = body(sql, detail.response());
    Long configuration = configurations.put(sql, detail.configuration());
    PreparedStatement statement = sql.prepare(INSERT);
    bindRecord(statement, detail.record(), environment);
    bindBody(statement, EVENT_BODY, EVENT, event);
    bindBody(statement, RESPONSE_BODY, RESPONSE, response);
    bindDetail(statement, detail);
    setNullable(statement, 26, configuration);
    statement.setBytes(27, codec.encodeImports(detail.imports(), detail.record().queuedAt()));
    return insertAtFreeId(statement, detail.record());
  }

  private static long insertAtFreeId(PreparedStatement statement, InvocationRecord record)
      throws SQLException {
    long id = record.queuedAt();
    for (int i = 0; ; i++) {
      statement.setLong(ID, id);
      try {
        statement.executeUpdate();
        return id;
      } catch (SQLException e) {
        if (i == ID_TRIES || !Failures.isDuplicateKey(e)) {
          throw e;
        }
        id++;
      }
    }
  }

  private void bindRecord(
      PreparedStatement statement, InvocationRecord record, @Nullable Long environment)
      throws SQLException {
    statement.setBytes(2, RequestIds.encode(record.requestId()));
    statement.setLong(3, sessionId);
    setNullable(statement, 4, environment);
    statement.setLong(5, record.functionId());
    statement.setString(6, record.functionName());
    statement.setInt(7, record.sourceVersion());
    statement.setString(8, record.status().name());
    statement.setString(9, record.errorType());
    statement.setInt(10, record.coldStart() ? 1 : 0);
    statement.setLong(11, record.startedAt());
    statement.setLong(12, record.initNanos());
    statement.setLong(13, record.durationNanos());
    statement.setLong(14, record.billedMillis());
    statement.setInt(15, record.memoryMb());
    statement.setLong(16, record.peakMemoryBytes());
    statement.setLong(17, record.cpuNanos());
    statement.setLong(18, record.costPicoUsd());
  }

  private void bindDetail(PreparedStatement statement, InvocationDetail detail)
      throws SQLException {
    InvocationRecord record = detail.record();
    long base = record.queuedAt();
    statement.setBytes(23, codec.encodeLog(detail.log(), base, record.requestId()));
    statement.setBytes(24, codec.encodeSpans(detail.spans(), base));
    statement.setBytes(25, codec.encodeMemory(detail.memory(), base));
  }

  private Body body(Sql sql, byte[] bytes) throws SQLException {
    if (bytes.length == 0) {
      return new Body(null, null);
    }
    return bytes.length <= INLINE_BYTES
        ? new Body(null, bytes)
        : new Body(bodies.put(sql, bytes), null);
  }

  private static void bindBody(PreparedStatement statement, int row, int inline, Body body)
      throws SQLException {
    setNullable(statement, row, body.row);
    statement.setBytes(inline, body.inline);
  }

  private static void setNullable(PreparedStatement statement, int index, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.INTEGER);
    } else {
      statement.setLong(index, value);
    }
  }

  /** Null when the history does not know that environment (any more). */
  private @Nullable Long environmentRow(Sql sql, @Nullable String environmentId)
      throws SQLException {
    if (environmentId == null) {
      return null;
    }
    Long known = environments.get(environmentId);
    if (known == null) {
      long found =
          sql.number("SELECT id FROM environments WHERE environment_id = ?", environmentId);
      if (found == 0) {
        return null;
      }
      known = found;
      environments.put(environmentId, known);
    }
    return known;
  }

  private void putEnvironment(Sql sql, EnvironmentRecord record) throws SQLException {
    sql.update(
        """
        INSERT INTO environments (
          environment_id, session_id, function_name, memory_mb, started_at, init_ended_at,
          gone_at, gone_reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (environment_id) DO UPDATE SET
          init_ended_at = excluded.init_ended_at,
          gone_at = excluded.gone_at,
          gone_reason = excluded.gone_reason
        """,
        record.environmentId(),
        sessionId,
        record.functionName(),
        record.memoryMb(),
        record.startedAt(),
        record.initEndedAt(),
        record.goneAt(),
        record.goneReason());
    if (record.goneAt() != 0) {
      environments.remove(record.environmentId());
    }
  }

  private static void putSetting(Sql sql, String key, @Nullable String value) throws SQLException {
    if (value == null) {
      sql.update("DELETE FROM settings WHERE key = ?", key);
    } else {
      sql.update(
          "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value ="
              + " excluded.value",
          key,
          value);
    }
  }

  /** Where a body stands: in a row of its own, in the invocation's row, or nowhere when empty. */
  private record Body(@Nullable Long row, byte @Nullable [] inline) {}
}
