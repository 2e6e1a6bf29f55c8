package dev.hearth.app.store;

import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous invocations of a project that have not ended, and the messages that ended ones
 * have sent. Several processes may have the project open: each event is tried by its owner only.
 */
public final class EventQueueStore {
  private static final String SELECT =
      """
      SELECT request_id, function_name, qualifier, trace_id, accepted_at, next_attempt_at, attempts,
        refusals, problem
      FROM queued_events
      """;
  private static final String INSERT =
      """
      INSERT INTO queued_events (request_id, owner_pid, owner_started_at, function_name, qualifier,
        trace_id, accepted_at, next_attempt_at, attempts, refusals, problem, payload)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Database database;
  private final long pid = ProcessHandle.current().pid();
  private final long startMillis = ProcessSession.startMillis(ProcessHandle.current());

  public EventQueueStore(Database database) {
    this.database = database;
  }

  /** An event with its payload. */
  public record Row(QueuedEvent event, byte[] payload) {}

  /**
   * What an attempt needs.
   *
   * @param response of the last attempt that failed; null for none
   * @param responseVersion the version that gave it; null for none
   */
  public record Content(
      byte[] payload, byte @Nullable [] response, @Nullable String responseVersion) {}

  /** A target with how many messages it holds. */
  public record Target(String arn, long count) {}

  /**
   * Keeps an event.
   *
   * @param owned whether this process tries it; else whoever delivers next does
   */
  public void insert(Row row, boolean owned) {
    database.write(sql -> insert(sql, row, owned));
  }

  private int insert(Sql sql, Row row, boolean owned) throws SQLException {
    QueuedEvent event = row.event();
    return sql.update(
        INSERT,
        event.requestId(),
        owned ? pid : null,
        owned ? startMillis : null,
        event.functionName(),
        event.qualifier(),
        event.traceId(),
        event.acceptedAt(),
        event.nextAttemptAt(),
        event.attempts(),
        event.refusals(),
        event.problem(),
        row.payload());
  }

  /** Keeps what an attempt has changed; null for the response keeps the one that is there. */
  public void update(
      QueuedEvent event, byte @Nullable [] response, @Nullable String responseVersion) {
    database.write(
        sql ->
            sql.update(
                """
                UPDATE queued_events SET accepted_at = ?, next_attempt_at = ?, attempts = ?,
                  refusals = ?, problem = ?, response = coalesce(?, response),
                  response_version = coalesce(?, response_version)
                WHERE request_id = ?
                """,
                event.acceptedAt(),
                event.nextAttemptAt(),
                event.attempts(),
                event.refusals(),
                event.problem(),
                response,
                responseVersion,
                event.requestId()));
  }

  /** Removes an event and keeps what its end gave rise to, all or nothing. */
  public void finish(String requestId, List<DeliveredRecord> records, List<Row> following) {
    database.write(
        sql -> {
          sql.update("DELETE FROM queued_events WHERE request_id = ?", requestId);
          for (DeliveredRecord record : records) {
            insert(sql, record);
          }
          for (Row row : following) {
            insert(sql, row, true);
          }
          return true;
        });
  }

  private static void insert(Sql sql, DeliveredRecord record) throws SQLException {
    long id =
        sql.insert(
            """
            INSERT INTO delivered_records (target_arn, kind, request_id, function_name,
              delivered_at, body, problem)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            record.targetArn(),
            record.kind().name(),
            record.requestId(),
            record.functionName(),
            record.deliveredAt(),
            record.body(),
            record.problem());
    for (var attribute : record.attributes().entrySet()) {
      sql.update(
          "INSERT INTO delivered_attributes VALUES (?, ?, ?)",
          id,
          attribute.getKey(),
          attribute.getValue());
    }
  }

  /** Empty when the event is gone. */
  public Optional<Content> content(String requestId) {
    return database.read(
        sql ->
            sql.first(
                "SELECT payload, response, response_version FROM queued_events"
                    + " WHERE request_id = ?",
                row -> new Content(row.getBytes(1), row.getBytes(2), row.getString(3)),
                requestId));
  }

  /** All events of the project, whoever tries them, by the time of the next attempt. */
  public List<QueuedEvent> list(int limit) {
    return database.read(
        sql ->
            sql.query(SELECT + "ORDER BY next_attempt_at LIMIT ?", EventQueueStore::event, limit));
  }

  /** The functions of events that this process does not try. */
  public Set<String> functionsOfOthers() {
    return database.read(
        sql ->
            new HashSet<>(
                sql.query(
                    "SELECT DISTINCT function_name FROM queued_events"
                        + " WHERE owner_pid IS NULL OR owner_pid <> ? OR owner_started_at <> ?",
                    row -> row.getString(1),
                    pid,
                    startMillis)));
  }

  /** Takes over the events that belong to no living process. */
  public List<QueuedEvent> adopt() {
    if (functionsOfOthers().isEmpty()) {
      return List.of();
    }
    return database.write(
        sql -> {
          releaseDead(sql);
          List<QueuedEvent> free =
              sql.query(SELECT + "WHERE owner_pid IS NULL", EventQueueStore::event);
          sql.update(
              "UPDATE queued_events SET owner_pid = ?, owner_started_at = ?"
                  + " WHERE owner_pid IS NULL",
              pid,
              startMillis);
          return free;
        });
  }

  private static void releaseDead(Sql sql) throws SQLException {
    record Owner(long pid, long started) {}
    List<Owner> owners =
        sql.query(
            "SELECT DISTINCT owner_pid, owner_started_at FROM queued_events"
                + " WHERE owner_pid IS NOT NULL",
            row -> new Owner(row.getLong(1), row.getLong(2)));
    for (Owner owner : owners) {
      if (!ProcessSession.isAlive(owner.pid, owner.started)) {
        release(sql, owner.pid, owner.started);
      }
    }
  }

  private static int release(Sql sql, long pid, long started) throws SQLException {
    return sql.update(
        "UPDATE queued_events SET owner_pid = NULL, owner_started_at = NULL"
            + " WHERE owner_pid = ? AND owner_started_at = ?",
        pid,
        started);
  }

  /** Gives this process's events up. */
  public void release() {
    database.write(sql -> release(sql, pid, startMillis));
  }

  private static QueuedEvent event(ResultSet row) throws SQLException {
    return new QueuedEvent(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6),
        row.getInt(7),
        row.getInt(8),
        row.getString(9));
  }

  /** The targets that hold messages, by name. */
  public List<Target> targets() {
    return database.read(
        sql ->
            sql.query(
                "SELECT target_arn, count(*) FROM delivered_records GROUP BY target_arn"
                    + " ORDER BY target_arn",
                row -> new Target(row.getString(1), row.getLong(2))));
  }

  /** The newest messages of a target, newest first. */
  public List<DeliveredRecord> delivered(String targetArn, int limit) {
    return database.read(
        sql ->
            sql.query(
                """
                SELECT target_arn, kind, request_id, function_name, delivered_at, body, problem, id
                FROM delivered_records WHERE target_arn = ? ORDER BY id DESC LIMIT ?
                """,
                row -> delivered(sql, row),
                targetArn,
                limit));
  }

  private static DeliveredRecord delivered(Sql sql, ResultSet row) throws SQLException {
    Map<String, String> attributes = new LinkedHashMap<>();
    sql.query(
        "SELECT name, value FROM delivered_attributes WHERE record_id = ? ORDER BY name",
        attribute -> attributes.put(attribute.getString(1), attribute.getString(2)),
        row.getLong(8));
    return new DeliveredRecord(
        row.getString(1),
        DeliveredRecord.Kind.valueOf(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getBytes(6),
        attributes,
        row.getString(7));
  }

  /** Removes all messages of a target. */
  public void clear(String targetArn) {
    database.write(
        sql -> sql.update("DELETE FROM delivered_records WHERE target_arn = ?", targetArn));
  }
}
