package dev.hearth.runtime.function;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What Lambda knows about a function besides its code. A value of this type is always valid: the
 * constructor checks Lambda's rules (limits-and-pricing.md section 1, runtime-api.md sections 7.1
 * and 7.4).
 *
 * @param functionName 1 to 64 letters, digits, hyphens and underscores
 * @param runtime the runtime identifier
 * @param handler the entry point in the form that the family asks for
 * @param memorySize memory in MB, 128 to 10,240
 * @param timeout seconds, 1 to 900
 * @param ephemeralStorage size of {@code /tmp} in MB, 512 to 10,240
 * @param architecture the instruction set, for the price
 * @param environment environment variables of the customer, 4 KB at most, no reserved names
 * @param logging log format, levels and group
 * @param snapStart whether published versions are started by SnapStart
 * @param secrets names of variables whose values are shown to nobody but the function; one without
 *     a value in the environment is sealed with a key that this machine lacks, and is kept so. On
 *     Lambda all values are encrypted at rest (runtime-api.md section 7), none is marked
 * @param network what of the network it reaches
 */
public record FunctionConfiguration(
    String functionName,
    RuntimeIdentifier runtime,
    String handler,
    int memorySize,
    int timeout,
    int ephemeralStorage,
    Architecture architecture,
    Map<String, String> environment,
    LoggingConfig logging,
    SnapStart snapStart,
    Set<String> secrets,
    NetworkAccess network) {

  /** What Lambda uses when nothing is said. */
  public static final int DEFAULT_MEMORY_MB = 128;

  public static final int DEFAULT_TIMEOUT_SECONDS = 3;
  public static final int DEFAULT_EPHEMERAL_STORAGE_MB = 512;

  /** What is shown in place of a secret. */
  public static final String MASK = "****";

  /** What names of environment variables look like. */
  public static final Pattern VARIABLE = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_])+");

  /** Environment variables that Lambda sets and nobody else may (runtime-api.md section 7.1). */
  public static final Set<String> RESERVED_VARIABLES =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR",
          "AWS_LAMBDA_MAX_CONCURRENCY",
          "AWS_LAMBDA_METADATA_API",
          "AWS_LAMBDA_METADATA_TOKEN");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");
  private static final int ENVIRONMENT_BYTES = 4096;

  /**
   * @throws InvalidFunctionException when a member breaks its rule
   */
  public FunctionConfiguration {
    environment = Map.copyOf(environment);
    secrets = Set.copyOf(secrets);
    checkName(functionName);
    checkRange("memorySize", "Memory", memorySize, 128, 10_240, "MB");
    checkRange("timeout", "Timeout", timeout, 1, 900, "s");
    checkRange("ephemeralStorage", "Ephemeral storage", ephemeralStorage, 512, 10_240, "MB");
    checkHandler(handler);
    checkEnvironment(environment);
  }

  /** A configuration that logs text and does without SnapStart. */
  public FunctionConfiguration(
      String functionName,
      RuntimeIdentifier runtime,
      String handler,
      int memorySize,
      int timeout,
      int ephemeralStorage,
      Architecture architecture,
      Map<String, String> environment) {
    this(
        functionName,
        runtime,
        handler,
        memorySize,
        timeout,
        ephemeralStorage,
        architecture,
        environment,
        LoggingConfig.TEXT,
        SnapStart.NONE,
        Set.of(),
        NetworkAccess.OPEN);
  }

  /**
   * A configuration with Lambda's defaults: 128 MB, 3 s, 512 MB of {@code /tmp}, x86_64, no
   * variables.
   */
  public static FunctionConfiguration of(
      String functionName, RuntimeIdentifier runtime, String handler) {
    return new FunctionConfiguration(
        functionName,
        runtime,
        handler,
        DEFAULT_MEMORY_MB,
        DEFAULT_TIMEOUT_SECONDS,
        DEFAULT_EPHEMERAL_STORAGE_MB,
        Architecture.X86_64,
        Map.of());
  }

  public FunctionConfiguration withMemorySize(int megabytes) {
    return changed(draft -> draft.memorySize = megabytes);
  }

  public FunctionConfiguration withTimeout(int seconds) {
    return changed(draft -> draft.timeout = seconds);
  }

  public FunctionConfiguration withArchitecture(Architecture other) {
    return changed(draft -> draft.architecture = other);
  }

  public FunctionConfiguration withEnvironment(Map<String, String> variables) {
    return changed(draft -> draft.environment = variables);
  }

  public FunctionConfiguration withLogging(LoggingConfig other) {
    return changed(draft -> draft.logging = other);
  }

  public FunctionConfiguration withSnapStart(SnapStart other) {
    return changed(draft -> draft.snapStart = other);
  }

  public FunctionConfiguration withSecrets(Set<String> names) {
    return changed(draft -> draft.secrets = names);
  }

  public FunctionConfiguration withNetwork(NetworkAccess access) {
    return changed(draft -> draft.network = access);
  }

  public FunctionConfiguration withName(String name) {
    return changed(draft -> draft.functionName = name);
  }

  /** The same but for what a change says. */
  private FunctionConfiguration changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /** The members while one of them is being exchanged. */
  private static final class Draft {
    private String functionName;
    private RuntimeIdentifier runtime;
    private String handler;
    private int memorySize;
    private int timeout;
    private int ephemeralStorage;
    private Architecture architecture;
    private Map<String, String> environment;
    private LoggingConfig logging;
    private SnapStart snapStart;
    private Set<String> secrets;
    private NetworkAccess network;

    Draft(FunctionConfiguration of) {
      functionName = of.functionName;
      runtime = of.runtime;
      handler = of.handler;
      memorySize = of.memorySize;
      timeout = of.timeout;
      ephemeralStorage = of.ephemeralStorage;
      architecture = of.architecture;
      environment = of.environment;
      logging = of.logging;
      snapStart = of.snapStart;
      secrets = of.secrets;
      network = of.network;
    }

    FunctionConfiguration done() {
      return new FunctionConfiguration(
          functionName,
          runtime,
          handler,
          memorySize,
          timeout,
          ephemeralStorage,
          architecture,
          environment,
          logging,
          snapStart,
          secrets,
          network);
    }
  }

  /** Secrets whose values this machine can't read, in order; without them nothing can run. */
  public SortedSet<String> lockedSecrets() {
    SortedSet<String> locked = new TreeSet<>(secrets);
    locked.removeAll(environment.keySet());
    return locked;
  }

  /** The variables for people: secret values are masked, unreadable ones too. */
  public SortedMap<String, String> shownEnvironment() {
    SortedMap<String, String> shown = new TreeMap<>(environment);
    secrets.forEach(name -> shown.put(name, MASK));
    return shown;
  }

  /** Without secret values, so that no message and no log can give them away. */
  @Override
  public String toString() {
    return "FunctionConfiguration[%s, %s, %s, %d MB, %d s, %s]"
        .formatted(functionName, runtime.id(), handler, memorySize, timeout, shownEnvironment());
  }

  private static void checkName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new InvalidFunctionException(
          "functionName",
          "Function name \""
              + name
              + "\" is not allowed. Use 1 to 64 letters, digits, hyphens and underscores.");
    }
  }

  private static void checkRange(
      String field, String label, int value, int low, int high, String unit) {
    if (value < low || value > high) {
      throw new InvalidFunctionException(
          field,
          "%s of %,d %s is out of range. Use %,d to %,d %s."
              .formatted(label, value, unit, low, high, unit));
    }
  }

  /** Lambda's own rule; whether a runtime can do something with it shows when it is called. */
  private static void checkHandler(String handler) {
    if (!handler.matches("\\S{1,128}")) {
      throw new InvalidFunctionException(
          "handler",
          "Handler \"" + handler + "\" is not allowed. Use 1 to 128 characters without spaces.");
    }
  }

  /**
   * Refuses a handler that the runtime could never call. For people who type one: the service API
   * accepts it as Lambda does, and its calls fail.
   *
   * @return this
   * @throws InvalidFunctionException with the form that the runtime wants
   */
  public FunctionConfiguration withFittingHandler() {
    String wanted =
        switch (runtime.family()) {
          case PYTHON ->
              handler.matches(".*[^.]\\.[^.]+")
                  ? null
                  : "\"module.function\", e.g. handler.handler";
          case NODEJS ->
              handler.matches(".*[^.]\\.[^.].*") ? null : "\"file.export\", e.g. index.handler";
          case JAVA ->
              handler.matches("[^:\\s]+(::[^:\\s]+)?")
                  ? null
                  : "\"package.Class::method\" or \"package.Class\"";
          case RUBY ->
              handler.matches("[^.]+(\\.[^.]+){1,2}")
                  ? null
                  : "\"file.method\" or \"file.Class.method\", e.g. handler.handler";
          case PROVIDED -> null;
        };
    if (wanted != null) {
      throw new InvalidFunctionException(
          "handler",
          "Handler \""
              + handler
              + "\" does not fit "
              + runtime.id()
              + ". Write it as "
              + wanted
              + ".");
    }
    return this;
  }

  private static void checkEnvironment(Map<String, String> environment) {
    int bytes = 0;
    for (var variable : environment.entrySet()) {
      if (RESERVED_VARIABLES.contains(variable.getKey())) {
        throw new InvalidFunctionException(
            "environment",
            "Environment variable "
                + variable.getKey()
                + " is reserved by Lambda. Use another name.");
      }
      if (!VARIABLE.matcher(variable.getKey()).matches()) {
        throw new InvalidFunctionException(
            "environment",
            "Environment variable name \""
                + variable.getKey()
                + "\" is not allowed. Start with a letter, then letters, digits and underscores,"
                + " two characters or more.");
      }
      bytes += variable.getKey().length() + variable.getValue().length() + 6;
    }
    if (bytes > ENVIRONMENT_BYTES) {
      throw new InvalidFunctionException(
          "environment",
          "Environment variables take %,d bytes; Lambda allows %,d. Shorten or remove some."
              .formatted(bytes, ENVIRONMENT_BYTES));
    }
  }
}
