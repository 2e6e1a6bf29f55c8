package dev.hearth.runtime.service;

import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.SnapStart;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.invoke.Invoker;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changing code and configuration of $LATEST (invoke-api.md section 5). */
final class UpdateOperations {
  private final ControlPlane plane;
  private final Invoker invoker;

  UpdateOperations(ControlPlane plane, Invoker invoker) {
    this.plane = plane;
    this.invoker = invoker;
  }

  void register(Map<String, Operation> operations) {
    operations.put("UpdateFunctionCode", this::updateCode);
    operations.put("UpdateFunctionConfiguration", this::updateConfiguration);
  }

  private FunctionState latest(FunctionReference asked, @Nullable String revisionId)
      throws ApiException {
    FunctionState state = plane.latest(asked.name()).orElse(null);
    if (state == null) {
      throw ApiException.functionNotFound(Arns.function(asked.name()));
    }
    String qualifier = asked.qualifier();
    if (qualifier != null && !qualifier.equals(DeployedFunction.LATEST)) {
      throw ApiException.invalidParameter(
          "This operation is permitted on Lambda functions only. Aliases and versions do not"
              + " support this operation. Please specify either a function name or an unqualified"
              + " function ARN.");
    }
    if (revisionId != null && !revisionId.equals(state.attributes().revisionId())) {
      throw ApiException.preconditionFailed("GetFunction/GetAlias");
    }
    return state;
  }

  private HttpResponse updateCode(ApiCall call) throws ApiException {
    Body body = call.body();
    FunctionReference asked = call.function();
    List<String> architectures = body.texts("Architectures");
    new Checks()
        .most("architectures", architectures, 1)
        .allOf("architectures", architectures, List.of("x86_64", "arm64"))
        .verify();
    FunctionState before = latest(asked, body.text("RevisionId"));
    if (body.has("ImageUri")) {
      throw ApiException.invalidParameter(
          "Please don't provide ImageUri when updating a function with packageType Zip.");
    }
    byte[] zip = FunctionOperations.zip(body);
    Map<String, byte[]> files = FunctionOperations.unzipped(zip, before.attributes());
    FunctionConfiguration configuration = before.configuration();
    if (architectures != null && !architectures.isEmpty()) {
      configuration = configuration.withArchitecture(Architecture.parse(architectures.getFirst()));
    }
    if (body.flag("DryRun")) {
      FunctionState wouldBe =
          new FunctionState(
              configuration,
              before.attributes(),
              before.version(),
              new FunctionState.Code(CodeArchive.sha256(zip), zip.length, ""));
      return ApiCall.json(200, FunctionDescriptions.configuration(wouldBe, before.arn()));
    }
    plane.functions().replaceCode(before, zip, files);
    if (!configuration.equals(before.configuration())) {
      FunctionState now = latest(asked, null);
      plane.functions().configure(configuration, now.attributes());
    }
    plane.dropArchives();
    if (body.flag("Publish")) {
      FunctionState version = plane.publish(asked.name(), null);
      return ApiCall.json(200, FunctionDescriptions.created(version, version.arn()));
    }
    FunctionState after = latest(asked, null);
    return ApiCall.json(200, FunctionDescriptions.updating(after, after.arn()));
  }

  private HttpResponse updateConfiguration(ApiCall call) throws ApiException {
    Body body = call.body();
    FunctionReference asked = call.function();
    FunctionRequest request = new FunctionRequest(body, plane);
    Checks checks = new Checks();
    request.constraints(checks);
    checks.verify();
    FunctionState before = latest(asked, request.revisionId());
    FunctionConfiguration configuration = request.configuration(before.configuration());
    if (configuration.snapStart() == SnapStart.PUBLISHED_VERSIONS) {
      Tenancy.refuse(plane, asked.name(), "SnapStart");
    }
    FunctionAttributes attributes = request.attributes(before.attributes());
    FunctionOperations.deadLetters(invoker, body, asked.name());
    plane.functions().configure(configuration, attributes);
    plane.dropArchives();
    FunctionState after = latest(asked, null);
    return ApiCall.json(200, FunctionDescriptions.updating(after, after.arn()));
  }
}
