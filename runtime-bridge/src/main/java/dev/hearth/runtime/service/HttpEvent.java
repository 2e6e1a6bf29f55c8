package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of a function URL as the event that its function gets: payload format 2.0
 * (events-and-failure.md section 3.2).
 */
final class HttpEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HttpEvent() {}

  /**
   * @param trace the trace header of the call, which Lambda adds when the caller gave none
   */
  static ObjectNode of(FunctionUrl url, HttpRequest request, String requestId, String trace) {
    Map<String, String> headers = headers(request);
    headers.putIfAbsent("x-amzn-trace-id", trace);
    ObjectNode event = Json.object();
    event.put("version", "2.0");
    event.put("routeKey", "$default");
    event.put("rawPath", request.path());
    String query = request.query();
    event.put("rawQueryString", query == null ? "" : query);
    String cookie = headers.get("cookie");
    if (cookie != null) {
      ArrayNode cookies = event.putArray("cookies");
      for (String each : cookie.split("; *")) {
        cookies.add(each);
      }
    }
    addOwn(headers, url);
    event.set("headers", Json.tree(headers));
    if (query != null && !query.isEmpty()) {
      event.set("queryStringParameters", Json.tree(parameters(query)));
    }
    event.set("requestContext", context(url, request, requestId, headers));
    body(event, request, headers.get("content-type"));
    return event;
  }

  private static Map<String, String> headers(HttpRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers.merge(
                    name.toLowerCase(Locale.ROOT),
                    value,
                    (before, more) ->
                        before + (name.equalsIgnoreCase("cookie") ? "; " : ",") + more));
    headers.remove("connection");
    headers.remove("transfer-encoding");
    return headers;
  }

  private static void addOwn(Map<String, String> headers, FunctionUrl url) {
    headers.putIfAbsent("x-forwarded-for", "127.0.0.1");
    headers.put("x-forwarded-port", Integer.toString(url.port()));
    headers.put("x-forwarded-proto", "http");
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      parameters.merge(name, value, (before, more) -> before + "," + more);
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return ApiCall.decode(text);
    } catch (ApiException e) {
      return text; // What can't be decoded reaches the function as it was sent.
    }
  }

  private static ObjectNode context(
      FunctionUrl url, HttpRequest request, String requestId, Map<String, String> headers) {
    Instant now = Instant.now();
    ObjectNode context = Json.object();
    context.put("accountId", "anonymous");
    context.put("apiId", url.id());
    if (!url.authType().equals(FunctionUrl.NONE)) {
      context.put("accountId", DeployedFunction.ACCOUNT);
      context
          .putObject("authorizer")
          .putObject("iam")
          .put("accessKey", SignatureCheck.accessKey(request))
          .put("accountId", DeployedFunction.ACCOUNT)
          .put("callerId", "local")
          .putNull("cognitoIdentity")
          .putNull("principalOrgId")
          .put("userArn", "arn:aws:iam::" + DeployedFunction.ACCOUNT + ":user/local")
          .put("userId", "local");
    }
    context.put("domainName", headers.getOrDefault("host", "127.0.0.1:" + url.port()));
    context.put("domainPrefix", url.id());
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", decoded(request.path().replace("+", "%2B")))
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "127.0.0.1")
        .put("userAgent", headers.getOrDefault("user-agent", ""));
    context.put("requestId", requestId);
    context.put("routeKey", "$default");
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    return context;
  }

  private static void body(ObjectNode event, HttpRequest request, @Nullable String contentType) {
    byte[] body = request.body();
    String text = body.length == 0 || isBinary(contentType) ? null : text(body);
    if (text != null) {
      event.put("body", text);
    } else if (body.length > 0) {
      event.put("body", Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && text == null);
  }

  /** Forms are among what is not text: their bodies are base64 too, as on Lambda. */
  private static boolean isBinary(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    return !(type.startsWith("text/")
        || type.contains("json")
        || type.contains("xml")
        || type.contains("javascript"));
  }

  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null; // Not text after all: it goes as base64.
    }
  }
}
