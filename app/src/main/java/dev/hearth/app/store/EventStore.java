package dev.hearth.app.store;

import dev.hearth.app.project.TestEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The test events of a project. */
public final class EventStore {
  private static final String SELECT = "SELECT id, name, kind, json FROM test_events ";

  private final Database database;

  public EventStore(Database database) {
    this.database = database;
  }

  /** In name order. */
  public List<TestEvent> list() {
    return database.read(sql -> sql.query(SELECT + "ORDER BY name", EventStore::event));
  }

  public Optional<TestEvent> byName(String name) {
    return database.read(sql -> sql.first(SELECT + "WHERE name = ?", EventStore::event, name));
  }

  /** Appends a number to the name when it is taken. */
  public TestEvent insert(String name, String kind, String json) {
    return database.writeDurably(
        sql -> {
          String free = name;
          for (int i = 2; isTaken(sql, free, 0); i++) {
            free = name + "-" + i;
          }
          long id =
              sql.insert(
                  "INSERT INTO test_events (name, kind, json) VALUES (?, ?, ?)", free, kind, json);
          return new TestEvent(id, free, kind, json);
        });
  }

  /** Empty when another event has the name; nothing is changed then. */
  public Optional<TestEvent> update(TestEvent event) {
    return database.writeDurably(
        sql -> {
          if (isTaken(sql, event.name(), event.id())) {
            return Optional.empty();
          }
          sql.update(
              "UPDATE test_events SET name = ?, kind = ?, json = ? WHERE id = ?",
              event.name(),
              event.kind(),
              event.json(),
              event.id());
          return Optional.of(event);
        });
  }

  public void delete(long id) {
    database.writeDurably(sql -> sql.update("DELETE FROM test_events WHERE id = ?", id));
  }

  private static boolean isTaken(Sql sql, String name, long exceptId) throws SQLException {
    return sql.number(
            "SELECT EXISTS (SELECT 1 FROM test_events WHERE name = ? AND id <> ?)", name, exceptId)
        != 0;
  }

  private static TestEvent event(ResultSet row) throws SQLException {
    return new TestEvent(row.getLong(1), row.getString(2), row.getString(3), row.getString(4));
  }
}
