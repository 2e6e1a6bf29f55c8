package dev.hearth.runtime.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.LoopbackGuard;
import java.io.IOException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The Runtime API 2018-06-01 as one runtime process sees it: which calls are allowed when, and what
 * they answer (runtime-api.md sections 1 and 2). It decides; reading and writing is the
 * connection's part.
 */
final class RuntimeApi {
  /** Bytes of a buffered response that Lambda takes. */
  static final int MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

  private static final int RECHECK_MILLIS = 20;
  private static final String BASE = "/2018-06-01/";
  private static final String INVOCATION = BASE + "runtime/invocation/";
  private static final HttpResponse ACCEPTED = HttpResponse.json(202, "{\"status\":\"OK\"}\n");

  /** Hears what the runtime process says. Called on the thread that read the request. */
  interface Listener {
    /** The runtime waits for an event, the first time or again. */
    void ready(long nanos);

    void initFailed(InitOutcome.Failed failure);

    /** The texts of {@code Hearth-Init-Phases}. */
    void initPhases(String text);
  }

  /** What the connection does after a request. */
  enum Next {
    /** Reads on. */
    READ,
    /** Stops reading: whoever hands out the event reads the answer itself. */
    LEAVE
  }

  private final Listener listener;
  private RuntimeState state = RuntimeState.STARTED;
  private @Nullable Invocation inFlight;
  private String attemptId = "";
  private @Nullable RuntimeConnection parked;
  private @Nullable RuntimeConnection askedBy;
  private boolean oneConnection = true;
  private boolean closed;

  RuntimeApi(Listener listener) {
    this.listener = listener;
  }

  /** Serves one request. */
  Next handle(RuntimeConnection connection, HttpRequest request) throws IOException {
    String refusal = LoopbackGuard.refusal(request);
    if (refusal != null) {
      connection.write(HttpResponse.json(403, ErrorPayload.api("Forbidden", refusal)));
      return Next.READ;
    }
    String path = request.path();
    boolean post = request.method().equals("POST");
    if (path.equals(INVOCATION + "next") && request.method().equals("GET")) {
      return next(connection, request);
    }
    if (post && path.startsWith(INVOCATION) && path.endsWith("/response")) {
      response(connection, request, id(path, "/response"));
    } else if (post && path.startsWith(INVOCATION) && path.endsWith("/error")) {
      error(connection, request, id(path, "/error"));
    } else if (post && path.equals(BASE + "runtime/init/error")) {
      initError(connection, request);
    } else if (post && path.equals("/hearth/init-phases")) {
      listener.initPhases(new String(request.body(), UTF_8));
      connection.write(HttpResponse.of(204));
    } else if (path.equals(BASE + "ping") && request.method().equals("GET")) {
      connection.write(HttpResponse.of(200, "pong".getBytes(UTF_8)));
    } else {
      connection.write(
          HttpResponse.of(404, "404 page not found\n".getBytes(UTF_8))
              .header("Content-Type", "text/plain; charset=utf-8"));
    }
    return Next.READ;
  }

  private static String id(String path, String suffix) {
    int end = path.length() - suffix.length();
    return end < INVOCATION.length() ? "" : path.substring(INVOCATION.length(), end);
  }

  private Next next(RuntimeConnection connection, HttpRequest request) throws IOException {
    long nanos = System.nanoTime();
    RuntimeConnection left = null;
    Next next;
    synchronized (this) {
      if (!state.mayAskForNext()) {
        refuse(connection, "Ready");
        return Next.READ;
      }
      if (parked != null && parked != connection) {
        oneConnection = false;
        left = parked;
      }
      state = RuntimeState.READY;
      next = oneConnection ? Next.LEAVE : Next.READ;
      if (next == Next.LEAVE) {
        connection.leave();
      } else {
        connection.stay();
      }
      parked = connection;
      notifyAll();
    }
    if (left != null) {
      left.attend();
    }
    String phases = request.header("Hearth-Init-Phases");
    if (phases != null) {
      listener.initPhases(phases);
    }
    listener.ready(nanos);
    return next;
  }

  /**
   * Claims the connection that waits for an event. A client that lost its connection while it was
   * waiting gets the time to ask again.
   *
   * @return null when the call or the process ended first
   */
  synchronized @Nullable RuntimeConnection begin(Invocation invocation)
      throws InterruptedException {
    while (parked == null) {
      if (closed || invocation.isDone()) {
        return null;
      }
      wait(RECHECK_MILLIS);
    }
    RuntimeConnection connection = parked;
    parked = null;
    connection.claim();
    askedBy = connection;
    state = RuntimeState.RUNNING;
    inFlight = invocation;
    attemptId = UUID.randomUUID().toString();
    return connection;
  }

  /** The answer to the {@code /next} that {@link #begin} took. */
  HttpResponse event(Invocation invocation) {
    // From the wall clock of now: it and the monotonic one part ways while a laptop sleeps.
    long left = invocation.deadlineNanos() - System.nanoTime();
    long deadline = System.currentTimeMillis() + left / 1_000_000;
    HttpResponse response =
        HttpResponse.of(200, invocation.payload())
            .header("Content-Type", "application/json")
            .header("Lambda-Runtime-Aws-Request-Id", invocation.requestId())
            .header("Lambda-Runtime-Deadline-Ms", Long.toString(deadline))
            .header("Lambda-Runtime-Invoked-Function-Arn", invocation.invokedArn())
            .header("Lambda-Runtime-Invocation-Id", attemptId);
    if (!invocation.traceId().isEmpty()) {
      response.header("Lambda-Runtime-Trace-Id", invocation.traceId());
    }
    String context = invocation.clientContext();
    if (context != null && !context.isEmpty()) {
      response.header("Lambda-Runtime-Client-Context", context);
    }
    return response;
  }

  private void response(RuntimeConnection connection, HttpRequest request, String id)
      throws IOException {
    long nanos = System.nanoTime();
    Invocation invocation =
        take(connection, request, id, RuntimeState.INVOCATION_RESPONSE, "InvocationResponse");
    if (invocation == null) {
      return;
    }
    Completion end = completionOf(request, nanos, invocation.requestId());
    HttpResponse answer = ACCEPTED;
    if (request.bodyState() == HttpRequest.Body.TOO_LARGE) {
      answer =
          refusal(
              413,
              "RequestEntityTooLarge",
              "Exceeded maximum allowed payload size (" + MAX_RESPONSE_BYTES + " bytes).");
    } else if (request.bodyState() == HttpRequest.Body.TRUNCATED) {
      answer = refusal(400, "TruncatedHTTPRequest", "HTTP request detected as truncated");
    } else if (!validMode(request)) {
      answer = refusal(400, "InvalidFunctionResponseMode", "Invalid function response mode");
    }
    finish(connection, invocation, end, answer);
  }

  private void error(RuntimeConnection connection, HttpRequest request, String id)
      throws IOException {
    long nanos = System.nanoTime();
    Invocation invocation =
        take(
            connection,
            request,
            id,
            RuntimeState.INVOCATION_ERROR_RESPONSE,
            "InvocationErrorResponse");
    if (invocation == null) {
      return;
    }
    byte[] payload = ErrorPayload.posted(request.body(), request.header("Content-Type"));
    String type =
        ErrorPayload.typeOf(payload, request.header("Lambda-Runtime-Function-Error-Type"));
    finish(
        connection,
        invocation,
        Completion.answered(new InvokeOutcome.FunctionError(type, payload), nanos),
        ACCEPTED);
  }

  /** Claims the invocation in flight for an answer; null when the call was refused. */
  private synchronized @Nullable Invocation take(
      RuntimeConnection connection,
      HttpRequest request,
      String id,
      RuntimeState target,
      String targetName)
      throws IOException {
    Invocation invocation = inFlight;
    if (invocation == null || !invocation.requestId().equals(id)) {
      connection.write(refusal(400, "InvalidRequestID", "Invalid request ID"));
      return null;
    }
    String echo = request.header("Lambda-Runtime-Invocation-Id");
    if (echo != null && !echo.equals(attemptId)) {
      connection.write(refusal(400, "InvalidInvocationId", "Invalid invocation ID"));
      return null;
    }
    if (state != RuntimeState.RUNNING) {
      refuse(connection, targetName);
      return null;
    }
    state = target;
    oneConnection &= connection == askedBy;
    return invocation;
  }

  private void finish(
      RuntimeConnection connection, Invocation invocation, Completion end, HttpResponse answer)
      throws IOException {
    synchronized (this) {
      state = RuntimeState.RESPONSE_SENT;
      inFlight = null;
    }
    invocation.complete(end);
    connection.write(answer);
  }

  private static boolean validMode(HttpRequest request) {
    String mode = request.header("Lambda-Runtime-Function-Response-Mode");
    return mode == null || mode.isEmpty() || mode.equals("streaming");
  }

  private static Completion completionOf(HttpRequest request, long nanos, String requestId) {
    if (request.bodyState() == HttpRequest.Body.TOO_LARGE) {
      return Completion.answered(
          new InvokeOutcome.FunctionError(
              ErrorPayload.RESPONSE_TOO_LARGE, ErrorPayload.responseTooLarge(MAX_RESPONSE_BYTES)),
          nanos);
    }
    if (request.bodyState() == HttpRequest.Body.TRUNCATED) {
      String type = "Runtime.TruncatedResponse";
      byte[] payload = ErrorPayload.platform(type, requestId, "Response was truncated");
      return Completion.failed(new InvokeOutcome.Crashed(type, payload), "error", type);
    }
    if (!validMode(request)) {
      String type = "Runtime.InvalidResponseModeHeader";
      return Completion.failed(new InvokeOutcome.Crashed(type, new byte[0]), "error", type);
    }
    String errorType = request.trailers().first("Lambda-Runtime-Function-Error-Type");
    if (errorType != null && !errorType.isEmpty()) {
      byte[] payload = trailerBody(request);
      return Completion.answered(
          new InvokeOutcome.FunctionError(ErrorPayload.typeOf(payload, errorType), payload), nanos);
    }
    return Completion.answered(new InvokeOutcome.Succeeded(request.body()), nanos);
  }

  /** The error that a handler met while it was streaming: base64 in a trailer. */
  private static byte[] trailerBody(HttpRequest request) {
    String encoded = request.trailers().first("Lambda-Runtime-Function-Error-Body");
    try {
      return encoded == null ? new byte[0] : Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return encoded.getBytes(UTF_8);
    }
  }

  private void initError(RuntimeConnection connection, HttpRequest request) throws IOException {
    synchronized (this) {
      if (state != RuntimeState.STARTED) {
        refuse(connection, "InitError");
        return;
      }
      state = RuntimeState.INIT_ERROR;
    }
    String phases = request.header("Hearth-Init-Phases");
    if (phases != null) {
      listener.initPhases(phases);
    }
    String header = request.header("Lambda-Runtime-Function-Error-Type");
    byte[] payload = ErrorPayload.posted(request.body(), request.header("Content-Type"));
    connection.write(ACCEPTED);
    listener.initFailed(
        new InitOutcome.Failed(
            ErrorPayload.typeOf(payload, header), ErrorPayload.reported(header), payload));
  }

  private void refuse(RuntimeConnection connection, String target) throws IOException {
    connection.write(
        refusal(
            403,
            "InvalidStateTransition",
            "State transition from "
                + state.lambdaName()
                + " to "
                + target
                + " failed for runtime. Error: State transition is not allowed"));
  }

  private static HttpResponse refusal(int status, String errorType, String message) {
    return HttpResponse.json(status, ErrorPayload.api(errorType, message));
  }

  /** The process has ended: it will not ask again. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** The connection has ended: an event must not be written to it. */
  synchronized void gone(RuntimeConnection connection) {
    if (parked == connection) {
      parked = null;
      oneConnection = false;
    }
  }
}
