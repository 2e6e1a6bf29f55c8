package dev.hearth.app.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The service API's own records, in the project file next to the functions. */
public final class ServiceRecordStore {
  private final Database database;

  public ServiceRecordStore(Database database) {
    this.database = database;
  }

  /** Whether this file can't be written here. */
  public boolean readOnly() {
    return database.readOnly();
  }

  public Optional<String> get(String kind, String key) {
    return database.read(
        sql ->
            sql.first(
                "SELECT document FROM service_records WHERE kind = ? AND key = ?",
                row -> row.getString(1),
                kind,
                key));
  }

  /** All of a kind whose key starts so. */
  public SortedMap<String, String> list(String kind, String prefix) {
    return database.read(
        sql -> {
          SortedMap<String, String> found = new TreeMap<>();
          sql.query(
              """
              SELECT key, document FROM service_records
              WHERE kind = ? AND key >= ? AND substr(key, 1, length(?)) = ?
              """,
              row -> found.put(row.getString(1), row.getString(2)),
              kind,
              prefix,
              prefix,
              prefix);
          return found;
        });
  }

  /** Creates or replaces; on the disk when this returns. */
  public void put(String kind, String key, String json) {
    database.writeDurably(
        sql ->
            sql.update(
                """
                INSERT INTO service_records (kind, key, document) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET document = excluded.document
                """,
                kind,
                key,
                json));
  }

  /** False when there was none. */
  public boolean remove(String kind, String key) {
    return database.writeDurably(
        sql -> sql.update("DELETE FROM service_records WHERE kind = ? AND key = ?", kind, key) > 0);
  }

  public Optional<byte[]> archive(String sha256) {
    return database.read(
        sql ->
            sql.first(
                "SELECT data FROM code_archives WHERE sha256 = ?", row -> row.getBytes(1), sha256));
  }

  /** Does nothing when it is kept already. */
  public void putArchive(String sha256, byte[] zip) {
    database.writeDurably(
        sql ->
            sql.update(
                "INSERT INTO code_archives (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING",
                sha256,
                zip));
  }

  /** Removes all archives but these. */
  public void retainArchives(Set<String> sha256s) {
    database.writeDurably(
        sql -> {
          List<String> kept =
              sql.query("SELECT sha256 FROM code_archives", row -> row.getString(1));
          for (String sha256 : kept) {
            if (!sha256s.contains(sha256)) {
              sql.update("DELETE FROM code_archives WHERE sha256 = ?", sha256);
            }
          }
          return true;
        });
  }
}
