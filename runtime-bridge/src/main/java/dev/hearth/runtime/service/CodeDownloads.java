package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpResponse;
import java.util.Optional;

/**
 * Serves the archives that GetFunction and GetLayerVersion point to. The hash of an archive is its
 * address: whoever knows it has seen the answer that names it.
 */
final class CodeDownloads {
  private static final String PREFIX = "/_code/";

  private final ControlPlane plane;

  CodeDownloads(ControlPlane plane) {
    this.plane = plane;
  }

  static String location(ApiCall call, FunctionState state) {
    return location(call, state.code().zipSha256()) + "?function=" + state.name();
  }

  static String location(ApiCall call, String sha256) {
    return call.endpoint() + PREFIX + sha256;
  }

  static boolean is(String path) {
    return path.startsWith(PREFIX);
  }

  /** The archive; 404 when nothing has that hash any more. */
  HttpResponse serve(String path, String query) throws ApiException {
    String sha256 = path.substring(PREFIX.length());
    Optional<byte[]> kept =
        sha256.matches("[0-9a-f]{64}") ? plane.records().archive(sha256) : Optional.empty();
    if (kept.isPresent()) {
      return zip(kept.get());
    }
    Optional<FunctionState> latest =
        query.startsWith("function=")
            ? plane.latest(query.substring("function=".length()))
            : Optional.empty();
    if (latest.isPresent() && latest.get().code().zipSha256().equals(sha256)) {
      return zip(plane.functions().archive(latest.get()));
    }
    throw ApiException.notFound(
        "The code has changed since its location was asked for. Call GetFunction again.");
  }

  private static HttpResponse zip(byte[] bytes) {
    return HttpResponse.of(200, bytes).header("Content-Type", "application/zip");
  }
}
