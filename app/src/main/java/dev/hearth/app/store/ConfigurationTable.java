package dev.hearth.app.store;

import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.LogLevel;
import dev.hearth.runtime.function.LoggingConfig;
import dev.hearth.runtime.function.NetworkAccess;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.function.SnapStart;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configurations that past invocations ran with, each once. The values of secrets are left out:
 * only their names are kept. Used by one thread at a time.
 */
final class ConfigurationTable {
  private static final int REMEMBERED = 256;
  private static final JsonMapper JSON = new JsonMapper();

  private final ContentTable contents = new ContentTable("configurations");
  private final Map<FunctionConfiguration, Long> rows = new HashMap<>();

  /** The row of a configuration; null for none. */
  @Nullable Long put(Sql sql, @Nullable FunctionConfiguration configuration) throws SQLException {
    if (configuration == null) {
      return null;
    }
    Long known = rows.get(configuration);
    if (known == null) {
      if (rows.size() >= REMEMBERED) {
        rows.clear();
      }
      known = contents.put(sql, JSON.writeValueAsBytes(tree(configuration)));
      rows.put(configuration, known);
    }
    return known;
  }

  /** Rows may have gone: after a roll-back. */
  void forget() {
    rows.clear();
    contents.forget();
  }

  static @Nullable FunctionConfiguration get(Sql sql, long row) throws SQLException {
    return row == 0
        ? null
        : configuration(JSON.readTree(new ContentTable("configurations").get(sql, row)));
  }

  private static ObjectNode tree(FunctionConfiguration c) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", c.functionName());
    node.put("runtime", c.runtime().id());
    node.put("handler", c.handler());
    node.put("memory", c.memorySize());
    node.put("timeout", c.timeout());
    node.put("storage", c.ephemeralStorage());
    node.put("architecture", c.architecture().id());
    node.put("snapStart", c.snapStart().id());
    node.put("network", c.network().id());
    LoggingConfig logging = c.logging();
    node.put("logFormat", logging.format().id());
    node.put("applicationLevel", name(logging.applicationLevel()));
    node.put("systemLevel", name(logging.systemLevel()));
    node.put("logGroup", logging.logGroup());
    ObjectNode environment = node.putObject("environment");
    new TreeMap<>(c.environment())
        .forEach(
            (name, value) -> {
              if (!c.secrets().contains(name)) {
                environment.put(name, value);
              }
            });
    var secrets = node.putArray("secrets");
    new TreeSet<>(c.secrets()).forEach(secrets::add);
    return node;
  }

  private static @Nullable String name(@Nullable LogLevel level) {
    return level == null ? null : level.name();
  }

  private static FunctionConfiguration configuration(JsonNode node) {
    Map<String, String> environment = new HashMap<>();
    node.path("environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asString()));
    Set<String> secrets = new LinkedHashSet<>();
    node.path("secrets").forEach(secret -> secrets.add(secret.asString()));
    boolean json = LoggingConfig.Format.JSON.id().equals(text(node, "logFormat"));
    String network = text(node, "network");
    return new FunctionConfiguration(
        String.valueOf(text(node, "name")),
        RuntimeIdentifier.parse(String.valueOf(text(node, "runtime"))),
        String.valueOf(text(node, "handler")),
        node.path("memory").asInt(),
        node.path("timeout").asInt(),
        node.path("storage").asInt(),
        Architecture.parse(String.valueOf(text(node, "architecture"))),
        environment,
        new LoggingConfig(
            json ? LoggingConfig.Format.JSON : LoggingConfig.Format.TEXT,
            level(text(node, "applicationLevel")),
            level(text(node, "systemLevel")),
            text(node, "logGroup")),
        SnapStart.PUBLISHED_VERSIONS.id().equals(text(node, "snapStart"))
            ? SnapStart.PUBLISHED_VERSIONS
            : SnapStart.NONE,
        secrets,
        network == null ? NetworkAccess.OPEN : NetworkAccess.parse(network));
  }

  private static @Nullable String text(JsonNode node, String member) {
    JsonNode found = node.get(member);
    return found == null || found.isNull() ? null : found.asString();
  }

  private static @Nullable LogLevel level(@Nullable String name) {
    return name == null ? null : LogLevel.valueOf(name);
  }
}
