package dev.hearth.runtime.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where our runtime clients tell what loading the handler was made of, when they were started to
 * measure it. Lambda has nothing like it.
 */
final class ImportsApi implements Endpoint {
  private static final String PATH = "/hearth/imports";

  private volatile @Nullable ImportTimes times;

  /** What was told; null when nothing was. */
  @Nullable ImportTimes times() {
    return times;
  }

  @Override
  public @Nullable Next handle(RuntimeConnection connection, HttpRequest request)
      throws IOException {
    if (!request.path().equals(PATH) || !request.method().equals("POST")) {
      return null;
    }
    if (times == null) {
      times = ImportReport.parse(new String(request.body(), UTF_8));
    }
    connection.write(HttpResponse.of(204));
    return Next.READ;
  }

  @Override
  public void gone(RuntimeConnection connection) {
    // No request of this interface waits.
  }
}
