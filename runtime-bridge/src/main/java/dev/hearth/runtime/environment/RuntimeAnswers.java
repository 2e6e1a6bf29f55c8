package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What the Runtime API answers, word for word (runtime-api.md section 2). */
final class RuntimeAnswers {
  /** Bytes of a buffered response that Lambda takes. */
  static final int MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

  /** The header that asks for streaming. */
  static final String MODE = "Lambda-Runtime-Function-Response-Mode";

  static final HttpResponse ACCEPTED = HttpResponse.json(202, "{\"status\":\"OK\"}\n");

  private RuntimeAnswers() {}

  /** When the function's time is over, in milliseconds since the epoch. */
  static long deadlineMillis(Invocation invocation) {
    // From the wall clock of now: it and the monotonic one part ways while a laptop sleeps.
    long left = invocation.deadlineNanos() - System.nanoTime();
    return System.currentTimeMillis() + left / 1_000_000;
  }

  /**
   * An event.
   *
   * @param attemptId what the runtime may echo to say which try it answers
   */
  static HttpResponse event(Invocation invocation, String attemptId) {
    Invocation.Origin origin = invocation.origin();
    HttpResponse response =
        HttpResponse.of(200, invocation.payload())
            .header("Content-Type", "application/json")
            .header("Lambda-Runtime-Aws-Request-Id", invocation.requestId())
            .header("Lambda-Runtime-Deadline-Ms", Long.toString(deadlineMillis(invocation)))
            .header("Lambda-Runtime-Invoked-Function-Arn", origin.invokedArn())
            .header("Lambda-Runtime-Invocation-Id", attemptId);
    putIfPresent(response, "Lambda-Runtime-Trace-Id", origin.traceId());
    putIfPresent(response, "Lambda-Runtime-Client-Context", origin.clientContext());
    putIfPresent(response, "Lambda-Runtime-Aws-Tenant-Id", origin.tenantId());
    return response;
  }

  /** Lambda leaves empty headers out (runtime-api.md section 2.1). */
  private static void putIfPresent(HttpResponse response, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      response.header(name, value);
    }
  }

  /** The answer to a posted response. */
  static HttpResponse to(HttpRequest request, boolean tooLarge) {
    if (tooLarge) {
      return refusal(
          413,
          "RequestEntityTooLarge",
          "Exceeded maximum allowed payload size (" + MAX_RESPONSE_BYTES + " bytes).");
    }
    if (request.bodyState() == HttpRequest.Body.TRUNCATED) {
      return refusal(400, "TruncatedHTTPRequest", "HTTP request detected as truncated");
    }
    return validMode(request)
        ? ACCEPTED
        : refusal(400, "InvalidFunctionResponseMode", "Invalid function response mode");
  }

  private static boolean validMode(HttpRequest request) {
    String mode = request.header(MODE);
    return mode == null || mode.isEmpty() || mode.equals("streaming");
  }

  /** How a call ends with a response that came as a whole. */
  static Completion completion(HttpRequest request, long nanos, String requestId) {
    if (request.bodyState() == HttpRequest.Body.TOO_LARGE) {
      return Completion.answered(Failures.responseTooLarge(), nanos, nanos, request.bodyLength());
    }
    if (request.bodyState() == HttpRequest.Body.TRUNCATED) {
      return ResponseStream.truncated(requestId);
    }
    if (!validMode(request)) {
      String type = "Runtime.InvalidResponseModeHeader";
      return Completion.failed(new InvokeOutcome.Crashed(type, new byte[0]), "error", type);
    }
    return Completion.answered(
        ResponseStream.outcome(request, request.body()), nanos, nanos, request.bodyLength());
  }

  /** A call at the wrong time. */
  static HttpResponse transition(RuntimeState state, String target) {
    return refusal(
        403,
        "InvalidStateTransition",
        "State transition from "
            + state.lambdaName()
            + " to "
            + target
            + " failed for runtime. Error: State transition is not allowed");
  }

  static HttpResponse refusal(int status, String errorType, String message) {
    return HttpResponse.json(status, ErrorPayload.api(errorType, message));
  }
}
