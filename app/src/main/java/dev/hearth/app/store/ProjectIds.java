package dev.hearth.app.store;

import java.util.Optional;
import java.util.UUID;

/** The random id that tells a project from all others; copies of a file share it. */
public final class ProjectIds {
  private static final String SELECT = "SELECT value FROM meta WHERE key = 'project_id'";

  private final Database database;

  public ProjectIds(Database database) {
    this.database = database;
  }

  /** The id; empty for a project that was never given one. */
  public Optional<String> id() {
    return database.read(sql -> sql.first(SELECT, row -> row.getString(1)));
  }

  /**
   * The id, made when there is none.
   *
   * @throws StoreException when there is none and the file can't be written
   */
  public String idOrNew() {
    return id().orElseGet(
            () ->
                database.writeDurably(
                    sql -> {
                      sql.update(
                          "INSERT OR IGNORE INTO meta VALUES ('project_id', ?)",
                          UUID.randomUUID().toString());
                      return sql.first(SELECT, row -> row.getString(1)).orElseThrow();
                    }));
  }
}
