package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.LoopbackGuard;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns HTTP requests of one function URL into calls (invoke-api.md section 4). */
final class FunctionUrlFront {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionUrlFront.class);
  private static final String FORBIDDEN =
      "Forbidden. For troubleshooting Function URL authorization issues, see:"
          + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

  private final Invoker invoker;
  private final ControlPlane plane;
  private final String key;

  /**
   * @param key of the URL's record, read anew for each request
   */
  FunctionUrlFront(Invoker invoker, ControlPlane plane, String key) {
    this.invoker = invoker;
    this.plane = plane;
    this.key = key;
  }

  void serve(HttpRequest request, Consumer<HttpResponse> answer) {
    String requestId = UUID.randomUUID().toString();
    HttpResponse response;
    try {
      response = answer(request, requestId);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      response = internalError();
    }
    answer.accept(response.header("x-amzn-RequestId", requestId));
  }

  private HttpResponse answer(HttpRequest request, String requestId) {
    Optional<FunctionUrl> found = plane.settings().urls.get(key);
    if (found.isEmpty()) {
      return forbidden(null);
    }
    FunctionUrl url = found.get();
    Cors cors = new Cors(url.cors());
    String origin = request.header("Origin");
    String refusal = LoopbackGuard.hostRefusal(request);
    if (refusal == null && origin != null && !cors.allows(origin) && !isOwn(origin)) {
      refusal = "Requests from " + origin + " are refused: the URL's CORS settings don't allow it.";
    }
    if (refusal != null) {
      return forbidden(refusal);
    }
    if (cors.isPreflight(request)) {
      return cors.preflight(request);
    }
    if (!UrlAccess.allows(url, request, plane.settings().policies.get(key).orElse(null))) {
      return forbidden(FORBIDDEN);
    }
    if (request.bodyState() == HttpRequest.Body.TOO_LARGE) {
      return HttpResponse.of(413, "Request Too Long".getBytes(UTF_8));
    }
    HttpResponse response = invoke(url, request, requestId);
    cors.decorate(response, origin);
    return response;
  }

  /** A page that another local program serves may call, as the function's own page may. */
  private static boolean isOwn(String origin) {
    return origin.matches("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
  }

  private HttpResponse invoke(FunctionUrl url, HttpRequest request, String requestId) {
    if (invoker.deployed(url.function()).isEmpty()) {
      return forbidden(null);
    }
    byte[] event = Json.bytes(HttpEvent.of(url, request, requestId));
    InvokeOutcome outcome =
        invoker
            .invoke(
                new InvokeRequest(
                    url.function(),
                    event,
                    requestId,
                    Arns.function(url.function()),
                    null,
                    request.header("X-Amzn-Trace-Id")))
            .outcome();
    return switch (outcome) {
      case InvokeOutcome.Succeeded(byte[] payload) ->
          url.streams() ? HttpResult.streamed(payload) : HttpResult.buffered(payload);
      case InvokeOutcome.Throttled _ -> HttpResponse.json(429, "{\"Message\":\"Rate Exceeded.\"}");
      default -> internalError();
    };
  }

  static HttpResponse internalError() {
    return HttpResponse.of(502, "Internal Server Error".getBytes(UTF_8))
        .header("Content-Type", "text/plain");
  }

  private static HttpResponse forbidden(@Nullable String message) {
    return HttpResponse.of(403, Json.bytes(Json.object().put("Message", message)))
        .header("Content-Type", "application/json")
        .header("x-amzn-ErrorType", "AccessDeniedException");
  }
}
