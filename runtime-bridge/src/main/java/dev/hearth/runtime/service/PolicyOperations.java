package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Resource policies of functions and layers (invoke-api.md sections 5 and 10). */
final class PolicyOperations {
  private static final Pattern STATEMENT_ID = Pattern.compile("([a-zA-Z0-9-_]+)");
  private static final Pattern ACTION = Pattern.compile("(lambda:[*]|lambda:[a-zA-Z]+|[*])");
  private static final Pattern LAYER_ACTION = Pattern.compile("lambda:GetLayerVersion");
  private static final Pattern LAYER_PRINCIPAL =
      Pattern.compile("\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root");
  private static final Pattern SERVICE =
      Pattern.compile("[a-zA-Z0-9.-]+\\.(amazonaws\\.com(\\.cn)?|aws\\.internal|amazon\\.com)");
  private static final Pattern ARN = Pattern.compile("arn:aws[a-zA-Z-]*:(iam|sts)::\\d{12}:.+");
  private static final int MOST_BYTES = 20_480;

  private final ControlPlane plane;

  PolicyOperations(ControlPlane plane) {
    this.plane = plane;
  }

  void register(Map<String, Operation> operations) {
    operations.put("AddPermission", this::add);
    operations.put("RemovePermission", this::remove);
    operations.put("GetPolicy", this::get);
    operations.put("AddLayerVersionPermission", this::addToLayer);
    operations.put("RemoveLayerVersionPermission", this::removeFromLayer);
    operations.put("GetLayerVersionPolicy", this::getOfLayer);
  }

  static String layerKey(String layer, long number) {
    return "layer:" + layer + ":" + number;
  }

  private Records<ResourcePolicy> policies() {
    return plane.settings().policies;
  }

  private HttpResponse add(ApiCall call) throws ApiException {
    Body body = call.body();
    String id = body.text("StatementId");
    String action = body.text("Action");
    new Checks()
        .required("statementId", id)
        .pattern("statementId", id, STATEMENT_ID)
        .longest("statementId", id, 100)
        .required("action", action)
        .pattern("action", action, ACTION)
        .required("principal", body.text("Principal"))
        .oneOf("functionUrlAuthType", body.text("FunctionUrlAuthType"), List.of("NONE", "AWS_IAM"))
        .verify();
    FunctionReference asked = call.function();
    if (DeployedFunction.LATEST.equals(asked.qualifier())) {
      throw ApiException.invalidParameter(
          "We currently do not support adding policies for $LATEST.");
    }
    VersionOperations.checkQualifier(plane, asked);
    ObjectNode statement = statement(body, asked.arn());
    append(asked.key(), statement, body.text("RevisionId"), "GetPolicy");
    ObjectNode json = Json.object().put("Statement", Json.text(statement));
    return ApiCall.json(201, json);
  }

  private static ObjectNode statement(Body body, String arn) throws ApiException {
    ObjectNode statement = Json.object();
    statement.put("Sid", body.text("StatementId"));
    statement.put("Effect", "Allow");
    principal(statement, body.text("Principal", ""));
    statement.put("Action", body.text("Action"));
    statement.put("Resource", arn);
    ObjectNode equal = Json.object();
    put(equal, "AWS:SourceAccount", body.text("SourceAccount"));
    put(equal, "lambda:EventSourceToken", body.text("EventSourceToken"));
    put(equal, "lambda:FunctionUrlAuthType", body.text("FunctionUrlAuthType"));
    put(equal, "aws:PrincipalOrgID", body.text("PrincipalOrgID"));
    ObjectNode condition = Json.object();
    if (!equal.isEmpty()) {
      condition.set("StringEquals", equal);
    }
    Boolean byUrl = body.bool("InvokedViaFunctionUrl");
    if (byUrl != null) {
      condition.putObject("Bool").put("lambda:InvokedViaFunctionUrl", Boolean.toString(byUrl));
    }
    String source = body.text("SourceArn");
    if (source != null) {
      condition.putObject("ArnLike").put("AWS:SourceArn", source);
    }
    if (!condition.isEmpty()) {
      statement.set("Condition", condition);
    }
    return statement;
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void principal(ObjectNode statement, String given) throws ApiException {
    if (given.equals("*")) {
      statement.put("Principal", "*");
    } else if (given.matches("\\d{12}")) {
      statement.putObject("Principal").put("AWS", "arn:aws:iam::" + given + ":root");
    } else if (ARN.matcher(given).matches()) {
      statement.putObject("Principal").put("AWS", given);
    } else if (SERVICE.matcher(given).matches()) {
      statement.putObject("Principal").put("Service", given);
    } else {
      throw ApiException.invalidParameter(
          "The provided principal was invalid. Please check the principal and try again.");
    }
  }

  private void append(
      String key, ObjectNode statement, @Nullable String revision, String getOperation)
      throws ApiException {
    ResourcePolicy before = policies().get(key).orElse(null);
    if (revision != null && (before == null || !revision.equals(before.revisionId()))) {
      throw ApiException.preconditionFailed(getOperation);
    }
    List<ObjectNode> statements = new ArrayList<>(before == null ? List.of() : before.statements());
    String id = statement.get("Sid").stringValue();
    if (statements.stream().anyMatch(each -> each.get("Sid").stringValue().equals(id))) {
      throw ApiException.conflict(
          "The statement id ("
              + id
              + ") provided already exists. Please provide a new statement id, or remove the"
              + " existing statement.");
    }
    statements.add(statement);
    ResourcePolicy after = new ResourcePolicy(Stamps.revision(), statements);
    if (after.document().length() > MOST_BYTES) {
      throw ApiException.policyTooLong(
          "The final policy size is bigger than the limit (" + MOST_BYTES + ").");
    }
    policies().put(key, after);
  }

  private HttpResponse remove(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    if (plane.latest(asked.name()).isEmpty()) {
      throw ApiException.notFound("No policy found for: " + asked.arn());
    }
    drop(asked.key(), call, "GetPolicy");
    return ApiCall.noContent();
  }

  private void drop(String key, ApiCall call, String getOperation) throws ApiException {
    ResourcePolicy before =
        policies()
            .get(key)
            .orElseThrow(
                () -> ApiException.notFound("No policy is associated with the given resource."));
    String revision = call.query("RevisionId");
    if (revision != null && !revision.equals(before.revisionId())) {
      throw ApiException.preconditionFailed(getOperation);
    }
    String id = call.parameter("StatementId");
    List<ObjectNode> left =
        before.statements().stream()
            .filter(each -> !each.get("Sid").stringValue().equals(id))
            .toList();
    if (left.size() == before.statements().size()) {
      throw ApiException.notFound("Statement " + id + " is not found in resource policy.");
    }
    if (left.isEmpty()) {
      policies().remove(key);
    } else {
      policies().put(key, new ResourcePolicy(Stamps.revision(), left));
    }
  }

  private HttpResponse get(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    VersionOperations.checkQualifier(plane, asked);
    return answer(asked.key());
  }

  private HttpResponse answer(String key) throws ApiException {
    ResourcePolicy policy =
        policies()
            .get(key)
            .orElseThrow(() -> ApiException.notFound("The resource you requested does not exist."));
    ObjectNode json = Json.object();
    json.put("Policy", policy.document());
    json.put("RevisionId", policy.revisionId());
    return ApiCall.json(200, json);
  }

  private HttpResponse addToLayer(ApiCall call) throws ApiException {
    Body body = call.body();
    String id = body.text("StatementId");
    String action = body.text("Action");
    String principal = body.text("Principal");
    new Checks()
        .required("statementId", id)
        .pattern("statementId", id, STATEMENT_ID)
        .longest("statementId", id, 100)
        .required("action", action)
        .pattern("action", action, LAYER_ACTION)
        .required("principal", principal)
        .pattern("principal", principal, LAYER_PRINCIPAL)
        .verify();
    Layers.Version layer = layer(call);
    ObjectNode statement = Json.object();
    statement.put("Sid", id);
    statement.put("Effect", "Allow");
    principal(statement, String.valueOf(principal));
    statement.put("Action", action);
    statement.put("Resource", layer.arn());
    String organization = body.text("OrganizationId");
    if (organization != null) {
      statement
          .putObject("Condition")
          .putObject("StringEquals")
          .put("aws:PrincipalOrgID", organization);
    }
    String key = layerKey(layer.layer(), layer.number());
    append(key, statement, call.query("RevisionId"), "GetLayerPolicy");
    ObjectNode json = Json.object().put("Statement", Json.text(statement));
    policies().get(key).ifPresent(policy -> json.put("RevisionId", policy.revisionId()));
    return ApiCall.json(201, json);
  }

  private Layers.Version layer(ApiCall call) throws ApiException {
    return LayerOperations.find(
        plane.layers(), LayerOperations.name(call), LayerOperations.number(call));
  }

  private HttpResponse removeFromLayer(ApiCall call) throws ApiException {
    Layers.Version layer = layer(call);
    drop(layerKey(layer.layer(), layer.number()), call, "GetLayerPolicy");
    return ApiCall.noContent();
  }

  private HttpResponse getOfLayer(ApiCall call) throws ApiException {
    Layers.Version layer = layer(call);
    return answer(layerKey(layer.layer(), layer.number()));
  }
}
