package dev.hearth.runtime.environment;

import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The metadata endpoint 2026-01-15: where an environment runs (runtime-api.md section 6). */
final class MetadataApi implements Endpoint {
  private static final String PATH = "/2026-01-15/metadata/execution-environment";

  private final String token = UUID.randomUUID().toString();

  /** The value of {@code AWS_LAMBDA_METADATA_TOKEN}. */
  String token() {
    return token;
  }

  @Override
  public @Nullable Next handle(RuntimeConnection connection, HttpRequest request)
      throws IOException {
    if (!request.path().equals(PATH)) {
      return null;
    }
    connection.write(answer(request));
    return Next.READ;
  }

  private HttpResponse answer(HttpRequest request) {
    if (!request.method().equals("GET")) {
      return HttpResponse.json(405, ErrorPayload.api("MethodNotAllowed", "Use GET"));
    }
    if (!("Bearer " + token).equals(request.header("Authorization"))) {
      return HttpResponse.json(
          401, ErrorPayload.api("Unauthorized", "Bad or missing metadata token"));
    }
    return HttpResponse.json(200, "{\"AvailabilityZoneID\":\"use1-az1\"}\n")
        .header("Cache-Control", "private, max-age=43200, immutable");
  }

  @Override
  public void gone(RuntimeConnection connection) {
    // No request of this interface waits.
  }
}
