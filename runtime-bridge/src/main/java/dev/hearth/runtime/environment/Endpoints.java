package dev.hearth.runtime.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.http.BodySink;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.LoopbackGuard;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All interfaces at the address in {@code AWS_LAMBDA_RUNTIME_API}: the first that knows a path
 * serves it, and requests of other hosts reach none (runtime-api.md section 1).
 */
record Endpoints(List<Endpoint> endpoints) implements Endpoint {
  @Override
  public Next handle(RuntimeConnection connection, HttpRequest request) throws IOException {
    String refusal = LoopbackGuard.refusal(request);
    if (refusal != null) {
      connection.write(HttpResponse.json(403, ErrorPayload.api("Forbidden", refusal)));
      return Next.READ;
    }
    for (Endpoint endpoint : endpoints) {
      Next next = endpoint.handle(connection, request);
      if (next != null) {
        return next;
      }
    }
    connection.write(
        HttpResponse.of(404, "404 page not found\n".getBytes(UTF_8))
            .header("Content-Type", "text/plain; charset=utf-8"));
    return Next.READ;
  }

  @Override
  public @Nullable BodySink sinkFor(RuntimeConnection connection, HttpRequest head) {
    if (LoopbackGuard.refusal(head) != null) {
      return null;
    }
    for (Endpoint endpoint : endpoints) {
      BodySink sink = endpoint.sinkFor(connection, head);
      if (sink != null) {
        return sink;
      }
    }
    return null;
  }

  @Override
  public void gone(RuntimeConnection connection) {
    endpoints.forEach(endpoint -> endpoint.gone(connection));
  }
}
