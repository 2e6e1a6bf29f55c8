package dev.hearth.app.store;

import dev.hearth.runtime.function.FunctionConfiguration;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The environment variables of functions, the secret ones sealed. */
final class VariableTable {
  static final Variables NONE = new Variables(Map.of(), Set.of());

  private static final String SELECT =
      "SELECT function_id, name, value, secret FROM function_variables";

  private final SecretBox box;

  VariableTable(SecretBox box) {
    this.box = box;
  }

  /**
   * @param secrets names; what can't be opened here has no value
   */
  record Variables(Map<String, String> values, Set<String> secrets) {
    Variables() {
      this(new HashMap<>(), new HashSet<>());
    }
  }

  private static void insert(Sql sql, String verb, Row row) throws SQLException {
    sql.update(
        verb + " INTO function_variables (function_id, name, value, secret) VALUES (?, ?, ?, ?)",
        row.function(),
        row.name(),
        row.value(),
        row.secret() ? 1 : 0);
  }

  private record Row(long function, String name, String value, boolean secret) {}

  /** Those of all functions, by id. */
  Map<Long, Variables> all(Sql sql) throws SQLException {
    return read(sql, SELECT);
  }

  Variables of(Sql sql, long function) throws SQLException {
    return read(sql, SELECT + " WHERE function_id = ?", function).getOrDefault(function, NONE);
  }

  private Map<Long, Variables> read(Sql sql, String select, Object... arguments)
      throws SQLException {
    Map<Long, Variables> variables = new HashMap<>();
    var rows =
        sql.query(
            select,
            row -> new Row(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4) != 0),
            arguments);
    for (Row row : rows) {
      Variables of = variables.computeIfAbsent(row.function(), _ -> new Variables());
      if (row.secret()) {
        of.secrets().add(row.name());
        box.open(row.name(), row.value()).ifPresent(value -> of.values().put(row.name(), value));
      } else {
        of.values().put(row.name(), row.value());
      }
    }
    return variables;
  }

  private static List<String> names(Sql sql, long function) throws SQLException {
    return sql.query(
        "SELECT name FROM function_variables WHERE function_id = ?",
        row -> row.getString(1),
        function);
  }

  /** Replaces all; secrets without a value, which can't be opened here, stay as they are. */
  void put(Sql sql, long function, FunctionConfiguration configuration) throws SQLException {
    Set<String> locked = configuration.lockedSecrets();
    // Else the pages that the clear value of a variable stood on would keep it.
    sql.first("PRAGMA secure_delete = ON", row -> row.getString(1));
    for (String name : names(sql, function)) {
      if (!locked.contains(name)) {
        sql.update(
            "DELETE FROM function_variables WHERE function_id = ? AND name = ?", function, name);
      }
    }
    for (String name : locked) {
      // Of a copy of the function: it asks for the value, as the original does.
      insert(sql, "INSERT OR IGNORE", new Row(function, name, "", true));
    }
    for (var variable : configuration.environment().entrySet()) {
      String name = variable.getKey();
      boolean secret = configuration.secrets().contains(name);
      String value = secret ? box.seal(name, variable.getValue()) : variable.getValue();
      insert(sql, "INSERT OR REPLACE", new Row(function, name, value, secret));
    }
  }
}
