package dev.hearth.app.store;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.LogLevel;
import dev.hearth.runtime.function.LoggingConfig;
import dev.hearth.runtime.function.NetworkAccess;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.function.SnapStart;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The functions of a project, without their files. */
public final class FunctionStore {
  private static final String SELECT =
      """
      SELECT id, name, runtime, handler, memory_mb, timeout_s, storage_mb, architecture,
        linked_folder, log_format, application_log_level, system_log_level, log_group, snap_start, network
      FROM functions
      """;

  private final Database database;
  private final VariableTable variables;

  public FunctionStore(Database database, SecretBox secrets) {
    this.database = database;
    this.variables = new VariableTable(secrets);
  }

  /** In name order. */
  public List<FunctionDefinition> list() {
    return database.read(
        sql -> {
          Map<Long, VariableTable.Variables> all = variables.all(sql);
          return sql.query(
              SELECT + "ORDER BY name",
              row -> function(row, all.getOrDefault(row.getLong(1), VariableTable.NONE)));
        });
  }

  public Optional<FunctionDefinition> byName(String name) {
    return database.read(
        sql -> sql.first(SELECT + "WHERE name = ?", row -> withVariables(sql, row), name));
  }

  public Optional<FunctionDefinition> byId(long id) {
    return database.read(sql -> byId(sql, id));
  }

  private Optional<FunctionDefinition> byId(Sql sql, long id) throws SQLException {
    return sql.first(SELECT + "WHERE id = ?", row -> withVariables(sql, row), id);
  }

  /**
   * Grows with each change of the configuration or of the source inside the project; 0 when there
   * is no such function.
   */
  public long revision(long id) {
    return database.read(sql -> sql.number("SELECT revision FROM functions WHERE id = ?", id));
  }

  /** The revisions of all functions by id. */
  public Map<Long, Long> revisions() {
    return database.read(
        sql -> {
          Map<Long, Long> revisions = new HashMap<>();
          sql.query(
              "SELECT id, revision FROM functions",
              row -> revisions.put(row.getLong(1), row.getLong(2)));
          return revisions;
        });
  }

  /**
   * Stores a new function with its files; empty when the name is taken.
   *
   * @param files by path; must be empty for a linked folder
   */
  public Optional<FunctionDefinition> insert(
      FunctionConfiguration configuration, SourceLocation source, Map<String, byte[]> files) {
    return database.writeDurably(
        sql -> {
          if (isTaken(sql, configuration.functionName(), 0)) {
            return Optional.empty();
          }
          long id =
              sql.insert(
                  """
                  INSERT INTO functions (name, runtime, handler, memory_mb, timeout_s, storage_mb,
                    architecture, linked_folder)
                  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                  """,
                  configuration.functionName(),
                  configuration.runtime().id(),
                  configuration.handler(),
                  configuration.memorySize(),
                  configuration.timeout(),
                  configuration.ephemeralStorage(),
                  configuration.architecture().id(),
                  folder(source));
          variables.put(sql, id, configuration);
          putLogging(sql, id, configuration);
          for (var file : files.entrySet()) {
            SourceStore.put(sql, id, file.getKey(), file.getValue());
          }
          return byId(sql, id);
        });
  }

  /** Empty when another function has the name; nothing is changed then. */
  public Optional<FunctionDefinition> update(FunctionDefinition function) {
    FunctionConfiguration configuration = function.configuration();
    return database.writeDurably(
        sql -> {
          if (isTaken(sql, configuration.functionName(), function.id())) {
            return Optional.empty();
          }
          sql.update(
              """
              UPDATE functions SET name = ?, runtime = ?, handler = ?, memory_mb = ?,
                timeout_s = ?, storage_mb = ?, architecture = ?, linked_folder = ?,
                revision = revision + 1
              WHERE id = ?
              """,
              configuration.functionName(),
              configuration.runtime().id(),
              configuration.handler(),
              configuration.memorySize(),
              configuration.timeout(),
              configuration.ephemeralStorage(),
              configuration.architecture().id(),
              folder(function.source()),
              function.id());
          variables.put(sql, function.id(), configuration);
          putLogging(sql, function.id(), configuration);
          return byId(sql, function.id());
        });
  }

  /** Removes the function with its source and versions; its history stays. */
  public void delete(long id) {
    database.writeDurably(
        sql -> {
          sql.update("DELETE FROM functions WHERE id = ?", id);
          SourceStore.removeUnused(sql);
          return true;
        });
  }

  private static boolean isTaken(Sql sql, String name, long exceptId) throws SQLException {
    return sql.number(
            "SELECT EXISTS (SELECT 1 FROM functions WHERE name = ? AND id <> ?)", name, exceptId)
        != 0;
  }

  private static void putLogging(Sql sql, long id, FunctionConfiguration configuration)
      throws SQLException {
    LoggingConfig logging = configuration.logging();
    sql.update(
        """
        UPDATE functions SET log_format = ?, application_log_level = ?, system_log_level = ?,
          log_group = ?, snap_start = ?, network = ?
        WHERE id = ?
        """,
        logging.format().id(),
        name(logging.applicationLevel()),
        name(logging.systemLevel()),
        logging.logGroup(),
        configuration.snapStart().id(),
        configuration.network().id(),
        id);
  }

  private static @Nullable String name(@Nullable LogLevel level) {
    return level == null ? null : level.name();
  }

  private static LoggingConfig logging(ResultSet row) throws SQLException {
    boolean json = row.getString(10).equals(LoggingConfig.Format.JSON.id());
    return new LoggingConfig(
        json ? LoggingConfig.Format.JSON : LoggingConfig.Format.TEXT,
        level(row.getString(11)),
        level(row.getString(12)),
        row.getString(13));
  }

  private static @Nullable LogLevel level(@Nullable String name) {
    return name == null ? null : LogLevel.valueOf(name);
  }

  private FunctionDefinition withVariables(Sql sql, ResultSet row) throws SQLException {
    return function(row, variables.of(sql, row.getLong(1)));
  }

  private FunctionDefinition function(ResultSet row, VariableTable.Variables variables)
      throws SQLException {
    FunctionConfiguration configuration =
        new FunctionConfiguration(
            row.getString(2),
            RuntimeIdentifier.parse(row.getString(3)),
            row.getString(4),
            row.getInt(5),
            row.getInt(6),
            row.getInt(7),
            Architecture.parse(row.getString(8)),
            variables.values(),
            logging(row),
            row.getString(14).equals(SnapStart.NONE.id())
                ? SnapStart.NONE
                : SnapStart.PUBLISHED_VERSIONS,
            variables.secrets(),
            NetworkAccess.parse(row.getString(15)));
    return new FunctionDefinition(row.getLong(1), configuration, location(row.getString(9)));
  }

  /** Folders beside or below the project file are stored relative to it: both may move together. */
  private @Nullable String folder(SourceLocation source) {
    if (!(source instanceof SourceLocation.LinkedFolder(Path folder))) {
      return null;
    }
    Path home = database.file().getParent();
    Path absolute = home.resolve(folder).normalize();
    String text = absolute.startsWith(home) ? home.relativize(absolute).toString() : null;
    return text == null ? absolute.toString() : (text.isEmpty() ? "." : text).replace('\\', '/');
  }

  private SourceLocation location(@Nullable String folder) {
    return folder == null
        ? new SourceLocation.InProject()
        : new SourceLocation.LinkedFolder(
            database.file().resolveSibling(folder).toAbsolutePath().normalize());
  }
}
