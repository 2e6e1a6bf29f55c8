package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of the API on its way to its operation.
 *
 * @param operation its name in the model
 * @param path the parameters in the path, decoded
 * @param endpoint where this server is reached, without a slash at the end
 */
record ApiCall(
    HttpRequest request,
    String operation,
    Map<String, String> path,
    String requestId,
    String endpoint) {
  private static final int MOST_MAX_ITEMS = 10_000;

  /** A parameter of the path; the route made sure that it is there. */
  String parameter(String name) {
    return path.getOrDefault(name, "");
  }

  /** A parameter of the query; null when it was not given. */
  @Nullable String query(String name) throws ApiException {
    List<String> all = queries(name);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** All values of a parameter of the query. */
  List<String> queries(String name) throws ApiException {
    List<String> values = new ArrayList<>();
    String query = request.query();
    if (query == null) {
      return values;
    }
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (decode(key).equals(name)) {
        values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  static String decode(String text) throws ApiException {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidParameter("\"" + text + "\" is not percent-encoded correctly.");
    }
  }

  Body body() throws ApiException {
    if (request.bodyState() == HttpRequest.Body.TOO_LARGE) {
      throw ApiException.requestTooLarge(
          "Request must be smaller than "
              + LambdaApi.bodyLimit(request.method(), request.path())
              + " bytes for the "
              + operation
              + " operation");
    }
    return Body.parse(request.body());
  }

  /** The function that the path names, with the qualifier of path or query. */
  FunctionReference function() throws ApiException {
    return function(parameter("FunctionName"));
  }

  FunctionReference function(String name) throws ApiException {
    return FunctionReference.parse(name, query("Qualifier"), Routes.namespaced(operation));
  }

  /**
   * How many items a page has at most.
   *
   * @param most what the operation gives at most
   */
  int maxItems(int most) throws ApiException {
    String text = query("MaxItems");
    if (text == null) {
      return most;
    }
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ApiException.invalidParameter("MaxItems \"" + text + "\" is not a number.");
    }
    new Checks().range("maxItems", value, 1, MOST_MAX_ITEMS).verify();
    return Math.min(value, most);
  }

  static HttpResponse json(int status, Object value) {
    return HttpResponse.of(status, Json.bytes(value)).header("Content-Type", "application/json");
  }

  static HttpResponse noContent() {
    return HttpResponse.of(204);
  }
}
