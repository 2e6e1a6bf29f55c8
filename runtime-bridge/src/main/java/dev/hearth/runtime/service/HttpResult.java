package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a function returned as the answer of its URL (invoke-api.md section 4). */
final class HttpResult {
  private static final int SEPARATOR = 8;

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

  /** A status may be a number or text with one; null when it is neither, or out of range. */
  private static @Nullable Integer status(JsonNode given) {
    String text = given.asString("");
    return text.matches("[1-5]\\d\\d") ? Integer.valueOf(text) : null;
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

  private static HttpResponse decorated(HttpResponse response, ObjectNode from, String type) {
    boolean typed = false;
    JsonNode headers = from.path("headers");
    for (var header : headers.properties()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      typed |= name.equals("content-type");
      if (!name.equals("content-length") && !name.equals("transfer-encoding")) {
        response.header(header.getKey(), header.getValue().asString(""));
      }
    }
    if (!typed) {
      response.header("Content-Type", type);
    }
    from.path("cookies").forEach(cookie -> response.header("set-cookie", cookie.asString("")));
    return response;
  }

  /** The answer to streamed bytes, with or without a prelude that says status and headers. */
  static HttpResponse streamed(byte[] payload) {
    int end = preludeEnd(payload);
    if (end > 0 && payload[0] == '{') {
      try {
        ObjectNode prelude = Json.read(new String(payload, 0, end, UTF_8), ObjectNode.class);
        Integer status = prelude.has("statusCode") ? status(prelude.get("statusCode")) : 200;
        byte[] body = Arrays.copyOfRange(payload, end + SEPARATOR, payload.length);
        return decorated(
            HttpResponse.of(status == null ? 200 : status, body),
            prelude,
            "application/octet-stream");
      } catch (JacksonException e) {
        return FunctionUrlFront.internalError();
      }
    }
    return HttpResponse.of(200, payload).header("Content-Type", "application/octet-stream");
  }

  private static int preludeEnd(byte[] payload) {
    int zeros = 0;
    for (int i = 0; i < payload.length; i++) {
      zeros = payload[i] == 0 ? zeros + 1 : 0;
      if (zeros == SEPARATOR) {
        return i - SEPARATOR + 1;
      }
    }
    return -1;
  }
}
