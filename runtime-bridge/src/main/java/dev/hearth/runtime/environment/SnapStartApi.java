package dev.hearth.runtime.environment;

import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the Runtime API has in addition for SnapStart (runtime-api.md section 2.5): the wait for the
 * restore, its error, and credentials by request. Hearth has no snapshots: every environment is
 * initialised anew and restored at once, so that hooks run, in their order and number.
 */
final class SnapStartApi implements Endpoint {
  static final String CREDENTIALS = "/2021-04-23/credentials";

  private static final String RESTORE = "/2018-06-01/runtime/restore/";
  private static final Duration VALID = Duration.ofHours(6);

  private final RuntimeApi runtime;
  private final Runnable onRestore;
  private final String token = UUID.randomUUID().toString();
  private volatile long restoredNanos;

  /**
   * @param onRestore told that the runtime is being restored, before it is
   */
  SnapStartApi(RuntimeApi runtime, Runnable onRestore) {
    this.runtime = runtime;
    this.onRestore = onRestore;
  }

  /** The value of {@code AWS_CONTAINER_AUTHORIZATION_TOKEN}. */
  String token() {
    return token;
  }

  /** When the runtime was told that it has been restored; 0 when it did not ask. */
  long restoredNanos() {
    return restoredNanos;
  }

  @Override
  public @Nullable Next handle(RuntimeConnection connection, HttpRequest request)
      throws IOException {
    switch (request.method() + " " + request.path()) {
      case "GET " + RESTORE + "next" -> {
        HttpResponse refusal = runtime.restore();
        if (refusal == null) {
          restoredNanos = System.nanoTime();
          onRestore.run();
        }
        connection.write(refusal == null ? HttpResponse.of(200) : refusal);
      }
      case "POST " + RESTORE + "error" -> runtime.restoreError(connection, request);
      case "GET " + CREDENTIALS -> connection.write(credentials(request));
      default -> {
        return null;
      }
    }
    return Next.READ;
  }

  private HttpResponse credentials(HttpRequest request) {
    if (!token.equals(request.header("Authorization"))) {
      return HttpResponse.json(404, ErrorPayload.api("NotFound", "Unknown authorization token"));
    }
    return HttpResponse.json(
        200,
        "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Token\":\"%s\",\"Expiration\":\"%s\"}"
            .formatted(
                EnvironmentVariables.KEY.id(),
                EnvironmentVariables.KEY.secret(),
                EnvironmentVariables.KEY.token(),
                Instant.now().plus(VALID).truncatedTo(ChronoUnit.SECONDS)));
  }

  @Override
  public void gone(RuntimeConnection connection) {
    // No request of this interface waits.
  }
}
