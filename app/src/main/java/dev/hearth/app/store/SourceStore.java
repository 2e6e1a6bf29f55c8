package dev.hearth.app.store;

import dev.hearth.app.project.SourceFile;
import dev.hearth.app.project.SourceVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Source files kept inside the project, and the versions of every function's source. */
public final class SourceStore {
  private static final int TEXT_PROBE_BYTES = 8192;
  private static final String VERSION =
      "SELECT function_id, number, sha256, created_at FROM source_versions WHERE function_id = ? ";

  private final Database database;

  public SourceStore(Database database) {
    this.database = database;
  }

  /** In path order. */
  public List<SourceFile> files(long functionId) {
    return database.read(
        sql ->
            sql.query(
                """
                SELECT f.path, b.size, f.text
                FROM source_files f JOIN source_blobs b ON b.id = f.blob_id
                WHERE f.function_id = ? ORDER BY f.path
                """,
                row -> new SourceFile(row.getString(1), row.getLong(2), row.getInt(3) != 0),
                functionId));
  }

  /** All files with their contents, in path order. */
  public List<StoredFile> contents(long functionId) {
    return database.read(
        sql ->
            sql.query(
                """
                SELECT f.path, f.executable, b.size, b.sha256, b.size, b.encoding, b.data
                FROM source_files f JOIN source_blobs b ON b.id = f.blob_id
                WHERE f.function_id = ? ORDER BY f.path
                """,
                SourceStore::storedFile,
                functionId));
  }

  public Optional<byte[]> read(long functionId, String path) {
    return database.read(
        sql ->
            sql.first(
                """
                SELECT b.size, b.encoding, b.data
                FROM source_files f JOIN source_blobs b ON b.id = f.blob_id
                WHERE f.function_id = ? AND f.path = ?
                """,
                row -> ContentTable.decode(row, 1),
                functionId,
                path));
  }

  /** Creates or replaces a file; on the disk when this returns. */
  public void write(long functionId, String path, byte[] content) {
    database.writeDurably(
        sql -> {
          put(sql, functionId, path, content);
          changed(sql, functionId);
          return true;
        });
  }

  /** Exchanges all files of a function; on the disk when this returns. */
  public void replaceAll(long functionId, Map<String, byte[]> files) {
    database.writeDurably(
        sql -> {
          sql.update("DELETE FROM source_files WHERE function_id = ?", functionId);
          for (var file : files.entrySet()) {
            put(sql, functionId, file.getKey(), file.getValue());
          }
          changed(sql, functionId);
          return true;
        });
  }

  /** False when there is no such file. */
  public boolean delete(long functionId, String path) {
    return database.writeDurably(
        sql -> {
          boolean found =
              sql.update(
                      "DELETE FROM source_files WHERE function_id = ? AND path = ?",
                      functionId,
                      path)
                  > 0;
          changed(sql, functionId);
          return found;
        });
  }

  /** False when there is no such file, or the new name is taken. */
  public boolean rename(long functionId, String from, String to) {
    return database.writeDurably(
        sql -> {
          boolean done =
              sql.update(
                      """
                      UPDATE source_files SET path = ?
                      WHERE function_id = ? AND path = ? AND NOT EXISTS (
                        SELECT 1 FROM source_files WHERE function_id = ? AND path = ?)
                      """,
                      to,
                      functionId,
                      from,
                      functionId,
                      to)
                  > 0;
          changed(sql, functionId);
          return done;
        });
  }

  static void put(Sql sql, long functionId, String path, byte[] content) throws SQLException {
    long blob = new ContentTable("source_blobs").put(sql, content);
    sql.update(
        """
        INSERT INTO source_files (function_id, path, text, executable, blob_id)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
          text = excluded.text, executable = excluded.executable, blob_id = excluded.blob_id
        """,
        functionId,
        path,
        isText(content),
        isExecutable(path, content),
        blob);
  }

  private static void changed(Sql sql, long functionId) throws SQLException {
    sql.update("UPDATE functions SET revision = revision + 1 WHERE id = ?", functionId);
    removeUnused(sql);
  }

  /** Every autosave makes a content; those that never ran are not kept. */
  static void removeUnused(Sql sql) throws SQLException {
    sql.update(
        """
        DELETE FROM source_blobs
        WHERE NOT EXISTS (SELECT 1 FROM source_files f WHERE f.blob_id = source_blobs.id)
          AND NOT EXISTS (SELECT 1 FROM source_version_files v WHERE v.blob_id = source_blobs.id)
        """);
  }

  /** Text is what has no zero byte and is UTF-8 as far as it is looked at. */
  public static boolean isText(byte[] content) {
    int length = Math.min(content.length, TEXT_PROBE_BYTES);
    for (int i = 0; i < length; i++) {
      if (content[i] == 0) {
        return false;
      }
    }
    // A character may be cut at the end of the probe: up to three bytes of it may stand there.
    for (int cut = 0; cut <= (length < content.length ? 3 : 0); cut++) {
      if (isUtf8(content, length - cut)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUtf8(byte[] content, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** What a custom runtime or a script needs to be started as a program. */
  public static boolean isExecutable(String path, byte[] content) {
    return path.equals("bootstrap")
        || (content.length > 2 && content[0] == '#' && content[1] == '!');
  }

  /** The version with this hash, if the function ever had it. */
  public Optional<SourceVersion> version(long functionId, String sha256) {
    return database.read(
        sql -> sql.first(VERSION + "AND sha256 = ?", SourceStore::version, functionId, sha256));
  }

  public Optional<SourceVersion> latestVersion(long functionId) {
    return database.read(
        sql ->
            sql.first(VERSION + "ORDER BY number DESC LIMIT 1", SourceStore::version, functionId));
  }

  /** Oldest first. */
  public List<SourceVersion> versions(long functionId) {
    return database.read(
        sql -> sql.query(VERSION + "ORDER BY number", SourceStore::version, functionId));
  }

  /** The version with this hash; numbered and stored with its files when it is new. */
  public SourceVersion putVersion(long functionId, String sha256, List<StoredFile> files) {
    return database.write(
        sql -> {
          Optional<SourceVersion> known =
              sql.first(VERSION + "AND sha256 = ?", SourceStore::version, functionId, sha256);
          return known.isPresent() ? known.get() : insertVersion(sql, functionId, sha256, files);
        });
  }

  private static SourceVersion insertVersion(
      Sql sql, long functionId, String sha256, List<StoredFile> files) throws SQLException {
    int number =
        1
            + (int)
                sql.number(
                    "SELECT max(number) FROM source_versions WHERE function_id = ?", functionId);
    Instant created = Instant.ofEpochMilli(System.currentTimeMillis());
    long id =
        sql.insert(
            "INSERT INTO source_versions (function_id, number, sha256, created_at) VALUES (?, ?,"
                + " ?, ?)",
            functionId,
            number,
            sha256,
            created.toEpochMilli());
    ContentTable blobs = new ContentTable("source_blobs");
    for (StoredFile file : files) {
      sql.update(
          "INSERT INTO source_version_files (version_id, path, executable, size, sha256, blob_id)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          id,
          file.path(),
          file.executable(),
          file.size(),
          file.sha256(),
          file.content() == null ? null : blobs.put(sql, file.content()));
    }
    return new SourceVersion(functionId, number, sha256, created);
  }

  /** The files of a version, in path order. */
  public List<StoredFile> versionFiles(long functionId, int number) {
    return database.read(
        sql -> {
          List<StoredFile> files = new ArrayList<>();
          files.addAll(
              sql.query(
                  """
                  SELECT f.path, f.executable, f.size, f.sha256, b.size, b.encoding, b.data
                  FROM source_version_files f
                  JOIN source_versions v ON v.id = f.version_id
                  LEFT JOIN source_blobs b ON b.id = f.blob_id
                  WHERE v.function_id = ? AND v.number = ? ORDER BY f.path
                  """,
                  SourceStore::storedFile,
                  functionId,
                  number));
          return files;
        });
  }

  private static StoredFile storedFile(ResultSet row) throws SQLException {
    boolean kept = row.getBytes(7) != null;
    return new StoredFile(
        row.getString(1),
        row.getInt(2) != 0,
        row.getLong(3),
        row.getBytes(4),
        kept ? ContentTable.decode(row, 5) : null);
  }

  private static SourceVersion version(ResultSet row) throws SQLException {
    return new SourceVersion(
        row.getLong(1), row.getInt(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)));
  }
}
