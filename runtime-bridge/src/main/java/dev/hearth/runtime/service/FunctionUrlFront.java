package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.function.AccessKey;
import dev.hearth.runtime.http.HttpAnswer;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.LoopbackGuard;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
  private final SignatureCheck signatures = new SignatureCheck(AccessKey.known(System.getenv()));

  /**
   * @param key of the URL's record, read anew for each request
   */
  FunctionUrlFront(Invoker invoker, ControlPlane plane, String key) {
    this.invoker = invoker;
    this.plane = plane;
    this.key = key;
  }

  void serve(HttpRequest request, HttpAnswer answer) {
    String requestId = UUID.randomUUID().toString();
    HttpAnswer marked = answer.decorated(head -> head.header("x-amzn-RequestId", requestId));
    try {
      answer(request, requestId, marked);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      marked.accept(internalError());
    }
  }

  private void answer(HttpRequest request, String requestId, HttpAnswer answer) {
    Optional<FunctionUrl> found = plane.settings().urls.get(key);
    if (found.isEmpty()) {
      answer.accept(forbidden(null));
      return;
    }
    FunctionUrl url = found.get();
    Cors cors = new Cors(url.cors());
    String origin = request.header("Origin");
    HttpResponse refused = refusal(url, cors, request, origin);
    if (refused != null) {
      answer.accept(refused);
    } else {
      invoke(url, request, requestId, answer.decorated(head -> cors.decorate(head, origin)));
    }
  }

  /** The answer to what is not a call; null for a call. */
  private @Nullable HttpResponse refusal(
      FunctionUrl url, Cors cors, HttpRequest request, @Nullable String origin) {
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
    boolean open = url.authType().equals(FunctionUrl.NONE);
    if (open
        ? !UrlAccess.isOpen(plane.settings().policies.get(key).orElse(null))
        : !SignatureCheck.isSigned(request)) {
      return forbidden(FORBIDDEN);
    }
    if (request.bodyState() == HttpRequest.Body.TOO_LARGE) {
      return HttpResponse.of(413, "Request Too Long".getBytes(UTF_8));
    }
    if (!open) {
      Optional<SignatureCheck.Refusal> unproven = signatures.verify(request, Instant.now());
      if (unproven.isPresent()) {
        return forbidden(unproven.get().type(), unproven.get().message());
      }
    }
    return invoker.deployed(url.function()).isEmpty() ? forbidden(null) : null;
  }

  /** A page that another local program serves may call, as the function's own page may. */
  private static boolean isOwn(String origin) {
    return origin.matches("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
  }

  private void invoke(FunctionUrl url, HttpRequest request, String requestId, HttpAnswer answer) {
    String given = request.header("X-Amzn-Trace-Id");
    String trace = given == null ? InvokeRequest.newTrace() : given;
    InvokeRequest call =
        new InvokeRequest(
            url.function(),
            Json.bytes(HttpEvent.of(url, request, requestId, trace)),
            requestId,
            Arns.function(url.function()),
            null,
            trace);
    if (!url.streams()) {
      answer.accept(whole(invoker.invoke(call).outcome(), HttpResult::buffered));
      return;
    }
    StreamedCall streamed = StreamedCall.start(invoker, call);
    if (streamed.begins()) {
      new UrlStream(streamed, answer).run();
    } else {
      answer.accept(whole(streamed.outcome(), HttpResult::raw));
    }
  }

  private static HttpResponse whole(
      InvokeOutcome outcome, Function<byte[], HttpResponse> ofPayload) {
    return switch (outcome) {
      case InvokeOutcome.Succeeded(byte[] payload) -> ofPayload.apply(payload);
      case InvokeOutcome.Throttled _ -> HttpResponse.json(429, "{\"Message\":\"Rate Exceeded.\"}");
      default -> internalError();
    };
  }

  static HttpResponse internalError() {
    return HttpResponse.of(502, "Internal Server Error".getBytes(UTF_8))
        .header("Content-Type", "text/plain");
  }

  private static HttpResponse forbidden(@Nullable String message) {
    return forbidden("AccessDeniedException", message);
  }

  private static HttpResponse forbidden(String type, @Nullable String message) {
    return HttpResponse.of(403, Json.bytes(Json.object().put("Message", message)))
        .header("Content-Type", "application/json")
        .header("x-amzn-ErrorType", type);
  }
}
