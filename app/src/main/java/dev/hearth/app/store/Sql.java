package dev.hearth.app.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements, each prepared once: preparing costs more than
 * running. Not safe for use by several threads at a time.
 */
final class Sql implements AutoCloseable {
  /** Reads the current row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** Runs statements that are not worth preparing, separated by semicolons. */
  void execute(String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  int update(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    return statement.executeUpdate();
  }

  /** Inserts and returns the new row's id. */
  long insert(String sql, @Nullable Object... arguments) throws SQLException {
    update(sql, arguments);
    return number("SELECT last_insert_rowid()");
  }

  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    List<T> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(reader.read(result));
      }
    }
    return rows;
  }

  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    try (ResultSet result = statement.executeQuery()) {
      return result.next() ? Optional.of(reader.read(result)) : Optional.empty();
    }
  }

  /** The first column of the only row; 0 when there is none. */
  long number(String sql, @Nullable Object... arguments) throws SQLException {
    return first(sql, row -> row.getLong(1), arguments).orElse(0L);
  }

  private static void bind(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case null -> statement.setObject(i + 1, null);
        case Long value -> statement.setLong(i + 1, value);
        case Integer value -> statement.setInt(i + 1, value);
        case Boolean value -> statement.setInt(i + 1, value ? 1 : 0);
        case String value -> statement.setString(i + 1, value);
        case byte[] value -> statement.setBytes(i + 1, value);
        default -> throw new IllegalArgumentException("no binding for " + arguments[i].getClass());
      }
    }
  }

  /** To be called after a failure: the driver gives up the statement that met it. */
  void forgetStatements() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  @Override
  public void close() throws SQLException {
    forgetStatements();
    connection.close();
  }
}
