package dev.hearth.runtime.environment;

import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.trace.TraceCollector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's protocol over HTTP, at the address of the Runtime API so that it costs a cold
 * start nothing: traces are kept, metrics and logs are accepted and let go, so that an SDK that
 * sends all three has nothing to complain about. Lambda itself has no such endpoint; there an
 * extension listens.
 */
final class OtlpApi implements Endpoint {
  private static final String TRACES = "/v1/traces";
  private static final int MOST_BYTES = 32 << 20;
  private static final byte[] NOTHING = new byte[0];

  private final TraceCollector collector;
  private final String environmentId;

  OtlpApi(TraceCollector collector, String environmentId) {
    this.collector = collector;
    this.environmentId = environmentId;
  }

  @Override
  public @Nullable Next handle(RuntimeConnection connection, HttpRequest request)
      throws IOException {
    String path = request.path();
    boolean traces = path.equals(TRACES);
    if (!traces && !path.equals("/v1/metrics") && !path.equals("/v1/logs")) {
      return null;
    }
    connection.write(answer(request, traces));
    return Next.READ;
  }

  private HttpResponse answer(HttpRequest request, boolean traces) {
    if (!request.method().equals("POST")) {
      return refusal(405, "Use POST");
    }
    if (request.bodyState() == HttpRequest.Body.TOO_LARGE) {
      return refusal(413, "The export is too large. Send smaller batches.");
    }
    String type = Objects.requireNonNullElse(request.header("Content-Type"), "");
    boolean json = type.toLowerCase(Locale.ROOT).startsWith("application/json");
    if (!json && !type.toLowerCase(Locale.ROOT).startsWith("application/x-protobuf")) {
      return refusal(
          415, "Content-Type is \"" + type + "\". Use application/json or application/x-protobuf.");
    }
    try {
      if (traces) {
        take(body(request), json);
      }
    } catch (IllegalArgumentException | IOException e) {
      return refusal(400, String.valueOf(e.getMessage()));
    }
    return json
        ? HttpResponse.json(200, "{}")
        : HttpResponse.of(200, NOTHING).header("Content-Type", "application/x-protobuf");
  }

  private void take(byte[] body, boolean json) {
    if (json) {
      collector.otlpJson(body, environmentId);
    } else {
      collector.otlpProtobuf(body, environmentId);
    }
  }

  private static byte[] body(HttpRequest request) throws IOException {
    String encoding = request.header("Content-Encoding");
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      return request.body();
    }
    if (!encoding.equalsIgnoreCase("gzip")) {
      throw new IOException("Content-Encoding is \"" + encoding + "\". Use gzip or none.");
    }
    try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
      byte[] body = unpacked.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw new IOException("The export is too large. Send smaller batches.");
      }
      return body;
    }
  }

  private static HttpResponse refusal(int status, String why) {
    return HttpResponse.json(status, ErrorPayload.api("InvalidExport", why));
  }

  @Override
  public void gone(RuntimeConnection connection) {
    // No request of this interface waits.
  }
}
