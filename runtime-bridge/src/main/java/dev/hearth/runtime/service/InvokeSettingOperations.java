package dev.hearth.runtime.service;

import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.InvokeSettings.RecursiveLoop;
import dev.hearth.runtime.function.TargetArn;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.invoke.Invoker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is set about invoking a function: reserved concurrency, what becomes of asynchronous calls,
 * loops (invoke-api.md sections 5 and 10).
 */
final class InvokeSettingOperations {
  private static final Pattern DESTINATION =
      Pattern.compile(
          "$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:"
              + "((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
  private static final int PAGE = 50;
  private static final double MILLIS = 1000.0;

  private final ControlPlane plane;
  private final Invoker invoker;

  InvokeSettingOperations(ControlPlane plane, Invoker invoker) {
    this.plane = plane;
    this.invoker = invoker;
  }

  void register(Map<String, Operation> operations) {
    operations.put("PutFunctionConcurrency", this::putConcurrency);
    operations.put("GetFunctionConcurrency", this::getConcurrency);
    operations.put("DeleteFunctionConcurrency", this::deleteConcurrency);
    operations.put("PutFunctionEventInvokeConfig", call -> setEvents(call, false));
    operations.put("UpdateFunctionEventInvokeConfig", call -> setEvents(call, true));
    operations.put("GetFunctionEventInvokeConfig", this::getEvents);
    operations.put("DeleteFunctionEventInvokeConfig", this::deleteEvents);
    operations.put("ListFunctionEventInvokeConfigs", this::listEvents);
    operations.put("GetFunctionRecursionConfig", this::getRecursion);
    operations.put("PutFunctionRecursionConfig", this::putRecursion);
  }

  /**
   * Changes settings in AWS's words.
   *
   * @throws ApiException InvalidParameterValueException when they can't be
   */
  static InvokeSettings change(Invoker invoker, String name, UnaryOperator<InvokeSettings> change)
      throws ApiException {
    try {
      return invoker.changeInvokeSettings(name, change);
    } catch (InvalidFunctionException e) {
      throw ApiException.invalidParameter(e.getMessage());
    }
  }

  private FunctionReference unqualified(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    if (asked.qualifier() != null) {
      throw ApiException.invalidParameter(
          "This operation is permitted on Lambda functions only. Aliases and versions do not"
              + " support this operation. Please specify either a function name or an unqualified"
              + " function ARN.");
    }
    if (plane.latest(asked.name()).isEmpty()) {
      throw asked.notFoundQualified();
    }
    return asked;
  }

  private HttpResponse putConcurrency(ApiCall call) throws ApiException {
    Integer reserved = call.body().integer("ReservedConcurrentExecutions");
    new Checks()
        .required("reservedConcurrentExecutions", reserved)
        .range("reservedConcurrentExecutions", reserved, 0, Integer.MAX_VALUE)
        .verify();
    FunctionReference asked = unqualified(call);
    change(invoker, asked.name(), settings -> settings.withReservedConcurrency(reserved));
    return ApiCall.json(200, Json.object().put("ReservedConcurrentExecutions", reserved));
  }

  private HttpResponse getConcurrency(ApiCall call) throws ApiException {
    Integer reserved = invoker.invokeSettings(unqualified(call).name()).reservedConcurrency();
    ObjectNode json = Json.object();
    if (reserved != null) {
      json.put("ReservedConcurrentExecutions", reserved);
    }
    return ApiCall.json(200, json);
  }

  private HttpResponse deleteConcurrency(ApiCall call) throws ApiException {
    FunctionReference asked = unqualified(call);
    change(invoker, asked.name(), settings -> settings.withReservedConcurrency(null));
    return ApiCall.noContent();
  }

  private static ApiException noConfig(FunctionReference asked) {
    return ApiException.notFound(
        "The function "
            + Arns.function(asked.name())
            + ":"
            + asked.qualifierOrLatest()
            + " doesn't have an EventInvokeConfig");
  }

  private Optional<EventInvokeConfig> config(FunctionReference asked) {
    return Optional.ofNullable(
        invoker.invokeSettings(asked.name()).eventInvokeConfigs().get(asked.qualifierOrLatest()));
  }

  private HttpResponse setEvents(ApiCall call, boolean merge) throws ApiException {
    Body body = call.body();
    Integer attempts = body.integer("MaximumRetryAttempts");
    Integer age = body.integer("MaximumEventAgeInSeconds");
    Body destinations = body.structure("DestinationConfig");
    String onSuccess = target(destinations, "OnSuccess");
    String onFailure = target(destinations, "OnFailure");
    new Checks()
        .range("maximumRetryAttempts", attempts, 0, 2)
        .range("maximumEventAgeInSeconds", age, 60, 21_600)
        .pattern("destinationConfig.onSuccess.destination", onSuccess, DESTINATION)
        .pattern("destinationConfig.onFailure.destination", onFailure, DESTINATION)
        .verify();
    FunctionReference asked = call.function();
    if (plane.resolve(asked.name(), asked.qualifierOrLatest()).isEmpty()) {
      throw ApiException.notFound("The function doesn't exist.");
    }
    if (attempts == null && age == null && destinations == null) {
      throw ApiException.invalidParameter(
          "You must specify at least one of error handling or destination setting.");
    }
    checkTargets(onSuccess, onFailure);
    EventInvokeConfig before = merge ? config(asked).orElse(null) : null;
    if (merge && before == null) {
      throw noConfig(asked);
    }
    EventInvokeConfig now =
        merged(before, attempts, age, destinations != null, onSuccess, onFailure);
    change(
        invoker,
        asked.name(),
        settings -> settings.withEventInvokeConfig(asked.qualifierOrLatest(), now));
    return ApiCall.json(200, json(asked.name(), asked.qualifierOrLatest(), now));
  }

  private static EventInvokeConfig merged(
      @Nullable EventInvokeConfig before,
      @Nullable Integer attempts,
      @Nullable Integer age,
      boolean destinations,
      @Nullable String onSuccess,
      @Nullable String onFailure) {
    EventInvokeConfig base = before == null ? EventInvokeConfig.DEFAULT : before;
    return new EventInvokeConfig(
        attempts == null ? base.maximumRetryAttempts() : attempts,
        age == null ? base.maximumEventAgeInSeconds() : age,
        destinations ? onSuccess : base.onSuccess(),
        destinations ? onFailure : base.onFailure(),
        Instant.now());
  }

  private static @Nullable String target(@Nullable Body destinations, String member)
      throws ApiException {
    Body target = destinations == null ? null : destinations.structure(member);
    String arn = target == null ? null : target.text("Destination");
    return arn == null || arn.isEmpty() ? null : arn;
  }

  private void checkTargets(@Nullable String onSuccess, @Nullable String onFailure)
      throws ApiException {
    for (String arn : new String[] {onSuccess, onFailure}) {
      if (arn == null) {
        continue;
      }
      TargetArn target;
      try {
        target = TargetArn.parse("destination", arn);
      } catch (InvalidFunctionException e) {
        throw ApiException.invalidParameter(
            "The provided destination config DestinationConfig(onSuccess="
                + (onSuccess == null ? null : "OnSuccess(destination=" + onSuccess + ")")
                + ", onFailure="
                + (onFailure == null ? null : "OnFailure(destination=" + onFailure + ")")
                + ") is invalid.");
      }
      if (target.service() == TargetArn.Service.LAMBDA && plane.latest(target.name()).isEmpty()) {
        throw ApiException.invalidParameter("The destination ARN " + arn + " is invalid.");
      }
    }
  }

  private static ObjectNode json(String function, String qualifier, EventInvokeConfig config) {
    ObjectNode json = Json.object();
    ObjectNode destinations = json.putObject("DestinationConfig");
    ObjectNode onFailure = destinations.putObject("OnFailure");
    ObjectNode onSuccess = destinations.putObject("OnSuccess");
    if (config.onFailure() != null) {
      onFailure.put("Destination", config.onFailure());
    }
    if (config.onSuccess() != null) {
      onSuccess.put("Destination", config.onSuccess());
    }
    json.put("FunctionArn", Arns.function(function) + ":" + qualifier);
    json.put("LastModified", config.lastModified().toEpochMilli() / MILLIS);
    if (config.maximumEventAgeInSeconds() != null) {
      json.put("MaximumEventAgeInSeconds", config.maximumEventAgeInSeconds());
    }
    if (config.maximumRetryAttempts() != null) {
      json.put("MaximumRetryAttempts", config.maximumRetryAttempts());
    }
    return json;
  }

  private HttpResponse getEvents(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    EventInvokeConfig config = config(asked).orElseThrow(() -> noConfig(asked));
    return ApiCall.json(200, json(asked.name(), asked.qualifierOrLatest(), config));
  }

  private HttpResponse deleteEvents(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    if (config(asked).isEmpty()) {
      throw noConfig(asked);
    }
    change(
        invoker,
        asked.name(),
        settings -> settings.withEventInvokeConfig(asked.qualifierOrLatest(), null));
    return ApiCall.noContent();
  }

  private HttpResponse listEvents(ApiCall call) throws ApiException {
    FunctionReference asked = call.function();
    if (plane.latest(asked.name()).isEmpty()) {
      throw ApiException.notFound("The function doesn't exist.");
    }
    Map<String, EventInvokeConfig> configs =
        new TreeMap<>(invoker.invokeSettings(asked.name()).eventInvokeConfigs());
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "FunctionEventInvokeConfigs",
            List.copyOf(configs.entrySet()),
            each ->
                new Page.Entry(each.getKey(), json(asked.name(), each.getKey(), each.getValue()))));
  }

  private HttpResponse getRecursion(ApiCall call) throws ApiException {
    RecursiveLoop loop = invoker.invokeSettings(unqualified(call).name()).recursiveLoop();
    return ApiCall.json(200, recursion(loop));
  }

  private static ObjectNode recursion(RecursiveLoop loop) {
    return Json.object().put("RecursiveLoop", loop == RecursiveLoop.ALLOW ? "Allow" : "Terminate");
  }

  private HttpResponse putRecursion(ApiCall call) throws ApiException {
    String given = call.body().text("RecursiveLoop");
    new Checks()
        .required("recursiveLoop", given)
        .oneOf("recursiveLoop", given, List.of("Terminate", "Allow"))
        .verify();
    FunctionReference asked = unqualified(call);
    RecursiveLoop loop = "Allow".equals(given) ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE;
    change(invoker, asked.name(), settings -> settings.withRecursiveLoop(loop));
    return ApiCall.json(200, recursion(loop));
  }
}
