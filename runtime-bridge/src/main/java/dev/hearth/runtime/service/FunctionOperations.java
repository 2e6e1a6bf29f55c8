package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.invoke.Invoker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Creating, reading and deleting functions (invoke-api.md sections 5 and 10). */
final class FunctionOperations {
  private static final int PAGE = 50;

  private final ControlPlane plane;
  private final Invoker invoker;

  FunctionOperations(ControlPlane plane, Invoker invoker) {
    this.plane = plane;
    this.invoker = invoker;
  }

  void register(Map<String, Operation> operations) {
    operations.put("CreateFunction", this::create);
    operations.put("GetFunction", this::get);
    operations.put("GetFunctionConfiguration", this::getConfiguration);
    operations.put("ListFunctions", this::list);
    operations.put("DeleteFunction", this::delete);
    operations.put("GetAccountSettings", this::accountSettings);
  }

  private HttpResponse create(ApiCall call) throws ApiException {
    Body body = call.body();
    FunctionRequest request = new FunctionRequest(body, plane);
    Body code = body.structure("Code");
    Map<String, String> tags = body.textMap("Tags");
    Checks checks =
        new Checks()
            .required("functionName", body.text("FunctionName"))
            .required("role", body.text("Role"))
            .required("code", code)
            .oneOf("packageType", body.text("PackageType"), List.of("Zip", "Image"));
    request.constraints(checks);
    Tenancy.constraints(checks, body);
    checks.verify();
    FunctionReference name = call.function(body.text("FunctionName", ""));
    checkPackage(body, code);
    checkRuntimeAndHandler(body);
    FunctionConfiguration configuration =
        request.configuration(
            FunctionConfiguration.of(
                name.name(),
                RuntimeRules.parse(body.text("Runtime", "")),
                body.text("Handler", "")));
    if (plane.latest(name.name()).isPresent()) {
      throw ApiException.conflict("Function already exist: " + name.name());
    }
    FunctionAttributes attributes =
        Tenancy.given(body, configuration, request.attributes(FunctionAttributes.none()));
    TagOperations.check(tags);
    byte[] zip = zip(code);
    plane.functions().create(configuration, attributes, zip, unzipped(zip, attributes));
    deadLetters(invoker, body, name.name());
    if (tags != null && !tags.isEmpty()) {
      plane.settings().tags.put(name.name(), tags);
    }
    FunctionState state = found(plane.latest(name.name()).orElse(null), name);
    if (body.flag("Publish")) {
      state = plane.publish(name.name(), null);
    }
    return ApiCall.json(201, FunctionDescriptions.created(state, Arns.function(name.name())));
  }

  /** A dead-letter target is in force where events are given up. */
  static void deadLetters(Invoker invoker, Body body, String name) throws ApiException {
    Body letters = body.structure("DeadLetterConfig");
    if (letters != null) {
      String given = letters.text("TargetArn", "");
      String arn = given.isEmpty() ? null : given;
      InvokeSettingOperations.change(invoker, name, settings -> settings.withDeadLetterConfig(arn));
    }
  }

  private static void checkPackage(Body body, @Nullable Body code) throws ApiException {
    if ("Image".equals(body.text("PackageType")) || (code != null && code.has("ImageUri"))) {
      throw ApiException.notImplemented("A function from a container image");
    }
  }

  private static void checkRuntimeAndHandler(Body body) throws ApiException {
    if (!body.has("Runtime") || !body.has("Handler")) {
      throw ApiException.invalidParameter(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
  }

  /** The archive of a request: sent along, since there is no S3 here to fetch it from. */
  static byte[] zip(@Nullable Body code) throws ApiException {
    if (code != null && code.has("S3Bucket")) {
      throw ApiException.invalidParameter(
          "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The"
              + " specified bucket does not exist");
    }
    byte[] zip = code == null ? null : code.blob("ZipFile");
    if (zip == null) {
      throw ApiException.invalidParameter("Please provide a source for function code.");
    }
    return zip;
  }

  static Map<String, byte[]> unzipped(byte[] zip, FunctionAttributes attributes)
      throws ApiException {
    long layers = 0;
    for (FunctionAttributes.LayerReference layer : attributes.layers()) {
      layers += layer.size();
    }
    return CodeArchive.unzip(zip, CodeArchive.MOST_UNZIPPED - layers);
  }

  static FunctionState found(@Nullable FunctionState state, FunctionReference reference)
      throws ApiException {
    if (state == null) {
      throw reference.notFound();
    }
    return state;
  }

  /** What the caller named: $LATEST, a version, or the version behind an alias. */
  private FunctionState find(FunctionReference asked) throws ApiException {
    return found(plane.resolve(asked.name(), asked.qualifierOrLatest()).orElse(null), asked);
  }

  private HttpResponse get(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    FunctionState state = find(asked);
    ObjectNode json = Json.object();
    json.set("Configuration", FunctionDescriptions.configuration(state, asked.arn()));
    ObjectNode code = json.putObject("Code").put("RepositoryType", "S3");
    if (state.code().size() > 0) {
      code.put("Location", CodeDownloads.location(call, state));
    }
    Integer reserved = invoker.invokeSettings(asked.name()).reservedConcurrency();
    if (reserved != null) {
      json.putObject("Concurrency").put("ReservedConcurrentExecutions", reserved);
    }
    plane
        .settings()
        .tags
        .get(asked.name())
        .filter(tags -> !tags.isEmpty())
        .ifPresent(tags -> json.set("Tags", Json.tree(tags)));
    return ApiCall.json(200, json);
  }

  private HttpResponse getConfiguration(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    return ApiCall.json(200, FunctionDescriptions.configuration(find(asked), asked.arn()));
  }

  private HttpResponse list(ApiCall call) throws ApiException {
    String version = call.query("FunctionVersion");
    new Checks().oneOf("functionVersion", version, List.of("ALL")).verify();
    List<FunctionState> states = new ArrayList<>();
    for (FunctionState latest : plane.functions().all()) {
      states.add(latest);
      if (version != null) {
        states.addAll(plane.versions(latest.name()));
      }
    }
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "Functions",
            states,
            state ->
                new Page.Entry(
                    state.name() + ":" + state.version(),
                    FunctionDescriptions.listed(
                        state,
                        version != null && state.isLatest()
                            ? state.arn() + ":" + DeployedFunction.LATEST
                            : state.arn()))));
  }

  private HttpResponse delete(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    String qualifier = asked.qualifier();
    if (DeployedFunction.LATEST.equals(qualifier)) {
      throw ApiException.invalidParameter(
          "$LATEST version cannot be deleted without deleting the function.");
    }
    if (plane.latest(asked.name()).isEmpty()) {
      throw ApiException.functionNotFound(Arns.function(asked.name()));
    }
    if (qualifier == null) {
      plane.delete(asked.name());
    } else if (plane.findAlias(asked.name(), qualifier).isPresent()) {
      throw ApiException.invalidParameter(
          "Deletion of aliases is not currently supported with this API. Use DeleteAlias.");
    } else {
      plane.deleteVersion(asked.name(), qualifier);
    }
    return ApiCall.noContent();
  }

  private HttpResponse accountSettings(ApiCall call) {
    long size = 0;
    int count = 0;
    for (FunctionState latest : plane.functions().all()) {
      count++;
      size += latest.code().size();
      for (FunctionState version : plane.versions(latest.name())) {
        size += version.code().size();
      }
    }
    ObjectNode json = Json.object();
    json.putObject("AccountLimit")
        .put("TotalCodeSize", 80_530_636_800L)
        .put("CodeSizeUnzipped", CodeArchive.MOST_UNZIPPED)
        .put("CodeSizeZipped", CodeArchive.MOST_ZIPPED)
        .put("ConcurrentExecutions", invoker.concurrency().limit())
        .put("UnreservedConcurrentExecutions", invoker.concurrency().unreserved());
    json.putObject("AccountUsage").put("TotalCodeSize", size).put("FunctionCount", count);
    return ApiCall.json(200, json);
  }
}
