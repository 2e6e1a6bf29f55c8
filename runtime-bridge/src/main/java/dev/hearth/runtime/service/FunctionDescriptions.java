package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Deployed functions as the control plane describes them (invoke-api.md section 5). What a local
 * function does not have, such as the size of an upload, is left out.
 */
final class FunctionDescriptions {
  private FunctionDescriptions() {}

  /** GetFunctionConfiguration. */
  static Map<String, Object> configuration(DeployedFunction function, FunctionReference asked) {
    Map<String, Object> json = listed(function);
    json.put("FunctionArn", asked.arn());
    json.put("State", "Active");
    json.put("LastUpdateStatus", "Successful");
    return json;
  }

  /** GetFunction; the code's location is the folder that really runs. */
  static Map<String, Object> function(DeployedFunction function, FunctionReference asked) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Configuration", configuration(function, asked));
    json.put("Code", Map.of("Location", function.code().taskRoot().toUri().toString()));
    return json;
  }

  /** ListFunctions: one page, with the marker of the next one when there is one. */
  static Map<String, Object> page(List<DeployedFunction> functions, int from, int count) {
    int to = Math.min(functions.size(), from + count);
    List<Object> page = new ArrayList<>();
    for (DeployedFunction function : functions.subList(Math.min(from, to), to)) {
      page.add(listed(function));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Functions", page);
    if (to < functions.size()) {
      json.put("NextMarker", Integer.toString(to));
    }
    return json;
  }

  /** An entry of a list, which has no state. */
  private static Map<String, Object> listed(DeployedFunction function) {
    FunctionConfiguration configuration = function.configuration();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("FunctionName", function.name());
    json.put("FunctionArn", function.arn());
    json.put("Runtime", configuration.runtime().id());
    json.put("Handler", configuration.handler());
    json.put("Description", "");
    json.put("Timeout", configuration.timeout());
    json.put("MemorySize", configuration.memorySize());
    json.put("CodeSha256", base64(function.code().sha256()));
    json.put("Version", function.version());
    if (!configuration.environment().isEmpty()) {
      json.put("Environment", Map.of("Variables", configuration.environment()));
    }
    json.put("TracingConfig", Map.of("Mode", "PassThrough"));
    json.put("RevisionId", revision(function));
    json.put("PackageType", "Zip");
    json.put("Architectures", List.of(configuration.architecture().id()));
    json.put("EphemeralStorage", Map.of("Size", configuration.ephemeralStorage()));
    json.put("SnapStart", Map.of("ApplyOn", "None", "OptimizationStatus", "Off"));
    json.put(
        "LoggingConfig", Map.of("LogFormat", "Text", "LogGroup", "/aws/lambda/" + function.name()));
    return json;
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /** Changes with every change of code or configuration, and only then. */
  private static String revision(DeployedFunction function) {
    String whole = function.configuration() + function.code().sha256() + function.version();
    return UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
