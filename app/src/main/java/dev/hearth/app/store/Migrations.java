package dev.hearth.app.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings a project file from any earlier format to the newest. Format n is what the first n scripts
 * make; the number stands in {@code PRAGMA user_version}. A script that has been released is never
 * changed.
 */
final class Migrations {
  /** {@code HRTH}: marks a SQLite file as a Hearth project. */
  static final int APPLICATION_ID = 0x48525448;

  /** The scripts of this program, oldest first. */
  static final Migrations ALL =
      new Migrations(
          List.of(
              "0001.sql",
              "0002.sql",
              "0003.sql",
              "0004.sql",
              "0005.sql",
              "0006.sql",
              "0007.sql",
              "0008.sql",
              "0009.sql"));

  private final List<String> names;

  Migrations(List<String> names) {
    this.names = List.copyOf(names);
  }

  /** These and one more. */
  Migrations then(String name) {
    return new Migrations(Stream.concat(names.stream(), Stream.of(name)).toList());
  }

  int newest() {
    return names.size();
  }

  /** Runs the scripts that the file lacks in one transaction: all of them or none. */
  void migrate(Sql sql) throws SQLException {
    migrate(sql, newest());
  }

  void migrate(Sql sql, int to) throws SQLException {
    if (format(sql) >= to) {
      return;
    }
    sql.execute("BEGIN IMMEDIATE");
    try {
      for (int format = format(sql); format < to; format++) {
        sql.execute(script(names.get(format)));
      }
      sql.execute("PRAGMA application_id = " + APPLICATION_ID);
      sql.execute("PRAGMA user_version = " + to);
      sql.execute("COMMIT");
    } catch (SQLException e) {
      sql.execute("ROLLBACK");
      throw e;
    }
  }

  static int format(Sql sql) throws SQLException {
    return (int) sql.number("PRAGMA user_version");
  }

  private static String script(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream("migrations/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no migration " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
