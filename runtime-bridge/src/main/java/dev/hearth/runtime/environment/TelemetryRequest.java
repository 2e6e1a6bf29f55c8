package dev.hearth.runtime.environment;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What an extension asks of the Telemetry API or the older Logs API (runtime-api.md section 5).
 *
 * @param types of {@code platform}, {@code function}, {@code extension}
 * @param structured whether JSON lines are delivered as objects: since schema 2022-12-13
 * @param maxItems records in a delivery
 * @param maxBytes bytes in a delivery
 * @param timeoutMillis how long the first record of a delivery waits for others
 * @param port on the loopback interface
 * @param path of an HTTP destination; null for TCP
 */
record TelemetryRequest(
    List<String> types,
    boolean structured,
    int maxItems,
    int maxBytes,
    int timeoutMillis,
    int port,
    @Nullable String path) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> TYPES = Set.of("platform", "function", "extension");
  private static final Set<String> HOSTS = Set.of("sandbox.localdomain", "sandbox");
  private static final Set<String> SCHEMAS =
      Set.of("2022-07-01", "2022-12-13", "2025-01-29", "2020-08-15", "2021-03-18");

  /**
   * @throws IllegalArgumentException when a member breaks its rule; the message says which
   */
  static TelemetryRequest parse(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
    String schema = json.path("schemaVersion").asString("2022-07-01");
    if (!SCHEMAS.contains(schema)) {
      throw new IllegalArgumentException("schemaVersion " + schema + " is not supported");
    }
    JsonNode buffering = json.path("buffering");
    JsonNode destination = json.path("destination");
    int maxItems = number(buffering, "maxItems", 10_000, 1_000, 10_000);
    int maxBytes = number(buffering, "maxBytes", 262_144, 262_144, 1_048_576);
    int timeout = number(buffering, "timeoutMs", 1_000, 25, 30_000);
    boolean structured = schema.compareTo("2022-12-13") >= 0;
    String protocol = destination.path("protocol").asString("");
    if (protocol.equals("TCP")) {
      int port = number(destination, "port", 0, 1, 65_535);
      return new TelemetryRequest(types(json), structured, maxItems, maxBytes, timeout, port, null);
    }
    if (!protocol.equals("HTTP")) {
      throw new IllegalArgumentException("destination.protocol must be HTTP or TCP");
    }
    URI uri = uri(destination);
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new TelemetryRequest(
        types(json), structured, maxItems, maxBytes, timeout, uri.getPort(), path);
  }

  private static List<String> types(JsonNode json) {
    List<String> types = new ArrayList<>();
    for (JsonNode type : json.path("types")) {
      if (!TYPES.contains(type.asString(""))) {
        throw new IllegalArgumentException("types must be among platform, function, extension");
      }
      types.add(type.asString());
    }
    if (types.isEmpty()) {
      throw new IllegalArgumentException("types must not be empty");
    }
    return List.copyOf(types);
  }

  private static int number(JsonNode in, String name, int fallback, int low, int high) {
    JsonNode value = in.path(name);
    int number = value.isMissingNode() ? fallback : value.asInt(Integer.MIN_VALUE);
    if (number < low || number > high) {
      throw new IllegalArgumentException("%s must be between %d and %d".formatted(name, low, high));
    }
    return number;
  }

  private static URI uri(JsonNode destination) {
    URI uri;
    try {
      uri = URI.create(destination.path("URI").asString(""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("destination.URI is not a URI", e);
    }
    if (!"http".equals(uri.getScheme()) || !HOSTS.contains(String.valueOf(uri.getHost()))) {
      throw new IllegalArgumentException(
          "destination.URI must begin with http://sandbox.localdomain or http://sandbox");
    }
    if (uri.getPort() < 1) {
      throw new IllegalArgumentException("destination.URI must name a port");
    }
    return uri;
  }
}
