package dev.hearth.app.store;

import java.util.HashMap;
import java.util.Map;

/** Reads the settings of a project; {@link HistoryWriter} writes them. */
public final class SettingStore {
  private final Database database;

  public SettingStore(Database database) {
    this.database = database;
  }

  public Map<String, String> all() {
    return database.read(
        sql -> {
          Map<String, String> settings = new HashMap<>();
          sql.query(
              "SELECT key, value FROM settings",
              row -> settings.put(row.getString(1), row.getString(2)));
          return settings;
        });
  }
}
