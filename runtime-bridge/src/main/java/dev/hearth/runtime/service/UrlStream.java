package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.http.HttpAnswer;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.StreamedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A streamed response as the answer of a function URL (runtime-api.md section 3): with the content
 * type of an HTTP integration it begins with a prelude of status, headers and cookies and eight NUL
 * bytes; else all of it is the body. What fails before the body begins is an ordinary failure;
 * after that the connection ends without the last chunk.
 */
final class UrlStream {
  private static final Logger LOG = LoggerFactory.getLogger(UrlStream.class);
  private static final String INTEGRATION = "application/vnd.awslambda.http-integration-response";
  private static final String BYTES = "application/octet-stream";
  private static final int SEPARATOR = 8;
  private static final int MOST_PRELUDE = 1 << 20;

  private final StreamedCall call;
  private final HttpAnswer answer;

  /**
   * @param call that has begun to stream
   */
  UrlStream(StreamedCall call, HttpAnswer answer) {
    this.call = call;
    this.answer = answer;
  }

  /** Passes the response on and returns when all of it is written, or the caller has gone. */
  void run() {
    String type = call.contentType();
    try {
      if (INTEGRATION.equals(type)) {
        integration();
      } else {
        String known = type == null || type.isEmpty() ? BYTES : type;
        body(HttpResponse.of(200).header("Content-Type", known), new byte[0]);
      }
    } catch (IOException e) {
      LOG.debug("The caller left during the response: {}", e.getMessage());
      call.leave();
    }
  }

  private void integration() throws IOException {
    ByteArrayOutputStream begin = new ByteArrayOutputStream();
    int end = -1;
    byte[] chunk;
    while (end < 0 && begin.size() < MOST_PRELUDE && (chunk = call.next()) != null) {
      int from = Math.max(0, begin.size() - SEPARATOR + 1);
      begin.writeBytes(chunk);
      end = separator(begin.toByteArray(), from);
    }
    byte[] bytes = begin.toByteArray();
    HttpResponse head = end < 0 ? null : head(new String(bytes, 0, end, UTF_8));
    if (head == null) {
      answer.accept(FunctionUrlFront.internalError());
      call.leave();
      return;
    }
    body(head, Arrays.copyOfRange(bytes, end + SEPARATOR, bytes.length));
  }

  /** What the prelude says; null when it is not readable. */
  private static @Nullable HttpResponse head(String prelude) {
    try {
      ObjectNode said = Json.read(prelude, ObjectNode.class);
      Integer status = said.has("statusCode") ? HttpResult.status(said.get("statusCode")) : 200;
      HttpResponse head = HttpResponse.of(status == null ? 200 : status);
      return HttpResult.decorated(head, said, BYTES);
    } catch (JacksonException e) {
      LOG.info("The prelude of a streamed response is not a JSON object: {}", e.getMessage());
      return null;
    }
  }

  /** Where the eight NUL bytes begin; -1 when they are not there yet. */
  private static int separator(byte[] bytes, int from) {
    int zeros = 0;
    for (int i = from; i < bytes.length; i++) {
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      if (zeros == SEPARATOR) {
        return i - SEPARATOR + 1;
      }
    }
    return -1;
  }

  private void body(HttpResponse head, byte[] first) throws IOException {
    if (head.status() == 204 || head.status() == 304) {
      while (call.next() != null) {
        // Such an answer has no body, whatever the function writes.
      }
      answer.accept(head);
      return;
    }
    StreamedBody body = answer.stream(head);
    byte[] chunk = first;
    while (chunk != null) {
      body.write(chunk);
      chunk = call.next();
    }
    if (call.outcome() instanceof InvokeOutcome.Succeeded) {
      body.end();
    }
  }
}
