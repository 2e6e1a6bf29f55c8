package dev.hearth.app.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * This process as a writer of history. What a killed process left open is closed by the next one
 * that opens the file; what a living one has open is left alone.
 */
final class ProcessSession {
  private static final String KILLED = "Hearth was killed";

  long insert(Sql sql) throws SQLException {
    ProcessHandle self = ProcessHandle.current();
    return sql.insert(
        "INSERT INTO sessions (pid, process_started_at, started_at) VALUES (?, ?, ?)",
        self.pid(),
        startMillis(self),
        System.currentTimeMillis());
  }

  /** All that the session wrote has ended. */
  void end(Sql sql, long sessionId) throws SQLException {
    sql.update(
        "UPDATE sessions SET ended_at = ? WHERE id = ?", System.currentTimeMillis(), sessionId);
  }

  /** Whether some process has not said that it ended. */
  static boolean hasUnended(Sql sql) throws SQLException {
    return sql.number("SELECT EXISTS (SELECT 1 FROM sessions WHERE ended_at IS NULL)") != 0;
  }

  /** Closes what dead processes left open; inside a transaction. */
  static void closeDead(Sql sql) throws SQLException {
    record Row(long id, long pid, long processStart) {}
    List<Row> open =
        sql.query(
            "SELECT id, pid, process_started_at FROM sessions WHERE ended_at IS NULL",
            row -> new Row(row.getLong(1), row.getLong(2), row.getLong(3)));
    for (Row session : open) {
      if (!isAlive(session.pid, session.processStart)) {
        close(sql, session.id);
      }
    }
  }

  private static void close(Sql sql, long session) throws SQLException {
    sql.update(
        """
        UPDATE environments SET gone_reason = ?, gone_at = max(
          started_at, init_ended_at, coalesce((
            SELECT max(i.id + max(i.init_nanos, 0) + max(i.duration_nanos, 0))
            FROM invocations i WHERE i.environment = environments.id), 0))
        WHERE session_id = ? AND gone_at = 0
        """,
        KILLED,
        session);
    List<Long> ended =
        sql.query(
            "SELECT id FROM invocations WHERE session_id = ? AND status IN ('PENDING', 'RUNNING')",
            row -> row.getLong(1),
            session);
    sql.update(
        "UPDATE invocations SET status = 'CANCELLED' WHERE session_id = ? AND status IN ('PENDING',"
            + " 'RUNNING')",
        session);
    HistoryIndex.addStored(sql, ended);
    sql.update(
        "UPDATE sessions SET ended_at = ? WHERE id = ?", System.currentTimeMillis(), session);
  }

  static boolean isAlive(long pid, long startMillis) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent() && startMillis(process.get()) == startMillis;
  }

  /** 0 where the machine does not tell; then the process number alone decides. */
  static long startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
