package dev.hearth.app.store;

import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.InvokeSettings.RecursiveLoop;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is set about invoking the functions of a project. */
public final class InvokeSettingStore {
  private final Database database;

  public InvokeSettingStore(Database database) {
    this.database = database;
  }

  /** By function name; functions without settings are left out. */
  public Map<String, InvokeSettings> all() {
    return database.read(
        sql -> {
          Map<String, InvokeSettings> all = new HashMap<>();
          sql.query(
              "SELECT function_name, reserved_concurrency, dead_letter_target, recursive_loop"
                  + " FROM invoke_settings",
              row -> {
                int reserved = row.getInt(2);
                Integer orNone = row.wasNull() ? null : reserved;
                String deadLetter = row.getString(3);
                RecursiveLoop loop = RecursiveLoop.valueOf(row.getString(4));
                return change(
                    all,
                    row.getString(1),
                    InvokeSettings.NONE
                        .withReservedConcurrency(orNone)
                        .withDeadLetterConfig(deadLetter)
                        .withRecursiveLoop(loop));
              });
          readProvisioned(sql, all);
          readConfigs(sql, all);
          return all;
        });
  }

  private static InvokeSettings change(
      Map<String, InvokeSettings> all, String name, InvokeSettings settings) {
    all.put(name, settings);
    return settings;
  }

  private static InvokeSettings of(Map<String, InvokeSettings> all, String name) {
    return all.getOrDefault(name, InvokeSettings.NONE);
  }

  private static void readProvisioned(Sql sql, Map<String, InvokeSettings> all)
      throws SQLException {
    sql.query(
        "SELECT function_name, qualifier, environments FROM provisioned_concurrency",
        row -> {
          String name = row.getString(1);
          return change(
              all, name, of(all, name).withProvisionedConcurrency(row.getString(2), row.getInt(3)));
        });
  }

  private static void readConfigs(Sql sql, Map<String, InvokeSettings> all) throws SQLException {
    sql.query(
        """
        SELECT function_name, qualifier, retry_attempts, event_age_s, on_success, on_failure,
          modified_at
        FROM event_invoke_configs
        """,
        row -> {
          String name = row.getString(1);
          int attempts = row.getInt(3);
          Integer attemptsOrNone = row.wasNull() ? null : attempts;
          int age = row.getInt(4);
          Integer ageOrNone = row.wasNull() ? null : age;
          EventInvokeConfig config =
              new EventInvokeConfig(
                  attemptsOrNone,
                  ageOrNone,
                  row.getString(5),
                  row.getString(6),
                  Instant.ofEpochMilli(row.getLong(7)));
          return change(all, name, of(all, name).withEventInvokeConfig(row.getString(2), config));
        });
  }

  /** Replaces the settings of a function; those that are nothing leave no row. */
  public void put(String functionName, InvokeSettings settings) {
    database.writeDurably(
        sql -> {
          for (String table :
              new String[] {"invoke_settings", "provisioned_concurrency", "event_invoke_configs"}) {
            sql.update("DELETE FROM " + table + " WHERE function_name = ?", functionName);
          }
          insert(sql, functionName, settings);
          return true;
        });
  }

  private static void insert(Sql sql, String name, InvokeSettings settings) throws SQLException {
    @Nullable Integer reserved = settings.reservedConcurrency();
    boolean plain = settings.recursiveLoop() == RecursiveLoop.TERMINATE;
    if (reserved != null || settings.deadLetterConfig() != null || !plain) {
      sql.update(
          "INSERT INTO invoke_settings VALUES (?, ?, ?, ?)",
          name,
          reserved,
          settings.deadLetterConfig(),
          settings.recursiveLoop().name());
    }
    for (var one : settings.provisionedConcurrency().entrySet()) {
      sql.update(
          "INSERT INTO provisioned_concurrency VALUES (?, ?, ?)",
          name,
          one.getKey(),
          one.getValue());
    }
    for (var one : settings.eventInvokeConfigs().entrySet()) {
      EventInvokeConfig config = one.getValue();
      sql.update(
          "INSERT INTO event_invoke_configs VALUES (?, ?, ?, ?, ?, ?, ?)",
          name,
          one.getKey(),
          config.maximumRetryAttempts(),
          config.maximumEventAgeInSeconds(),
          config.onSuccess(),
          config.onFailure(),
          config.lastModified().toEpochMilli());
    }
  }
}
