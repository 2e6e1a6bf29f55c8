package dev.hearth.runtime.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.http.BodySink;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The Runtime API 2018-06-01 as one runtime process sees it: which calls are allowed when, and what
 * they answer (runtime-api.md sections 1 and 2). It decides; reading and writing is the
 * connection's part.
 */
final class RuntimeApi implements Endpoint {
  private static final int RECHECK_MILLIS = 20;
  private static final String BASE = "/2018-06-01/";
  private static final String INVOCATION = BASE + "runtime/invocation/";

  /** Hears what the runtime process says. Called on the thread that read the request. */
  interface Listener {
    /** The runtime waits for an event, the first time or again. */
    void ready(long nanos);

    void initFailed(InitOutcome.Failed failure);

    /** The texts of {@code Hearth-Init-Phases}. */
    void initPhases(String text);
  }

  private final Listener listener;
  private RuntimeState state = RuntimeState.STARTED;
  private @Nullable Invocation inFlight;
  private String attemptId = "";
  private @Nullable RuntimeConnection parked;
  private @Nullable RuntimeConnection askedBy;
  private boolean oneConnection = true;
  private boolean closed;

  /** The response that is being streamed, and on which connection. */
  private @Nullable ResponseStream stream;

  private @Nullable RuntimeConnection streamedBy;

  RuntimeApi(Listener listener) {
    this.listener = listener;
  }

  @Override
  public @Nullable Next handle(RuntimeConnection connection, HttpRequest request)
      throws IOException {
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
      return null;
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
    attemptId = Identifiers.uuid();
    return connection;
  }

  /** The answer to the {@code /next} that {@link #begin} took. */
  HttpResponse event(Invocation invocation) {
    return RuntimeAnswers.event(invocation, attemptId);
  }

  /** Whoever posts a response in streaming mode has it read while it is written. */
  @Override
  public synchronized @Nullable BodySink sinkFor(RuntimeConnection connection, HttpRequest head) {
    String path = head.path();
    Invocation invocation = inFlight;
    if (!head.method().equals("POST")
        || !path.startsWith(INVOCATION)
        || !path.endsWith("/response")
        || !"streaming".equals(head.header(RuntimeAnswers.MODE))
        || invocation == null
        || state != RuntimeState.RUNNING
        || !invocation.requestId().equals(id(path, "/response"))
        || isStale(head)) {
      return null;
    }
    state = RuntimeState.INVOCATION_RESPONSE;
    oneConnection &= connection == askedBy;
    stream = new ResponseStream(invocation, head.header("Content-Type"));
    streamedBy = connection;
    return stream;
  }

  private boolean isStale(HttpRequest request) {
    String echo = request.header("Lambda-Runtime-Invocation-Id");
    return echo != null && !echo.equals(attemptId);
  }

  /** The stream that ends with this request; null when it was none. */
  private synchronized @Nullable ResponseStream endOfStream(RuntimeConnection connection) {
    if (streamedBy != connection) {
      return null;
    }
    ResponseStream ended = stream;
    streamedBy = null;
    stream = null;
    return ended;
  }

  private void response(RuntimeConnection connection, HttpRequest request, String id)
      throws IOException {
    long nanos = System.nanoTime();
    ResponseStream streamed = endOfStream(connection);
    if (streamed != null) {
      Completion end = streamed.end(request, nanos);
      finish(connection, end, RuntimeAnswers.to(request, streamed.tooLarge()));
      return;
    }
    Invocation invocation =
        take(connection, request, id, RuntimeState.INVOCATION_RESPONSE, "InvocationResponse");
    if (invocation == null) {
      return;
    }
    Completion end = RuntimeAnswers.completion(request, nanos, invocation.requestId());
    finish(
        connection,
        end,
        RuntimeAnswers.to(request, request.bodyState() == HttpRequest.Body.TOO_LARGE));
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
        Completion.answered(
            new InvokeOutcome.FunctionError(type, payload), nanos, nanos, payload.length),
        RuntimeAnswers.ACCEPTED);
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
      connection.write(RuntimeAnswers.refusal(400, "InvalidRequestID", "Invalid request ID"));
      return null;
    }
    if (isStale(request)) {
      connection.write(RuntimeAnswers.refusal(400, "InvalidInvocationId", "Invalid invocation ID"));
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

  private void finish(RuntimeConnection connection, Completion end, HttpResponse answer)
      throws IOException {
    Invocation invocation;
    synchronized (this) {
      invocation = inFlight;
      state = RuntimeState.RESPONSE_SENT;
      inFlight = null;
    }
    if (invocation != null) {
      invocation.complete(end);
    }
    // Our own clients ask for the next event in the same breath, and wait for that alone.
    connection.writeWithNext(answer);
  }

  private void initError(RuntimeConnection connection, HttpRequest request) throws IOException {
    synchronized (this) {
      if (state == RuntimeState.STARTED) {
        state = RuntimeState.INIT_ERROR;
      } else if (state == RuntimeState.RESTORING) {
        state = RuntimeState.RESTORE_ERROR;
      } else {
        refuse(connection, "InitError");
        return;
      }
    }
    failed(connection, request);
  }

  /** The hooks that run after a restore have failed. */
  void restoreError(RuntimeConnection connection, HttpRequest request) throws IOException {
    synchronized (this) {
      if (state != RuntimeState.RESTORING) {
        refuse(connection, RuntimeState.RESTORE_ERROR.lambdaName());
        return;
      }
      state = RuntimeState.RESTORE_ERROR;
    }
    failed(connection, request);
  }

  private void failed(RuntimeConnection connection, HttpRequest request) throws IOException {
    String phases = request.header("Hearth-Init-Phases");
    if (phases != null) {
      listener.initPhases(phases);
    }
    String header = request.header("Lambda-Runtime-Function-Error-Type");
    byte[] payload = ErrorPayload.posted(request.body(), request.header("Content-Type"));
    connection.write(RuntimeAnswers.ACCEPTED);
    listener.initFailed(
        new InitOutcome.Failed(
            ErrorPayload.typeOf(payload, header), ErrorPayload.reported(header), payload));
  }

  /**
   * The runtime is ready to be restored, and is.
   *
   * @return the refusal; null when it is allowed
   */
  synchronized @Nullable HttpResponse restore() {
    if (state != RuntimeState.STARTED) {
      return RuntimeAnswers.transition(state, "Ready");
    }
    state = RuntimeState.RESTORING;
    return null;
  }

  private void refuse(RuntimeConnection connection, String target) throws IOException {
    connection.write(RuntimeAnswers.transition(state, target));
  }

  /** The process has ended: it will not ask again. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  @Override
  public synchronized void gone(RuntimeConnection connection) {
    Invocation invocation = inFlight;
    if (streamedBy == connection && invocation != null) {
      streamedBy = null;
      stream = null;
      invocation.complete(ResponseStream.truncated(invocation.requestId()));
    }
    if (parked == connection) {
      parked = null;
      oneConnection = false;
    }
  }
}
