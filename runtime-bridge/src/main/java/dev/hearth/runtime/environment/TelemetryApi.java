package dev.hearth.runtime.environment;

import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The Telemetry API 2022-07-01 and the older Logs API 2020-08-15: extensions subscribe during init
 * (runtime-api.md section 5).
 */
record TelemetryApi(ExtensionsApi extensions, TelemetryHub hub, EnvironmentLog log)
    implements Endpoint {
  private static final String TELEMETRY = "/2022-07-01/telemetry";
  private static final String LOGS = "/2020-08-15/logs";

  @Override
  public @Nullable Next handle(RuntimeConnection connection, HttpRequest request)
      throws IOException {
    boolean legacy = request.path().equals(LOGS);
    if (!request.method().equals("PUT") || (!legacy && !request.path().equals(TELEMETRY))) {
      return null;
    }
    Extension extension = extensions.caller(connection, request);
    if (extension != null) {
      connection.write(subscribe(extension, request.body(), legacy));
    }
    return Next.READ;
  }

  private HttpResponse subscribe(Extension extension, byte[] body, boolean legacy) {
    TelemetryRequest wanted;
    try {
      wanted = TelemetryRequest.parse(body);
    } catch (IllegalArgumentException e) {
      return HttpResponse.json(400, ErrorPayload.api("ValidationError", e.getMessage()));
    }
    if (!hub.subscribe(extension.name, legacy, wanted)) {
      String api = legacy ? "Logs" : "Telemetry";
      return HttpResponse.json(
          403, ErrorPayload.api(api + ".SubscriptionClosed", api + " API subscription is closed"));
    }
    log.platform(
        hub.events().subscription(System.nanoTime(), extension.name, legacy, wanted.types()));
    return HttpResponse.json(200, "\"OK\"");
  }

  @Override
  public void gone(RuntimeConnection connection) {
    // Subscriptions do not end with the connection they came by.
  }
}
