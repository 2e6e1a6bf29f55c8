package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Published versions and aliases (invoke-api.md sections 5 and 10). */
final class VersionOperations {
  private static final int PAGE = 50;

  private final ControlPlane plane;

  VersionOperations(ControlPlane plane) {
    this.plane = plane;
  }

  void register(Map<String, Operation> operations) {
    operations.put("PublishVersion", this::publish);
    operations.put("ListVersionsByFunction", this::list);
    operations.put("CreateAlias", this::createAlias);
    operations.put("UpdateAlias", this::updateAlias);
    operations.put("GetAlias", this::getAlias);
    operations.put("DeleteAlias", this::deleteAlias);
    operations.put("ListAliases", this::listAliases);
  }

  private FunctionState latest(FunctionReference asked) throws ApiException {
    return FunctionOperations.found(plane.latest(asked.name()).orElse(null), asked);
  }

  private HttpResponse publish(ApiCall call) throws ApiException {
    Body body = call.body();
    String description = body.text("Description");
    new Checks().longest("description", description, 256).verify();
    if (body.has("PublishTo")) {
      throw ApiException.notImplemented("PublishTo");
    }
    FunctionReference asked = call.function();
    FunctionState latest = latest(asked);
    String revision = body.text("RevisionId");
    if (revision != null && !revision.equals(latest.attributes().revisionId())) {
      throw ApiException.preconditionFailed("GetFunction/GetAlias");
    }
    String sha256 = body.text("CodeSha256");
    String actual = CodeArchive.base64(latest.code().zipSha256());
    if (sha256 != null && !sha256.isEmpty() && !sha256.equals(actual)) {
      throw ApiException.invalidParameter(
          "CodeSHA256 ("
              + sha256
              + ") is different from current CodeSHA256 in $LATEST ("
              + actual
              + "). Please try again with the CodeSHA256 in $LATEST.");
    }
    FunctionState version = plane.publish(asked.name(), description);
    return ApiCall.json(201, FunctionDescriptions.created(version, version.arn()));
  }

  private HttpResponse list(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    List<FunctionState> states = new ArrayList<>();
    states.add(latest(asked));
    states.addAll(plane.versions(asked.name()));
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "Versions",
            states,
            state ->
                new Page.Entry(
                    state.version(),
                    FunctionDescriptions.listed(
                        state, Arns.function(state.name()) + ":" + state.version()))));
  }

  private static @Nullable Map<String, Double> weights(Body body) throws ApiException {
    Body routing = body.structure("RoutingConfig");
    if (routing == null) {
      return null;
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    JsonNode given = routing.node("AdditionalVersionWeights");
    if (given != null) {
      for (var weight : given.properties()) {
        if (!weight.getValue().isNumber()) {
          throw ApiException.invalidRequestContent(
              "Could not parse request body into json: Cannot deserialize value of type"
                  + " `java.lang.Double` from "
                  + weight.getValue().getNodeType()
                  + " value");
        }
        weights.put(weight.getKey(), weight.getValue().doubleValue());
      }
    }
    return weights;
  }

  private HttpResponse createAlias(ApiCall call) throws ApiException {
    Body body = call.body();
    String name = body.text("Name");
    String version = body.text("FunctionVersion");
    Map<String, Double> weights = weights(body);
    Checks checks =
        new Checks()
            .required("name", name)
            .pattern("name", name, AliasRules.NAME)
            .longest("name", name, 128)
            .shortest("name", name, 1)
            .required("functionVersion", version)
            .longest("description", body.text("Description"), 256);
    AliasRules.constraints(checks, version, weights);
    checks.verify();
    FunctionReference asked = call.function();
    if (plane.latest(asked.name()).isEmpty()) {
      throw ApiException.functionNotFound(Arns.function(asked.name()) + ":" + version);
    }
    if (plane.findAlias(asked.name(), String.valueOf(name)).isPresent()) {
      throw ApiException.conflict(
          "Alias already exists: " + Arns.function(asked.name()) + ":" + name);
    }
    AliasState alias =
        plane.putAlias(
            asked.name(),
            String.valueOf(name),
            String.valueOf(version),
            weights == null ? Map.of() : weights,
            body.text("Description", ""));
    return ApiCall.json(201, json(asked.name(), alias));
  }

  private HttpResponse updateAlias(ApiCall call) throws ApiException {
    Body body = call.body();
    String version = body.text("FunctionVersion");
    Map<String, Double> weights = weights(body);
    Checks checks = new Checks().longest("description", body.text("Description"), 256);
    AliasRules.constraints(checks, version, weights);
    checks.verify();
    FunctionReference asked = call.function();
    String name = call.parameter("Name");
    AliasState before =
        plane
            .findAlias(asked.name(), name)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "Alias not found: " + Arns.function(asked.name()) + ":" + name));
    String revision = body.text("RevisionId");
    if (revision != null && !revision.equals(before.revisionId())) {
      throw ApiException.preconditionFailed("GetFunction/GetAlias");
    }
    AliasState alias =
        plane.putAlias(
            asked.name(),
            name,
            version == null ? before.functionVersion() : version,
            weights == null ? before.weights() : weights,
            body.text("Description", before.description()));
    return ApiCall.json(200, json(asked.name(), alias));
  }

  private HttpResponse getAlias(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    String name = call.parameter("Name");
    AliasState alias =
        plane
            .findAlias(asked.name(), name)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "Cannot find alias arn: " + Arns.function(asked.name()) + ":" + name));
    return ApiCall.json(200, json(asked.name(), alias));
  }

  private HttpResponse deleteAlias(ApiCall call) throws ApiException {
    plane.deleteAlias(call.function().name(), call.parameter("Name"));
    return ApiCall.noContent();
  }

  private HttpResponse listAliases(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    String version = call.query("FunctionVersion");
    new Checks().pattern("functionVersion", version, AliasRules.VERSION).verify();
    latest(asked);
    List<AliasState> aliases =
        plane.aliases(asked.name()).stream()
            .filter(alias -> version == null || alias.pointsTo(version))
            .toList();
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "Aliases",
            aliases,
            alias -> new Page.Entry(alias.name(), json(asked.name(), alias))));
  }

  private static ObjectNode json(String function, AliasState alias) {
    ObjectNode json = Json.object();
    json.put("AliasArn", Arns.function(function) + ":" + alias.name());
    json.put("Description", alias.description());
    json.put("FunctionVersion", alias.functionVersion());
    json.put("Name", alias.name());
    json.put("RevisionId", alias.revisionId());
    if (!alias.weights().isEmpty()) {
      json.putObject("RoutingConfig").set("AdditionalVersionWeights", Json.tree(alias.weights()));
    }
    return json;
  }

  /** Refuses a qualifier that is there neither as a version nor as an alias, in AWS's words. */
  static void checkQualifier(ControlPlane plane, FunctionReference asked) throws ApiException {
    if (plane.latest(asked.name()).isEmpty()) {
      throw asked.notFound();
    }
    String qualifier = asked.qualifier();
    if (qualifier == null || plane.resolve(asked.name(), qualifier).isPresent()) {
      return;
    }
    boolean number = qualifier.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number || qualifier.contains(DeployedFunction.LATEST) || qualifier.contains("$")) {
      throw asked.notFound();
    }
    throw ApiException.notFound("Cannot find alias arn: " + asked.arn());
  }
}
