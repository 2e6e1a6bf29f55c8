package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.InvokeSettings.RecursiveLoop;
import dev.hearth.runtime.http.HttpAnswer;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import dev.hearth.runtime.invoke.Lineage;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three ways to invoke (invoke-api.md sections 2 and 3). */
final class InvokeOperation {
  /** Bytes of an event that a synchronous call may have. */
  static final int MAX_PAYLOAD = 6_291_456;

  private static final int MAX_EVENT_PAYLOAD = 1_048_576;
  private static final int MAX_ASYNC_PAYLOAD = 262_144;
  private static final int MAX_CLIENT_CONTEXT = 3_583;
  private static final byte[] EMPTY_EVENT = "{}".getBytes(UTF_8);
  private static final Logger LOG = LoggerFactory.getLogger(InvokeOperation.class);

  private final Invoker invoker;
  private final Tenancy tenancy;

  InvokeOperation(Invoker invoker, ControlPlane plane) {
    this.invoker = invoker;
    this.tenancy = new Tenancy(plane);
  }

  /**
   * Invoke.
   *
   * @param answer takes the response, once; for a synchronous call before its runtime is ready for
   *     the next one
   */
  void run(ApiCall call, Consumer<HttpResponse> answer) throws ApiException {
    HttpRequest request = call.request();
    FunctionReference reference = call.function();
    DeployedFunction function = find(reference);
    String type = type(request);
    boolean tail = tail(request);
    byte[] payload = payload(request, type);
    String tenant = tenancy.tenant(request, function);
    if (type.equals("DryRun")) {
      answer.accept(HttpResponse.of(204));
      return;
    }
    if (type.equals("Event")) {
      refuseTenant(tenant);
      accept(call, reference, payload);
      answer.accept(HttpResponse.of(202).header("X-Amzn-Remapped-Content-Length", "0"));
      return;
    }
    InvokeRequest invoke =
        request(call, reference, function, payload, clientContext(request)).forTenant(tenant);
    if (tail) {
      InvokeResult result = invoke(invoke, null, reference);
      answer.accept(response(result.outcome(), function).header("X-Amz-Log-Result", log(result)));
    } else {
      invoke(invoke, outcome -> answer.accept(response(outcome, function)), reference);
    }
  }

  /** InvokeAsync, the deprecated way to send an event. */
  void runAsync(ApiCall call, Consumer<HttpResponse> answer) throws ApiException {
    FunctionReference reference = call.function();
    HttpRequest request = call.request();
    refuseTenant(tenancy.tenant(request, find(reference)));
    if (request.bodyLength() > MAX_ASYNC_PAYLOAD) {
      throw ApiException.tooLarge(request.bodyLength(), "Event", MAX_ASYNC_PAYLOAD);
    }
    accept(call, reference, payload(request, "Event"));
    answer.accept(ApiCall.json(202, Json.object().put("Status", 202)));
  }

  /**
   * InvokeWithResponseStream: the response reaches the caller while the function writes it. The
   * status line is written when the response begins, so that a call that is refused has its own.
   */
  void runStreaming(ApiCall call, HttpAnswer answer) throws ApiException {
    HttpRequest request = call.request();
    FunctionReference reference = call.function();
    DeployedFunction function = find(reference);
    String type = type(request);
    if (type.equals("Event")) {
      throw ApiException.validation(
          type, "invocationType", "satisfy enum value set: [RequestResponse, DryRun]");
    }
    boolean tail = tail(request);
    byte[] payload = payload(request, type);
    String tenant = tenancy.tenant(request, function);
    if (type.equals("DryRun")) {
      answer.accept(HttpResponse.of(204));
      return;
    }
    InvokeRequest invoke =
        request(call, reference, function, payload, clientContext(request)).forTenant(tenant);
    StreamedCall streamed = StreamedCall.start(invoker, invoke);
    HttpResponse refused = known(reference, () -> begins(streamed));
    if (refused != null) {
      answer.accept(refused);
      return;
    }
    try {
      EventStream.send(
          streamed,
          tail,
          answer.stream(
              HttpResponse.of(200)
                  .header("Content-Type", "application/vnd.amazon.eventstream")
                  .header("X-Amz-Executed-Version", function.version())
                  .header("x-amzn-Remapped-Content-Type", "application/octet-stream")));
    } catch (IOException e) {
      LOG.debug("The caller of {} left during the response: {}", call.requestId(), e.getMessage());
      streamed.leave();
    }
  }

  /** Waits for the response to begin; answers the refusal of a call that never reached it. */
  private static @Nullable HttpResponse begins(StreamedCall streamed) {
    return streamed.begins() ? null : refusal(streamed.outcome());
  }

  /** What runs is the version drawn now; the function sees the ARN as the caller named it. */
  private InvokeRequest request(
      ApiCall call,
      FunctionReference reference,
      DeployedFunction function,
      byte[] payload,
      @Nullable String clientContext)
      throws ApiException {
    return new InvokeRequest(
        function.qualifiedName(),
        payload,
        call.requestId(),
        reference.arn(),
        clientContext,
        counted(call.request().header("X-Amzn-Trace-Id"), function.name()));
  }

  /**
   * The trace header with this call counted in it, which the SDK of a function passes on when it
   * calls a function in turn: loops are stopped as Lambda stops them (newer.md section 7).
   */
  private @Nullable String counted(@Nullable String trace, String function) throws ApiException {
    if (trace == null || !trace.contains("Root=")) {
      return trace; // Nothing that an SDK has passed on: a chain begins here.
    }
    int calls = Lineage.count(trace, function);
    if (calls >= Lineage.LIMIT
        && invoker.invokeSettings(function).recursiveLoop() == RecursiveLoop.TERMINATE) {
      throw ApiException.recursive(function, calls);
    }
    return Lineage.enter(trace, function);
  }

  /** The queue keeps no tenant, and to forget it would give the event to another environment. */
  private static void refuseTenant(@Nullable String tenant) throws ApiException {
    if (tenant != null) {
      throw ApiException.notImplemented("An asynchronous call for a tenant");
    }
  }

  /** The queue keeps the name as it was given: an alias is drawn when the event runs. */
  private void accept(ApiCall call, FunctionReference reference, byte[] payload)
      throws ApiException {
    InvokeRequest event =
        new InvokeRequest(
            reference.callName(),
            payload,
            call.requestId(),
            reference.arn(),
            null,
            call.request().header("X-Amzn-Trace-Id"));
    known(
        reference,
        () -> {
          invoker.invokeEvent(event);
          return event;
        });
  }

  private DeployedFunction find(FunctionReference reference) throws ApiException {
    return invoker.deployed(reference.callName()).orElseThrow(reference::notFoundQualified);
  }

  private InvokeResult invoke(
      InvokeRequest call, @Nullable Consumer<InvokeOutcome> onAnswer, FunctionReference reference)
      throws ApiException {
    return known(
        reference, () -> onAnswer == null ? invoker.invoke(call) : invoker.invoke(call, onAnswer));
  }

  /** Does something with a function that may be removed meanwhile. */
  private <T> T known(FunctionReference reference, Supplier<T> deed) throws ApiException {
    try {
      return deed.get();
    } catch (RuntimeException e) {
      if (invoker.deployed(reference.callName()).isEmpty()) {
        throw reference.notFoundQualified();
      }
      throw e;
    }
  }

  private static String type(HttpRequest request) throws ApiException {
    String type = request.header("X-Amz-Invocation-Type");
    if (type == null || type.equals("RequestResponse")) {
      return "RequestResponse";
    }
    if (!type.equals("Event") && !type.equals("DryRun")) {
      throw ApiException.validation(
          type, "invocationType", "satisfy enum value set: [Event, RequestResponse, DryRun]");
    }
    return type;
  }

  private static boolean tail(HttpRequest request) throws ApiException {
    String type = request.header("X-Amz-Log-Type");
    if (type == null || type.equals("None")) {
      return false;
    }
    if (!type.equals("Tail")) {
      throw ApiException.validation(type, "logType", "satisfy enum value set: [None, Tail]");
    }
    return true;
  }

  private static byte[] payload(HttpRequest request, String type) throws ApiException {
    int limit = type.equals("Event") ? MAX_EVENT_PAYLOAD : MAX_PAYLOAD;
    if (request.bodyState() == HttpRequest.Body.TOO_LARGE || request.bodyLength() > limit) {
      throw ApiException.tooLarge(request.bodyLength(), type, limit);
    }
    byte[] body = request.body();
    if (body.length == 0) {
      return EMPTY_EVENT;
    }
    String problem = Json.problem(body);
    if (problem != null) {
      throw ApiException.invalidRequestContent(
          "Could not parse request body into json: Could not parse payload into json: " + problem);
    }
    return body;
  }

  private static @Nullable String clientContext(HttpRequest request) throws ApiException {
    String encoded = request.header("X-Amz-Client-Context");
    if (encoded == null || encoded.isEmpty()) {
      return null;
    }
    if (encoded.length() > MAX_CLIENT_CONTEXT) {
      throw ApiException.invalidRequestContent(
          "Client context must be no more than "
              + MAX_CLIENT_CONTEXT
              + " bytes when base64-encoded.");
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      if (Json.isObject(decoded)) {
        return new String(decoded, UTF_8);
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("The client context is not base64", e);
    }
    throw ApiException.invalidRequestContent(
        "Client context must be a valid Base64-encoded JSON object.");
  }

  private static HttpResponse response(InvokeOutcome outcome, DeployedFunction function) {
    HttpResponse refused = refusal(outcome);
    if (refused != null) {
      return refused;
    }
    HttpResponse executed = executed(outcome.body(), function);
    return outcome instanceof InvokeOutcome.Succeeded
        ? executed
        : executed.header("X-Amz-Function-Error", "Unhandled");
  }

  /** The answer to a call that never reached the function; null when it did. */
  private static @Nullable HttpResponse refusal(InvokeOutcome outcome) {
    return switch (outcome) {
      case InvokeOutcome.Throttled(String reason) ->
          ApiException.tooManyRequests(reason).toResponse();
      case InvokeOutcome.RestoreFailed failed ->
          ApiException.snapStart(failed.errorType(), failed.message()).toResponse();
      case InvokeOutcome.Cancelled() ->
          ApiException.service("The call was stopped before it had an answer.").toResponse();
      case InvokeOutcome.CouldNotRun(String message) ->
          ApiException.notRunnable(message).toResponse();
      default -> null;
    };
  }

  private static HttpResponse executed(byte[] payload, DeployedFunction function) {
    return HttpResponse.of(200, payload)
        .header("Content-Type", "application/json")
        .header("X-Amz-Executed-Version", function.version())
        .header("x-amzn-Remapped-Content-Length", "0");
  }

  /** The tail of a call's log, as the API gives it. */
  static String log(InvokeResult result) {
    return Base64.getEncoder().encodeToString(result.logTail().getBytes(UTF_8));
  }
}
