package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import java.util.Base64;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invoke, types RequestResponse and DryRun (invoke-api.md section 2). An Event is accepted and run
 * once in the background: there is no queue behind it, so it is not retried, not delayed when
 * throttled, and has no destinations.
 */
final class InvokeOperation {
  /** Bytes of an event that a synchronous call may have. */
  static final int MAX_PAYLOAD = 6_291_456;

  private static final int MAX_EVENT_PAYLOAD = 1_048_576;
  private static final int MAX_CLIENT_CONTEXT = 3_583;
  private static final byte[] EMPTY_EVENT = "{}".getBytes(UTF_8);
  private static final Logger LOG = LoggerFactory.getLogger(InvokeOperation.class);

  private final Invoker invoker;
  private final Executor background;

  InvokeOperation(Invoker invoker, Executor background) {
    this.invoker = invoker;
    this.background = background;
  }

  HttpResponse run(FunctionReference reference, HttpRequest request, String requestId)
      throws ApiException {
    DeployedFunction function = find(reference);
    String type = type(request);
    boolean tail = tail(request);
    byte[] payload = payload(request, type);
    if (type.equals("DryRun")) {
      return HttpResponse.of(204);
    }
    InvokeRequest call =
        new InvokeRequest(
            function.name(),
            payload,
            requestId,
            reference.arn(),
            type.equals("Event") ? null : clientContext(request),
            request.header("X-Amzn-Trace-Id"));
    if (type.equals("Event")) {
      background.execute(() -> runLater(call));
      return HttpResponse.of(202).header("X-Amzn-Remapped-Content-Length", "0");
    }
    return answer(invoke(call, reference), function, tail);
  }

  private DeployedFunction find(FunctionReference reference) throws ApiException {
    DeployedFunction function = invoker.deployed(reference.name()).orElseThrow(reference::notFound);
    String qualifier = reference.qualifier();
    if (qualifier != null && !qualifier.equals(function.version())) {
      throw reference.notFound();
    }
    return function;
  }

  private InvokeResult invoke(InvokeRequest call, FunctionReference reference) throws ApiException {
    try {
      return invoker.invoke(call);
    } catch (RuntimeException e) {
      if (invoker.deployed(reference.name()).isEmpty()) {
        throw reference.notFound();
      }
      throw e;
    }
  }

  private void runLater(InvokeRequest call) {
    try {
      invoker.invoke(call);
    } catch (RuntimeException e) {
      LOG.warn("Event {} for {} could not be run", call.requestId(), call.functionName(), e);
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

  private static HttpResponse answer(InvokeResult result, DeployedFunction asked, boolean tail)
      throws ApiException {
    switch (result.outcome()) {
      case InvokeOutcome.Throttled(String reason) -> throw ApiException.tooManyRequests(reason);
      case InvokeOutcome.Cancelled() ->
          throw ApiException.service("The call was stopped before it had an answer.");
      case InvokeOutcome.CouldNotRun(String message) -> throw ApiException.notRunnable(message);
      default -> {}
    }
    DeployedFunction ran = result.function();
    HttpResponse response =
        HttpResponse.of(200, result.outcome().body())
            .header("Content-Type", "application/json")
            .header("X-Amz-Executed-Version", (ran == null ? asked : ran).version())
            .header("x-amzn-Remapped-Content-Length", "0");
    if (!result.succeeded()) {
      response.header("X-Amz-Function-Error", "Unhandled");
    }
    if (tail) {
      response.header(
          "X-Amz-Log-Result", Base64.getEncoder().encodeToString(result.logTail().getBytes(UTF_8)));
    }
    return response;
  }
}
