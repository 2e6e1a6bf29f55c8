package dev.hearth.runtime.service;

import dev.hearth.runtime.function.SnapStart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Functions as the control plane describes them (invoke-api.md section 5). What a local function
 * does not have, such as the version of a managed runtime, is left out.
 */
final class FunctionDescriptions {
  private FunctionDescriptions() {}

  /** GetFunctionConfiguration: with its state, which is always settled when someone asks. */
  static ObjectNode configuration(FunctionState state, String arn) {
    ObjectNode json = listed(state, arn);
    json.put("State", "Active");
    json.put("LastUpdateStatus", "Successful");
    return json;
  }

  /** The answer of CreateFunction: AWS answers before the function is ready. */
  static ObjectNode created(FunctionState state, String arn) {
    ObjectNode json = listed(state, arn);
    json.put("State", "Pending");
    json.put("StateReason", "The function is being created.");
    json.put("StateReasonCode", "Creating");
    return json;
  }

  /** The answer of an update: the old code serves until it is done. */
  static ObjectNode updating(FunctionState state, String arn) {
    ObjectNode json = listed(state, arn);
    json.put("State", "Active");
    json.put("LastUpdateStatus", "InProgress");
    json.put("LastUpdateStatusReason", "The function is being created.");
    json.put("LastUpdateStatusReasonCode", "Creating");
    return json;
  }

  /** An entry of a list, which has no state. */
  static ObjectNode listed(FunctionState state, String arn) {
    ObjectNode json = ConfigurationForm.write(state.configuration());
    FunctionAttributes attributes = state.attributes();
    json.put("CodeSha256", state.code().base64());
    json.put("CodeSize", state.code().size());
    json.put("Description", attributes.description());
    json.put("FunctionArn", arn);
    json.put("LastModified", attributes.lastModified());
    json.put("PackageType", "Zip");
    json.put("RevisionId", attributes.revisionId());
    json.put("Role", attributes.role());
    json.put("Version", state.version());
    if (!state.isLatest() && state.configuration().snapStart() == SnapStart.PUBLISHED_VERSIONS) {
      ((ObjectNode) json.get("SnapStart")).put("OptimizationStatus", "On");
    }
    if (!attributes.layers().isEmpty()) {
      ArrayNode layers = json.putArray("Layers");
      for (FunctionAttributes.LayerReference layer : attributes.layers()) {
        layers.addObject().put("Arn", layer.arn()).put("CodeSize", layer.size());
      }
    }
    attributes.settings().forEach((name, value) -> json.set(name, answered(name, value)));
    if (!json.has("TracingConfig")) {
      json.putObject("TracingConfig").put("Mode", "PassThrough");
    }
    return json;
  }

  private static JsonNode answered(String name, JsonNode value) {
    return name.equals("VpcConfig") && value instanceof ObjectNode vpc
        ? vpc.deepCopy().put("VpcId", "")
        : value;
  }
}
