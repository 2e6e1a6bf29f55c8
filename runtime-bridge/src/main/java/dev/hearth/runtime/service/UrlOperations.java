package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The configuration of function URLs (invoke-api.md section 4). */
final class UrlOperations {
  private static final Pattern QUALIFIER = Pattern.compile("((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
  private static final List<String> AUTH_TYPES = List.of("NONE", "AWS_IAM");
  private static final List<String> INVOKE_MODES = List.of("RESPONSE_STREAM", "BUFFERED");
  private static final int PAGE = 50;

  private final ControlPlane plane;
  private final FunctionUrls urls;

  UrlOperations(ControlPlane plane, FunctionUrls urls) {
    this.plane = plane;
    this.urls = urls;
  }

  void register(Map<String, Operation> operations) {
    operations.put("CreateFunctionUrlConfig", this::create);
    operations.put("GetFunctionUrlConfig", this::get);
    operations.put("UpdateFunctionUrlConfig", this::update);
    operations.put("DeleteFunctionUrlConfig", this::delete);
    operations.put("ListFunctionUrlConfigs", this::list);
  }

  private Records<FunctionUrl> records() {
    return plane.settings().urls;
  }

  private static FunctionReference reference(ApiCall call, Checks checks) throws ApiException {
    checks.pattern("qualifier", call.query("Qualifier"), QUALIFIER);
    checks.verify();
    return call.function();
  }

  private static Checks constraints(Body body) throws ApiException {
    Checks checks =
        new Checks()
            .oneOf("authType", body.text("AuthType"), AUTH_TYPES)
            .oneOf("invokeMode", body.text("InvokeMode"), INVOKE_MODES);
    Body cors = body.structure("Cors");
    if (cors != null) {
      checks.range("cors.maxAge", cors.integer("MaxAge"), 0, 86_400);
      cors.texts("AllowOrigins");
      cors.texts("AllowMethods");
      cors.texts("AllowHeaders");
      cors.texts("ExposeHeaders");
      cors.bool("AllowCredentials");
    }
    return checks;
  }

  private HttpResponse create(ApiCall call) throws ApiException {
    Body body = call.body();
    Checks checks = constraints(body).required("authType", body.text("AuthType"));
    FunctionReference asked = reference(call, checks);
    if (plane.latest(asked.name()).isEmpty()) {
      throw ApiException.notFound("Function does not exist");
    }
    VersionOperations.checkQualifier(plane, asked);
    Tenancy.refuse(plane, asked.name(), "A function URL");
    if (records().get(asked.key()).isPresent()) {
      throw ApiException.conflict(
          "Failed to create function url config for [functionArn = "
              + asked.arn()
              + "]. Error message:  FunctionUrlConfig exists for this Lambda function");
    }
    String now = Stamps.micros();
    FunctionUrl url =
        new FunctionUrl(
            CodeSigningOperations.randomId(32),
            asked.callName(),
            0,
            body.text("AuthType", FunctionUrl.NONE),
            body.text("InvokeMode"),
            body.node("Cors"),
            now,
            now);
    FunctionUrl served = urls.serve(asked.key(), url);
    ObjectNode json = json(served, asked.arn());
    json.remove("LastModifiedTime");
    if (served.invokeMode() == null) {
      json.remove("InvokeMode");
    }
    return ApiCall.json(201, json);
  }

  private FunctionUrl find(FunctionReference asked) throws ApiException {
    return records()
        .get(asked.key())
        .orElseThrow(() -> ApiException.notFound("The resource you requested does not exist."));
  }

  private HttpResponse get(ApiCall call) throws ApiException {
    FunctionReference asked = reference(call, new Checks());
    return ApiCall.json(200, json(find(asked), asked.arn()));
  }

  private HttpResponse update(ApiCall call) throws ApiException {
    Body body = call.body();
    FunctionReference asked = reference(call, constraints(body));
    FunctionUrl before = find(asked);
    String mode = body.text("InvokeMode");
    FunctionUrl url =
        new FunctionUrl(
            before.id(),
            before.function(),
            before.port(),
            body.text("AuthType", before.authType()),
            mode == null ? before.invokeMode() : mode,
            body.has("Cors") ? body.node("Cors") : before.cors(),
            before.created(),
            Stamps.micros());
    records().put(asked.key(), url);
    return ApiCall.json(200, json(url, asked.arn()));
  }

  private HttpResponse delete(ApiCall call) throws ApiException {
    FunctionReference asked = reference(call, new Checks());
    find(asked);
    records().remove(asked.key());
    urls.refresh();
    return ApiCall.noContent();
  }

  private HttpResponse list(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    if (plane.latest(asked.name()).isEmpty()) {
      throw ApiException.notFound("Function does not exist");
    }
    List<FunctionUrl> found = new ArrayList<>();
    records().get(asked.name()).ifPresent(found::add);
    found.addAll(records().list(asked.name() + "/").values());
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "FunctionUrlConfigs",
            found,
            url -> new Page.Entry(url.function(), json(url, Arns.function(url.function())))));
  }

  private static ObjectNode json(FunctionUrl url, String arn) {
    ObjectNode json = Json.object();
    json.put("AuthType", url.authType());
    if (url.cors() != null) {
      json.set("Cors", url.cors());
    }
    json.put("CreationTime", url.created());
    json.put("FunctionArn", arn);
    json.put("FunctionUrl", url.url());
    json.put("InvokeMode", url.invokeMode() == null ? "BUFFERED" : url.invokeMode());
    json.put("LastModifiedTime", url.modified());
    return json;
  }
}
