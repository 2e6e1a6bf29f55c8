package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.ProvisionedConcurrency;
import dev.hearth.runtime.function.SnapStart;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.invoke.Invoker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Environments kept ready for versions and aliases (invoke-api.md sections 5 and 10). */
final class ProvisionedConcurrencyOperations {
  private static final int PAGE = 50;

  private final ControlPlane plane;
  private final Invoker invoker;

  ProvisionedConcurrencyOperations(ControlPlane plane, Invoker invoker) {
    this.plane = plane;
    this.invoker = invoker;
  }

  void register(Map<String, Operation> operations) {
    operations.put("PutProvisionedConcurrencyConfig", this::put);
    operations.put("GetProvisionedConcurrencyConfig", this::get);
    operations.put("DeleteProvisionedConcurrencyConfig", this::delete);
    operations.put("ListProvisionedConcurrencyConfigs", this::list);
  }

  /** The version or alias that a call names; it must be there. */
  private FunctionReference qualified(ApiCall call, String latestRefusal) throws ApiException {
    FunctionReference asked = call.function();
    String qualifier = asked.qualifier();
    new Checks().required("qualifier", qualifier).verify();
    if (DeployedFunction.LATEST.equals(qualifier)) {
      throw ApiException.invalidParameter(latestRefusal);
    }
    if (plane.resolve(asked.name(), asked.qualifierOrLatest()).isEmpty()) {
      boolean number = asked.qualifierOrLatest().chars().allMatch(c -> c >= '0' && c <= '9');
      throw number
          ? asked.notFound()
          : ApiException.notFound("Cannot find alias arn: " + asked.arn());
    }
    return asked;
  }

  private HttpResponse put(ApiCall call) throws ApiException {
    Integer count = call.body().integer("ProvisionedConcurrentExecutions");
    new Checks()
        .required("provisionedConcurrentExecutions", count)
        .range("provisionedConcurrentExecutions", count, 1, Integer.MAX_VALUE)
        .verify();
    FunctionReference asked =
        qualified(
            call,
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    checkShared(asked);
    Tenancy.refuse(plane, asked.name(), "Provisioned concurrency");
    refuseSnapStart(asked);
    int wanted = count == null ? 0 : count;
    InvokeSettingOperations.change(
        invoker,
        asked.name(),
        settings -> settings.withProvisionedConcurrency(asked.qualifierOrLatest(), wanted));
    ObjectNode json = Json.object();
    json.put("AllocatedProvisionedConcurrentExecutions", 0);
    json.put("AvailableProvisionedConcurrentExecutions", 0);
    json.put("LastModified", Stamps.now());
    json.put("RequestedProvisionedConcurrentExecutions", wanted);
    json.put("Status", "IN_PROGRESS");
    return ApiCall.json(202, json);
  }

  /** A version has one or the other (newer.md section 2); the words are *unverified*. */
  private void refuseSnapStart(FunctionReference asked) throws ApiException {
    boolean snapStart =
        plane
            .resolve(asked.name(), asked.qualifierOrLatest())
            .filter(state -> state.configuration().snapStart() == SnapStart.PUBLISHED_VERSIONS)
            .isPresent();
    if (snapStart) {
      throw ApiException.invalidParameter(
          "Provisioned concurrency is not supported for SnapStart enabled functions.");
    }
  }

  /** A version has them itself or through an alias, never both ways. */
  private void checkShared(FunctionReference asked) throws ApiException {
    Map<String, Integer> set = invoker.invokeSettings(asked.name()).provisionedConcurrency();
    String qualifier = asked.qualifierOrLatest();
    Optional<AliasState> alias = plane.findAlias(asked.name(), qualifier);
    if (alias.isPresent() && set.containsKey(alias.get().functionVersion())) {
      throw ApiException.conflict(
          "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned"
              + " version");
    }
    for (String other : set.keySet()) {
      Optional<AliasState> pointing = plane.findAlias(asked.name(), other);
      if (alias.isEmpty() && pointing.isPresent() && pointing.get().pointsTo(qualifier)) {
        throw ApiException.conflict("Version is pointed by a Provisioned Concurrency alias");
      }
    }
  }

  private HttpResponse get(ApiCall call) throws ApiException {
    FunctionReference asked =
        qualified(call, "The function resource provided must be an alias or a published version.");
    ProvisionedConcurrency state =
        invoker
            .provisionedConcurrency(asked.name(), asked.qualifierOrLatest())
            .orElseThrow(ApiException::noProvisionedConcurrency);
    return ApiCall.json(200, json(state, null));
  }

  private static ObjectNode json(ProvisionedConcurrency state, @Nullable String arn) {
    ObjectNode json = Json.object();
    json.put("AllocatedProvisionedConcurrentExecutions", state.allocated());
    json.put("AvailableProvisionedConcurrentExecutions", state.available());
    if (arn != null) {
      json.put("FunctionArn", arn);
    }
    json.put("LastModified", Stamps.now());
    json.put("RequestedProvisionedConcurrentExecutions", state.requested());
    json.put("Status", state.status().name());
    if (state.statusReason() != null) {
      json.put("StatusReason", state.statusReason());
    }
    return json;
  }

  private HttpResponse delete(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    new Checks().required("qualifier", asked.qualifier()).verify();
    if (plane.latest(asked.name()).isEmpty()) {
      throw asked.notFound();
    }
    InvokeSettingOperations.change(
        invoker,
        asked.name(),
        settings -> settings.withProvisionedConcurrency(asked.qualifierOrLatest(), 0));
    return ApiCall.noContent();
  }

  private HttpResponse list(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    if (plane.latest(asked.name()).isEmpty()) {
      throw asked.notFound();
    }
    List<String> qualifiers =
        List.copyOf(
            new TreeMap<>(invoker.invokeSettings(asked.name()).provisionedConcurrency()).keySet());
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "ProvisionedConcurrencyConfigs",
            qualifiers.stream()
                .filter(each -> invoker.provisionedConcurrency(asked.name(), each).isPresent())
                .toList(),
            each ->
                new Page.Entry(
                    each,
                    json(
                        invoker.provisionedConcurrency(asked.name(), each).orElseThrow(),
                        Arns.function(asked.name()) + ":" + each))));
  }
}
