package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * When a function takes updates of its runtime; a record, since local runtimes are the machine's.
 */
final class FunctionConfigOperations {
  private final ControlPlane plane;

  FunctionConfigOperations(ControlPlane plane) {
    this.plane = plane;
  }

  void register(Map<String, Operation> operations) {
    operations.put("GetRuntimeManagementConfig", this::getRuntimeManagement);
    operations.put("PutRuntimeManagementConfig", this::putRuntimeManagement);
  }

  private FunctionReference function(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    FunctionOperations.found(
        plane.resolve(asked.name(), asked.qualifierOrLatest()).orElse(null), asked);
    return asked;
  }

  private static ObjectNode withArn(ObjectNode record, FunctionReference asked) {
    return record.put("FunctionArn", Arns.function(asked.name()) + ":" + asked.qualifierOrLatest());
  }

  private HttpResponse getRuntimeManagement(ApiCall call) throws ApiException {
    FunctionReference asked = function(call);
    ObjectNode record =
        plane
            .settings()
            .runtimeManagement
            .get(asked.key())
            .orElseGet(() -> Json.object().put("UpdateRuntimeOn", "Auto"));
    return ApiCall.json(200, withArn(record, asked));
  }

  private HttpResponse putRuntimeManagement(ApiCall call) throws ApiException {
    Body body = call.body();
    String on = body.text("UpdateRuntimeOn");
    String arn = body.text("RuntimeVersionArn");
    new Checks()
        .required("updateRuntimeOn", on)
        .oneOf("updateRuntimeOn", on, List.of("Auto", "Manual", "FunctionUpdate"))
        .verify();
    if ("Manual".equals(on) == (arn == null)) {
      throw ApiException.invalidParameter(
          "Manual".equals(on)
              ? "RuntimeVersionArn is required when UpdateRuntimeOn is Manual."
              : "RuntimeVersionArn is only allowed when UpdateRuntimeOn is Manual.");
    }
    FunctionReference asked = function(call);
    ObjectNode record = Json.object().put("UpdateRuntimeOn", on);
    if (arn != null) {
      record.put("RuntimeVersionArn", arn);
    }
    plane.settings().runtimeManagement.put(asked.key(), record);
    return ApiCall.json(200, withArn(record, asked));
  }
}
