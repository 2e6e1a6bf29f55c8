package dev.hearth.runtime.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.ResponseListener;
import dev.hearth.runtime.http.BodySink;
import dev.hearth.runtime.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response that the runtime streams (runtime-api.md section 3). A caller that listens gets it at
 * Lambda's pace, up to 200 MiB; for one that does not, it is collected like a buffered response and
 * held to that limit. What fits into a buffered response is kept in both cases, for the history.
 */
final class ResponseStream implements BodySink {
  /** Bytes of a streamed response that Lambda passes on. */
  static final long MAX_BYTES = 200L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(ResponseStream.class);

  private final String requestId;
  private final @Nullable ResponseListener listener;
  private final ResponseBandwidth bandwidth;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final long firstNanos = System.nanoTime();
  private long produced;
  private boolean listening;

  ResponseStream(Invocation invocation, @Nullable String contentType) {
    this.requestId = invocation.requestId();
    this.listener = invocation.responseListener();
    this.listening = listener != null;
    this.bandwidth = new ResponseBandwidth(firstNanos);
    if (listener != null) {
      listener.streaming(contentType);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    produced += length;
    int room = Math.min(length, RuntimeAnswers.MAX_RESPONSE_BYTES - kept.size());
    kept.write(bytes, offset, room);
    if (listener == null || !listening || produced > MAX_BYTES) {
      return;
    }
    long wait = bandwidth.take(length, System.nanoTime());
    if (wait > 0) {
      LockSupport.parkNanos(this, wait);
    }
    try {
      listener.data(bytes, offset, length);
    } catch (IOException e) {
      LOG.debug("The caller of {} left during the response: {}", requestId, e.getMessage());
      listening = false;
    }
  }

  /** Whether more came than the caller may get. */
  boolean tooLarge() {
    return produced > (listener == null ? RuntimeAnswers.MAX_RESPONSE_BYTES : MAX_BYTES);
  }

  /** How the call ends with the last chunk and its trailers, or with the break of the stream. */
  Completion end(HttpRequest request, long nanos) {
    if (tooLarge()) {
      return Completion.answered(Failures.responseTooLarge(), nanos, firstNanos, produced);
    }
    if (request.bodyState() == HttpRequest.Body.TRUNCATED) {
      return truncated(requestId);
    }
    return Completion.answered(outcome(request, kept.toByteArray()), nanos, firstNanos, produced);
  }

  /** What a complete response says: an error that the handler met on the way is in the trailers. */
  static InvokeOutcome outcome(HttpRequest request, byte[] body) {
    String errorType = request.trailers().first("Lambda-Runtime-Function-Error-Type");
    if (errorType == null || errorType.isEmpty()) {
      return new InvokeOutcome.Succeeded(body);
    }
    byte[] payload = trailerBody(request);
    return new InvokeOutcome.FunctionError(ErrorPayload.typeOf(payload, errorType), payload);
  }

  static Completion truncated(String requestId) {
    String type = "Runtime.TruncatedResponse";
    byte[] payload = ErrorPayload.platform(type, requestId, "Response was truncated");
    return Completion.failed(new InvokeOutcome.Crashed(type, payload), "error", type);
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
}
