package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.http.HttpResponse;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a function returned as the answer of its URL (invoke-api.md section 4). */
final class HttpResult {
  private HttpResult() {}

  /** The answer to a result that came as a whole. */
  static HttpResponse buffered(byte[] payload) {
    JsonNode result;
    try {
      result = Json.read(new String(payload, UTF_8), JsonNode.class);
    } catch (JacksonException e) {
      return FunctionUrlFront.internalError();
    }
    if (result instanceof ObjectNode object && object.has("statusCode")) {
      return explicit(object);
    }
    byte[] body = result.isString() ? result.stringValue().getBytes(UTF_8) : Json.bytes(result);
    return HttpResponse.of(200, body).header("Content-Type", "application/json");
  }

  private static HttpResponse explicit(ObjectNode result) {
    Integer status = status(result.get("statusCode"));
    byte[] body = body(result);
    return status == null || body == null
        ? FunctionUrlFront.internalError()
        : decorated(HttpResponse.of(status, body), result, "application/json");
  }

  /**
   * A status may be a number or text with one; null when it is neither, or out of range. 1xx is no
   * end of an exchange: whoever waited for the answer would wait for ever.
   */
  static @Nullable Integer status(JsonNode given) {
    String text = given.asString("");
    return text.matches("[2-5]\\d\\d") ? Integer.valueOf(text) : null;
  }

  private static byte @Nullable [] body(ObjectNode result) {
    JsonNode body = result.get("body");
    if (body == null || body.isNull()) {
      return new byte[0];
    }
    if (!body.isString()) {
      return Json.bytes(body);
    }
    if (!result.path("isBase64Encoded").asBoolean(false)) {
      return body.stringValue().getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body.stringValue());
    } catch (IllegalArgumentException e) {
      return null; // The function said base64 and it is none: a bad shape.
    }
  }

  /** Adds the headers and cookies that a function gave. */
  static HttpResponse decorated(HttpResponse response, ObjectNode from, String type) {
    boolean typed = false;
    for (var header : from.path("headers").properties()) {
      typed |= header.getKey().equalsIgnoreCase("content-type");
      put(response, header.getKey(), header.getValue());
    }
    for (var header : from.path("multiValueHeaders").properties()) {
      typed |= header.getKey().equalsIgnoreCase("content-type");
      header.getValue().forEach(value -> put(response, header.getKey(), value));
    }
    if (!typed) {
      response.header("Content-Type", type);
    }
    from.path("cookies").forEach(cookie -> response.header("set-cookie", cookie.asString("")));
    return response;
  }

  /** The length and the form of the body are told by whoever writes it. */
  private static void put(HttpResponse response, String name, JsonNode value) {
    if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("transfer-encoding")) {
      response.header(name, value.asString(""));
    }
  }

  /** What a function returned as a whole through a URL that streams: its bytes as they are. */
  static HttpResponse raw(byte[] payload) {
    return HttpResponse.of(200, payload).header("Content-Type", "application/octet-stream");
  }
}
