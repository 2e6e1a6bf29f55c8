package dev.hearth.app.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Properties;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** Creates and opens project files, and refuses what is not one with a message for the user. */
public final class ProjectFiles {
  private final Migrations migrations;

  public ProjectFiles() {
    this(Migrations.ALL);
  }

  ProjectFiles(Migrations migrations) {
    this.migrations = migrations;
  }

  /**
   * Opens an existing project; one that can't be written is opened read-only.
   *
   * @throws StoreException when it is none, or of a newer format; the file is left as it was
   */
  public Database open(Path path) {
    Path file = path.toAbsolutePath().normalize();
    ProjectHeader.check(file, migrations.newest());
    try {
      if (!Files.isWritable(file) || !Files.isWritable(file.getParent())) {
        return openReadOnly(file);
      }
      return openWritable(file);
    } catch (SQLException e) {
      throw Failures.translate(file, e);
    }
  }

  /**
   * Creates an empty project and closes it again.
   *
   * @throws StoreException when something of that name exists or it can't be written; then there is
   *     no new file either
   */
  public void create(Path path) {
    Path file = path.toAbsolutePath().normalize();
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          StoreException.Reason.EXISTS,
          "%s exists already. Choose another name, or open it.".formatted(file),
          e);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Reason.READ_ONLY,
          "%s can't be created: its folder is missing or can't be written. Choose another folder."
              .formatted(file),
          e);
    }
    try {
      fill(file);
    } catch (SQLException e) {
      discard(file);
      throw Failures.translate(file, e);
    }
  }

  private void fill(Path file) throws SQLException {
    try (Sql sql = connect(url(file), false)) {
      migrations.migrate(sql);
      sql.update("INSERT INTO meta VALUES ('created', ?)", Instant.now().toString());
      // Last, so that a file that is killed half-way is never taken for a project: until here the
      // marks that ProjectHeader looks for are in the same rollback journal as the tables.
      sql.first("PRAGMA journal_mode = WAL", row -> row.getString(1));
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Reason.FAILED,
          "%s could not be filled nor removed. Delete it by hand.".formatted(file),
          e);
    }
  }

  private Database openWritable(Path file) throws SQLException {
    Sql writer = connect(url(file), false);
    try {
      ProjectHeader.checkFormat(file, Migrations.format(writer), migrations.newest());
      writer.first("PRAGMA journal_mode = WAL", row -> row.getString(1));
      migrations.migrate(writer);
    } catch (SQLException | StoreException e) {
      writer.close();
      throw e;
    }
    return new Database(file, false, writer, () -> connect(url(file), true));
  }

  /**
   * Opens what can't be written. A log beside the file needs SQLite's shared memory file; where it
   * can't be made, the file is read as it stands.
   */
  Database openReadOnly(Path file) throws SQLException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    Path shared = file.resolveSibling(file.getFileName() + "-shm");
    boolean alone = !Files.exists(log) || !Files.exists(shared);
    String address = alone ? url(file) + "?immutable=1" : url(file);
    Sql reader = connect(address, true);
    try {
      int format = Migrations.format(reader);
      ProjectHeader.checkFormat(file, format, migrations.newest());
      if (format < migrations.newest()) {
        throw new StoreException(
            StoreException.Reason.READ_ONLY,
            "Project %s has an older format that must be updated first, and can't be written. Make the file and its folder writable."
                .formatted(file));
      }
    } catch (SQLException | StoreException e) {
      reader.close();
      throw e;
    }
    return new Database(file, true, reader, () -> connect(address, true));
  }

  /** A URI, so that every character of a file name is taken as it is. */
  private static String url(Path file) {
    return file.toUri().toString().replaceFirst("^file:/+", "file:///");
  }

  private static Sql connect(String url, boolean readOnly) throws SQLException {
    int flags =
        SQLiteOpenMode.OPEN_URI.flag
            | SQLiteOpenMode.NOMUTEX.flag
            | (readOnly ? SQLiteOpenMode.READONLY.flag : SQLiteOpenMode.READWRITE.flag);
    Properties properties = new Properties();
    properties.setProperty("open_mode", Integer.toString(flags));
    // Else the driver asks for the row id after each insert, with a statement prepared for it.
    properties.setProperty("jdbc.get_generated_keys", "false");
    properties.setProperty("busy_timeout", Integer.toString(Database.BUSY_MILLIS));
    Connection connection = new JDBC4Connection("jdbc:sqlite:" + url, url, properties);
    Sql sql = new Sql(connection);
    try {
      sql.execute(
          "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192;"
              + " PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 33554432;"
              + " PRAGMA wal_autocheckpoint = 4000");
    } catch (SQLException e) {
      sql.close();
      throw e;
    }
    return sql;
  }
}
