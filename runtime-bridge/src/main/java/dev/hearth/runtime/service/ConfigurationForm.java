package dev.hearth.runtime.service;

import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.LogLevel;
import dev.hearth.runtime.function.LoggingConfig;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.function.SnapStart;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A function's configuration in the form of the API, both ways (invoke-api.md section 5). */
final class ConfigurationForm {
  private ConfigurationForm() {}

  /** The members that say how it runs, in the order in which AWS answers them. */
  static ObjectNode write(FunctionConfiguration configuration) {
    ObjectNode json = Json.object();
    json.putArray("Architectures").add(configuration.architecture().id());
    if (!configuration.environment().isEmpty() || !configuration.lockedSecrets().isEmpty()) {
      json.set("Environment", environment(configuration));
    }
    json.putObject("EphemeralStorage").put("Size", configuration.ephemeralStorage());
    json.put("FunctionName", configuration.functionName());
    json.put("Handler", configuration.handler());
    LoggingConfig logging = configuration.logging();
    ObjectNode log = json.putObject("LoggingConfig").put("LogFormat", logging.format().id());
    if (logging.applicationLevel() != null) {
      log.put("ApplicationLogLevel", logging.applicationLevel().name());
    }
    if (logging.systemLevel() != null) {
      log.put("SystemLogLevel", logging.systemLevel().name());
    }
    String group = logging.logGroup();
    log.put("LogGroup", group == null ? defaultGroup(configuration.functionName()) : group);
    json.put("MemorySize", configuration.memorySize());
    json.put("Runtime", configuration.runtime().id());
    json.putObject("SnapStart")
        .put("ApplyOn", configuration.snapStart().id())
        .put("OptimizationStatus", "Off");
    json.put("Timeout", configuration.timeout());
    return json;
  }

  /**
   * Values in clear, secret ones too: Lambda answers them to whoever may read the configuration,
   * and clients that change one variable send all of them back. What can't be read here is an error
   * of the environment, as on Lambda when its key can't be used.
   */
  private static ObjectNode environment(FunctionConfiguration configuration) {
    ObjectNode json = Json.object();
    json.set("Variables", Json.tree(configuration.environment()));
    var locked = configuration.lockedSecrets();
    if (!locked.isEmpty()) {
      json.putObject("Error")
          .put("ErrorCode", "AccessDeniedException")
          .put(
              "Message",
              "Hearth was unable to decrypt %s: the key is another machine's or user's. Set the values anew."
                  .formatted(String.join(", ", locked)));
    }
    return json;
  }

  /** Variables stay secret; what could not be answered is kept unless it is set. */
  private static Set<String> secrets(FunctionConfiguration base, Map<String, String> variables) {
    Set<String> kept = new HashSet<>(base.secrets());
    kept.removeIf(name -> !variables.containsKey(name) && !base.lockedSecrets().contains(name));
    return kept;
  }

  private static String defaultGroup(String name) {
    return "/aws/lambda/" + name;
  }

  /**
   * What a request, or a stored form, makes of a configuration; absent members stay as they are.
   *
   * @throws ApiException InvalidParameterValueException when a value can't be
   */
  static FunctionConfiguration read(Body body, FunctionConfiguration base) throws ApiException {
    try {
      Integer memory = body.integer("MemorySize");
      Integer timeout = body.integer("Timeout");
      Body storage = body.structure("EphemeralStorage");
      Integer size = storage == null ? null : storage.integer("Size");
      List<String> architectures = body.texts("Architectures");
      Body environment = body.structure("Environment");
      Map<String, String> sent = environment == null ? null : environment.textMap("Variables");
      Map<String, String> variables =
          environment == null ? base.environment() : sent == null ? Map.of() : sent;
      String runtime = body.text("Runtime");
      return new FunctionConfiguration(
          base.functionName(),
          runtime == null ? base.runtime() : RuntimeIdentifier.parse(runtime),
          body.text("Handler", base.handler()),
          memory == null ? base.memorySize() : memory,
          timeout == null ? base.timeout() : timeout,
          size == null ? base.ephemeralStorage() : size,
          architectures == null || architectures.isEmpty()
              ? base.architecture()
              : Architecture.parse(architectures.getFirst()),
          variables,
          logging(body.structure("LoggingConfig"), base),
          snapStart(body.structure("SnapStart"), base.snapStart()),
          secrets(base, variables),
          base.network());
    } catch (InvalidFunctionException e) {
      throw ApiException.invalidParameter(e.getMessage());
    }
  }

  private static LoggingConfig logging(@Nullable Body body, FunctionConfiguration base)
      throws ApiException {
    if (body == null) {
      return base.logging();
    }
    String group = body.text("LogGroup");
    boolean json = "JSON".equals(body.text("LogFormat", base.logging().format().id()));
    return new LoggingConfig(
        json ? LoggingConfig.Format.JSON : LoggingConfig.Format.TEXT,
        level(body.text("ApplicationLogLevel")),
        level(body.text("SystemLogLevel")),
        defaultGroup(base.functionName()).equals(group) ? null : group);
  }

  private static @Nullable LogLevel level(@Nullable String name) {
    return name == null ? null : LogLevel.valueOf(name);
  }

  private static SnapStart snapStart(@Nullable Body body, SnapStart base) throws ApiException {
    String applyOn = body == null ? null : body.text("ApplyOn");
    if (applyOn == null) {
      return base;
    }
    return applyOn.equals(SnapStart.PUBLISHED_VERSIONS.id())
        ? SnapStart.PUBLISHED_VERSIONS
        : SnapStart.NONE;
  }
}
