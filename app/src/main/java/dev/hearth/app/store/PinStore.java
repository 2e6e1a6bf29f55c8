package dev.hearth.app.store;

import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.Pin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The pins of a project. */
public final class PinStore {
  private final Database database;

  public PinStore(Database database) {
    this.database = database;
  }

  /** In name order. */
  public List<Pin> list() {
    return database.read(
        sql ->
            sql.query(
                "SELECT name, function_name, status, event, response, most_nanos,"
                    + " most_memory_bytes, most_cost_pico_usd FROM pins ORDER BY name",
                PinStore::pin));
  }

  /** Adds a pin, or replaces the one of that name. */
  public void put(Pin pin) {
    database.writeDurably(
        sql ->
            sql.update(
                "INSERT OR REPLACE INTO pins (name, function_name, status, event, response,"
                    + " most_nanos, most_memory_bytes, most_cost_pico_usd) VALUES (?, ?, ?, ?, ?,"
                    + " ?, ?, ?)",
                pin.name(),
                pin.functionName(),
                pin.status().name(),
                pin.event(),
                pin.response(),
                pin.mostNanos(),
                pin.mostMemoryBytes(),
                pin.mostCostPicoUsd()));
  }

  /** Whether there was one. */
  public boolean delete(String name) {
    return database.writeDurably(sql -> sql.update("DELETE FROM pins WHERE name = ?", name)) > 0;
  }

  private static Pin pin(ResultSet row) throws SQLException {
    return new Pin(
        row.getString(1),
        row.getString(2),
        InvocationStatus.valueOf(row.getString(3)),
        row.getBytes(4),
        row.getBytes(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8));
  }
}
