package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.AccessKey;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.LogLevel;
import dev.hearth.runtime.function.LoggingConfig;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.language.LaunchPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment of a runtime process (runtime-api.md section 7). Paths are this machine's: the
 * task root is the real code folder, {@code TMPDIR} the environment's private folder.
 */
final class EnvironmentVariables {
  private static final String DAEMON_HOST = "127.0.0.1";

  /** Lambda's; nobody listens there on this machine. */
  static final int DAEMON_PORT = 2000;

  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** What functions sign with; known to whoever checks signatures here. */
  static final AccessKey KEY = AccessKey.OF_FUNCTIONS;

  private static final Set<String> NOT_FOR_EXTENSIONS =
      Set.of(
          "AWS_XRAY_CONTEXT_MISSING",
          "AWS_XRAY_DAEMON_ADDRESS",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private EnvironmentVariables() {}

  /**
   * All variables: what the platform and the runtime set, which a customer may override (PATH,
   * PYTHONPATH, TZ ...), and the reserved ones, which nobody may.
   *
   * @param runtimeApi host and port of the Runtime API
   * @param tmp the folder that stands for {@code /tmp}
   */
  static Map<String, String> of(
      DeployedFunction function, LaunchPlan plan, String logStream, String runtimeApi, Path tmp) {
    Map<String, String> variables = new LinkedHashMap<>();
    platform(variables, function, tmp);
    variables.putAll(plan.environment());
    logging(variables, function.configuration().logging());
    variables.putAll(function.configuration().environment());
    reserved(variables, function, logStream, runtimeApi);
    return variables;
  }

  /** What an extension gets of the variables of its runtime (section 4). */
  static Map<String, String> ofExtension(Map<String, String> runtime) {
    Map<String, String> variables = new LinkedHashMap<>(runtime);
    variables.keySet().removeIf(name -> name.startsWith("_") || NOT_FOR_EXTENSIONS.contains(name));
    return variables;
  }

  /** Section 7.2. */
  private static void platform(Map<String, String> variables, DeployedFunction function, Path tmp) {
    String root = function.code().taskRoot().toString();
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("PATH", DEFAULT_PATH);
    variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
    RuntimeIdentifier runtime = function.configuration().runtime();
    if (runtime.family() != RuntimeFamily.JAVA && runtime.family() != RuntimeFamily.PROVIDED) {
      variables.put("PWD", root);
      variables.put("SHLVL", "0");
    }
    if (runtime.family() == RuntimeFamily.PYTHON
        && Integer.parseInt(runtime.version().substring(2)) >= 12) {
      variables.put("LC_CTYPE", "C.UTF-8");
    }
    variables.put("TMPDIR", tmp.toString());
    variables.put("HOME", tmp.toString());
    variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
  }

  /** Where the metadata of the environment are asked for (section 6). */
  static void metadata(Map<String, String> variables, String token) {
    variables.put("AWS_LAMBDA_METADATA_API", variables.get("AWS_LAMBDA_RUNTIME_API"));
    variables.put("AWS_LAMBDA_METADATA_TOKEN", token);
  }

  /**
   * Where instrumented handlers send their spans (section 7.2 for X-Ray; OpenTelemetry's variables
   * are ours, Lambda leaves them to layers). What the function sets itself stays.
   */
  static void tracing(Map<String, String> variables, int daemonPort) {
    variables.putIfAbsent("AWS_XRAY_DAEMON_ADDRESS", DAEMON_HOST + ":" + daemonPort);
    variables.put("_AWS_XRAY_DAEMON_ADDRESS", DAEMON_HOST);
    variables.put("_AWS_XRAY_DAEMON_PORT", Integer.toString(daemonPort));
    if (variables.keySet().stream().noneMatch(name -> name.startsWith("OTEL_EXPORTER_OTLP_"))) {
      variables.put(
          "OTEL_EXPORTER_OTLP_ENDPOINT", "http://" + variables.get("AWS_LAMBDA_RUNTIME_API"));
      variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    }
  }

  /** What differs with SnapStart: no log stream, credentials by request (section 2.5). */
  static void snapStart(Map<String, String> variables, String token) {
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", EnvironmentPlace.SNAP_START);
    for (String name :
        List.of(
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN")) {
      variables.remove(name);
    }
    variables.put(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "http://" + variables.get("AWS_LAMBDA_RUNTIME_API") + SnapStartApi.CREDENTIALS);
    variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", token);
  }

  /** Set only when the function says so (section 7.2); text has no levels. */
  private static void logging(Map<String, String> variables, LoggingConfig logging) {
    LogLevel level = logging.applicationLevel();
    if (level != null) {
      variables.put("AWS_LAMBDA_LOG_FORMAT", logging.format().id());
      variables.put("AWS_LAMBDA_LOG_LEVEL", level.name());
    }
  }

  /** Section 7.1. */
  private static void reserved(
      Map<String, String> variables,
      DeployedFunction function,
      String logStream,
      String runtimeApi) {
    FunctionConfiguration configuration = function.configuration();
    variables.put("_HANDLER", configuration.handler());
    variables.put("AWS_REGION", DeployedFunction.REGION);
    variables.put("AWS_DEFAULT_REGION", DeployedFunction.REGION);
    if (configuration.runtime().family() != RuntimeFamily.PROVIDED) {
      variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + configuration.runtime().id());
    }
    variables.put("AWS_LAMBDA_FUNCTION_NAME", configuration.functionName());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(configuration.memorySize()));
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", EnvironmentPlace.ON_DEMAND);
    String group = configuration.logging().logGroup();
    variables.put(
        "AWS_LAMBDA_LOG_GROUP_NAME",
        group == null ? "/aws/lambda/" + configuration.functionName() : group);
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    variables.put("AWS_ACCESS_KEY_ID", KEY.id());
    variables.put("AWS_SECRET_ACCESS_KEY", KEY.secret());
    variables.put("AWS_SESSION_TOKEN", KEY.token());
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    variables.put("LAMBDA_TASK_ROOT", function.code().taskRoot().toString());
  }
}
