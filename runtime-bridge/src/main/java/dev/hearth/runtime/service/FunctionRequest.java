package dev.hearth.runtime.service;

import dev.hearth.runtime.function.FunctionConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What CreateFunction and UpdateFunctionConfiguration say about a function, checked in AWS's order:
 * first everything that the model forbids, together, then the rules one by one (invoke-api.md
 * section 10).
 */
final class FunctionRequest {
  private static final Pattern ROLE =
      Pattern.compile("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
  private static final Pattern HANDLER = Pattern.compile("[^\\s]+");
  private static final Pattern KMS = Pattern.compile("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
  private static final Pattern TARGET = Pattern.compile("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
  private static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
  private static final int ENVIRONMENT_BYTES = 4096;
  private static final int MOST_TIMEOUT = 900;
  private static final int MOST_MEMORY = 10_240;

  /** Kept and answered as given. */
  private static final List<String> SETTINGS =
      List.of("DeadLetterConfig", "FileSystemConfigs", "KMSKeyArn", "TracingConfig", "VpcConfig");

  /** What would change how a function runs in a way that the local Lambda does not have. */
  private static final List<String> LACKING =
      List.of("CapacityProviderConfig", "DurableConfig", "PublishTo");

  /** Names of older runtimes, which requests may not use; projects that have them keep them. */
  private static final Set<String> RESERVED_TOO =
      Set.of("AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SECURITY_TOKEN");

  private final Body body;
  private final ControlPlane plane;

  FunctionRequest(Body body, ControlPlane plane) {
    this.body = body;
    this.plane = plane;
  }

  /** Adds what the model forbids to the checks. */
  void constraints(Checks checks) throws ApiException {
    checks.pattern("role", body.text("Role"), ROLE);
    String handler = body.text("Handler");
    checks.longest("handler", handler, 128).pattern("handler", handler, HANDLER);
    checks.longest("description", body.text("Description"), 256);
    checks.range("timeout", body.integer("Timeout"), 1, Integer.MAX_VALUE);
    checks.range("memorySize", body.integer("MemorySize"), 128, 32_768);
    Body storage = body.structure("EphemeralStorage");
    if (storage != null) {
      checks.range("ephemeralStorage.size", storage.integer("Size"), 512, MOST_MEMORY);
    }
    checks.pattern("kMSKeyArn", body.text("KMSKeyArn"), KMS);
    architectures(checks);
    variableNames(checks);
    structures(checks);
    List<String> layers = body.texts("Layers");
    if (layers != null) {
      checks.sentence(
          layers.stream().allMatch(arn -> LayerRules.VERSION_ARN.matcher(arn).matches()),
          "layers",
          layers,
          "Member must satisfy constraint: [Member must have length less than or equal to 2048,"
              + " Member must have length greater than or equal to 1, Member must satisfy regular"
              + " expression pattern: "
              + LayerRules.VERSION_ARN.pattern()
              + ", Member must not be null]");
    }
  }

  private void architectures(Checks checks) throws ApiException {
    List<String> given = body.texts("Architectures");
    if (given == null) {
      return;
    }
    checks.most("architectures", given, 1);
    checks.sentence(
        ARCHITECTURES.containsAll(given),
        "architectures",
        given,
        "Member must satisfy constraint: [Member must satisfy enum value set: "
            + ARCHITECTURES
            + ", Member must not be null]");
  }

  private void structures(Checks checks) throws ApiException {
    Body tracing = body.structure("TracingConfig");
    if (tracing != null) {
      checks.oneOf("tracingConfig.mode", tracing.text("Mode"), List.of("Active", "PassThrough"));
    }
    Body snapStart = body.structure("SnapStart");
    if (snapStart != null) {
      checks.oneOf(
          "snapStart.applyOn", snapStart.text("ApplyOn"), List.of("PublishedVersions", "None"));
    }
    Body letters = body.structure("DeadLetterConfig");
    if (letters != null) {
      checks.pattern("deadLetterConfig.targetArn", letters.text("TargetArn"), TARGET);
    }
    Body logging = body.structure("LoggingConfig");
    if (logging != null) {
      checks.oneOf("loggingConfig.logFormat", logging.text("LogFormat"), List.of("JSON", "Text"));
      checks.oneOf(
          "loggingConfig.applicationLogLevel", logging.text("ApplicationLogLevel"), LEVELS);
      checks.oneOf(
          "loggingConfig.systemLogLevel",
          logging.text("SystemLogLevel"),
          List.of("DEBUG", "INFO", "WARN"));
    }
  }

  /**
   * The configuration that this makes of a base.
   *
   * @throws ApiException for rules beyond the model
   */
  FunctionConfiguration configuration(FunctionConfiguration base) throws ApiException {
    for (String member : LACKING) {
      if (body.has(member)) {
        throw ApiException.notImplemented(member);
      }
    }
    if (body.has("ImageConfig")) {
      throw ApiException.invalidParameter(
          "ImageConfig is not supported for functions created with packageType Zip.");
    }
    Checks checks = new Checks();
    Integer timeout = body.integer("Timeout");
    checks.range("timeout", timeout, 1, MOST_TIMEOUT);
    checks.verify();
    Integer memory = body.integer("MemorySize");
    if (memory != null && memory > MOST_MEMORY) {
      throw ApiException.invalidParameter(
          "'MemorySize' value failed to satisfy constraint: Member must have value less than or"
              + " equal to "
              + MOST_MEMORY);
    }
    String runtime = body.text("Runtime");
    if (runtime != null) {
      RuntimeRules.parse(runtime);
    }
    checkEnvironment();
    FunctionConfiguration made = ConfigurationForm.read(body, base);
    RuntimeRules.checkSnapStart(made);
    return made;
  }

  private @Nullable Map<String, String> variables() throws ApiException {
    Body environment = body.structure("Environment");
    return environment == null ? null : environment.textMap("Variables");
  }

  /** Values may be secrets: the message shows none of them. A reserved name has its own words. */
  private void variableNames(Checks checks) throws ApiException {
    Map<String, String> variables = variables();
    checks.sentenceWithoutValue(
        variables == null
            || variables.keySet().stream()
                .allMatch(
                    name ->
                        FunctionConfiguration.VARIABLE.matcher(name).matches()
                            || FunctionConfiguration.RESERVED_VARIABLES.contains(name)),
        "environment.variables",
        "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: "
            + FunctionConfiguration.VARIABLE.pattern()
            + "]");
  }

  private void checkEnvironment() throws ApiException {
    Map<String, String> variables = variables();
    if (variables == null) {
      return;
    }
    Set<String> reserved = new TreeSet<>(variables.keySet());
    reserved.removeIf(
        name ->
            !FunctionConfiguration.RESERVED_VARIABLES.contains(name)
                && !RESERVED_TOO.contains(name));
    if (!reserved.isEmpty()) {
      throw ApiException.invalidParameter(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided contains reserved keys that are currently not"
              + " supported for modification. Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    byte[] json = Json.bytes(variables);
    if (json.length > ENVIRONMENT_BYTES) {
      throw ApiException.invalidParameter(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided exceeded the 4KB limit. String measured: "
              + new String(json, StandardCharsets.UTF_8));
    }
  }

  /** The attributes that this makes of earlier ones. */
  FunctionAttributes attributes(FunctionAttributes base) throws ApiException {
    Map<String, JsonNode> settings = new LinkedHashMap<>(base.settings());
    for (String member : SETTINGS) {
      JsonNode given = body.node(member);
      if (given != null) {
        settings.put(member, given);
        if (isCleared(given)) {
          settings.remove(member);
        }
      }
    }
    return new FunctionAttributes(
        body.text("Description", base.description()),
        body.text("Role", base.role()),
        layers(base.layers()),
        settings,
        base.revisionId(),
        base.lastModified(),
        base.upload(),
        base.seen());
  }

  /** An empty value takes a setting away. */
  private static boolean isCleared(JsonNode given) {
    return given.isString()
        ? given.stringValue().isEmpty()
        : given.isEmpty()
            || (given.has("TargetArn") && given.get("TargetArn").asString().isEmpty());
  }

  private List<FunctionAttributes.LayerReference> layers(
      List<FunctionAttributes.LayerReference> base) throws ApiException {
    List<String> arns = body.texts("Layers");
    return arns == null ? base : new ArrayList<>(LayerRules.references(plane.layers(), arns, base));
  }

  @Nullable String revisionId() throws ApiException {
    return body.text("RevisionId");
  }
}
