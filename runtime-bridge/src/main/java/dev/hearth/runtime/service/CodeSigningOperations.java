package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Code signing configurations, kept as records: local code carries no signatures to check. */
final class CodeSigningOperations {
  static final String KIND = "code-signing";
  private static final int PAGE = 50;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ControlPlane plane;
  private final Records<ObjectNode> configs;

  CodeSigningOperations(ControlPlane plane) {
    this.plane = plane;
    this.configs = new Records<>(plane.records(), KIND, ObjectNode.class);
  }

  void register(Map<String, Operation> operations) {
    operations.put("CreateCodeSigningConfig", this::create);
    operations.put("GetCodeSigningConfig", this::get);
    operations.put("UpdateCodeSigningConfig", this::update);
    operations.put("DeleteCodeSigningConfig", this::delete);
    operations.put("ListCodeSigningConfigs", this::list);
    operations.put("ListFunctionsByCodeSigningConfig", this::functions);
    operations.put("PutFunctionCodeSigningConfig", this::put);
    operations.put("GetFunctionCodeSigningConfig", this::getOfFunction);
    operations.put("DeleteFunctionCodeSigningConfig", this::deleteOfFunction);
  }

  static String randomId(int length) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private ObjectNode find(ApiCall call) throws ApiException {
    String arn = call.parameter("Arn");
    return configs
        .get(id(arn))
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "The Lambda code signing configuration " + arn + " can not be found."));
  }

  private HttpResponse create(ApiCall call) throws ApiException {
    Body body = call.body();
    Body publishers = body.structure("AllowedPublishers");
    Checks checks =
        new Checks()
            .required("allowedPublishers", publishers)
            .longest("description", body.text("Description"), 256);
    checkPolicies(checks, body);
    checks.verify();
    String id = "csc-" + randomId(17);
    ObjectNode config = Json.object();
    config.put("CodeSigningConfigId", id);
    config.put("CodeSigningConfigArn", Arns.codeSigningConfig(id));
    config.putObject("CodeSigningPolicies").put("UntrustedArtifactOnDeployment", "Warn");
    apply(config, body);
    configs.put(id, config);
    return answer(201, config);
  }

  private static void checkPolicies(Checks checks, Body body) throws ApiException {
    Body policies = body.structure("CodeSigningPolicies");
    if (policies != null) {
      checks.oneOf(
          "codeSigningPolicies.untrustedArtifactOnDeployment",
          policies.text("UntrustedArtifactOnDeployment"),
          List.of("Warn", "Enforce"));
    }
  }

  private static void apply(ObjectNode config, Body body) {
    for (String member : List.of("AllowedPublishers", "CodeSigningPolicies", "Description")) {
      var given = body.node(member);
      if (given != null) {
        config.set(member, given);
      }
    }
    config.put("LastModified", Stamps.now());
  }

  private static HttpResponse answer(int status, ObjectNode config) {
    ObjectNode json = Json.object();
    json.set("CodeSigningConfig", config);
    return ApiCall.json(status, json);
  }

  private HttpResponse get(ApiCall call) throws ApiException {
    return answer(200, find(call));
  }

  private HttpResponse update(ApiCall call) throws ApiException {
    Body body = call.body();
    Checks checks = new Checks();
    checkPolicies(checks, body);
    checks.verify();
    ObjectNode config = find(call);
    apply(config, body);
    configs.put(id(call.parameter("Arn")), config);
    return answer(200, config);
  }

  private HttpResponse delete(ApiCall call) throws ApiException {
    find(call);
    if (!functionsOf(call.parameter("Arn")).isEmpty()) {
      throw ApiException.conflict(
          "Cannot delete the code signing configuration "
              + call.parameter("Arn")
              + " because it is in use by functions.");
    }
    configs.remove(id(call.parameter("Arn")));
    return ApiCall.noContent();
  }

  private HttpResponse list(ApiCall call) throws ApiException {
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "CodeSigningConfigs",
            List.copyOf(configs.list("").values()),
            config -> new Page.Entry(config.get("CodeSigningConfigId").stringValue(), config)));
  }

  private List<String> functionsOf(String arn) {
    return plane.settings().codeSigning.list("").values().stream()
        .filter(each -> each.path("CodeSigningConfigArn").asString().equals(arn))
        .map(each -> Arns.function(each.path("FunctionName").asString()))
        .toList();
  }

  private HttpResponse functions(ApiCall call) throws ApiException {
    find(call);
    ObjectNode json = Json.object();
    json.set("FunctionArns", Json.tree(functionsOf(call.parameter("Arn"))));
    return ApiCall.json(200, json);
  }

  private FunctionReference function(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    FunctionOperations.found(plane.latest(asked.name()).orElse(null), asked);
    return asked;
  }

  private HttpResponse put(ApiCall call) throws ApiException {
    String arn = call.body().text("CodeSigningConfigArn");
    new Checks().required("codeSigningConfigArn", arn).verify();
    checkThere(arn);
    FunctionReference asked = function(call);
    ObjectNode record = Json.object();
    record.put("CodeSigningConfigArn", arn);
    record.put("FunctionName", asked.name());
    plane.settings().codeSigning.put(asked.name(), record);
    return ApiCall.json(200, record);
  }

  private void checkThere(@Nullable String arn) throws ApiException {
    if (arn == null || configs.get(id(arn)).isEmpty()) {
      throw ApiException.codeSigningConfigNotFound(
          "The code signing configuration cannot be found. Check that the provided configuration"
              + " is not deleted: "
              + arn
              + ".");
    }
  }

  private HttpResponse getOfFunction(ApiCall call) throws ApiException {
    FunctionReference asked = function(call);
    return ApiCall.json(
        200, plane.settings().codeSigning.get(asked.name()).orElseGet(Json::object));
  }

  private HttpResponse deleteOfFunction(ApiCall call) throws ApiException {
    plane.settings().codeSigning.remove(function(call).name());
    return ApiCall.noContent();
  }
}
