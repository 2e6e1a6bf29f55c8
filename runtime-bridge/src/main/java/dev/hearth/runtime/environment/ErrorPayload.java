package dev.hearth.runtime.environment;

import dev.hearth.runtime.http.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** The bytes that a caller gets for a failed call, in Lambda's words (lifecycle.md section 3). */
public final class ErrorPayload {
  static final String TIMED_OUT = "Sandbox.Timedout";
  static final String EXIT_ERROR = "Runtime.ExitError";
  static final String OUT_OF_MEMORY = "Runtime.OutOfMemory";
  static final String RESPONSE_TOO_LARGE = "Function.ResponseSizeTooLarge";

  private static final Pattern KNOWN = Pattern.compile("(Runtime|Function)\\.[A-Z][a-zA-Z]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  private ErrorPayload() {}

  /** A fault that the platform reports: {@code errorType} first, the request id in the message. */
  public static byte[] platform(String errorType, String requestId, String text) {
    return bytes(
        "{\"errorType\":"
            + JsonString.htmlSafe(errorType)
            + ",\"errorMessage\":"
            + JsonString.htmlSafe("RequestId: " + requestId + " Error: " + text)
            + "}");
  }

  static byte[] timedOut(String requestId, int seconds) {
    return platform(TIMED_OUT, requestId, "Task timed out after " + seconds + ".00 seconds");
  }

  static byte[] responseTooLarge(int limit) {
    return bytes(
        "{\"errorMessage\":\"Response payload size exceeded maximum allowed payload size ("
            + limit
            + " bytes).\",\"errorType\":\""
            + RESPONSE_TOO_LARGE
            + "\"}");
  }

  /** A fault of the function's code in the form that runtimes report: message, type, stack. */
  public static byte[] ofFunction(String errorType, String message, List<String> stackTrace) {
    StringBuilder json =
        new StringBuilder("{\"errorMessage\":").append(JsonString.htmlSafe(message));
    json.append(",\"errorType\":")
        .append(JsonString.htmlSafe(errorType))
        .append(",\"stackTrace\":[");
    for (int i = 0; i < stackTrace.size(); i++) {
      json.append(i == 0 ? "" : ",").append(JsonString.htmlSafe(stackTrace.get(i)));
    }
    return bytes(json.append("]}").toString());
  }

  /** The answer of the Runtime API to a refused call: message first (runtime-api.md section 1). */
  static String api(String errorType, String message) {
    return "{\"errorMessage\":"
        + JsonString.htmlSafe(message)
        + ",\"errorType\":"
        + JsonString.htmlSafe(errorType)
        + "}\n";
  }

  /**
   * What a runtime posted, as the caller gets it: unchanged, except that of a body with an error
   * cause only the three public members pass (runtime-api.md section 2.3).
   */
  static byte[] posted(byte[] body, @Nullable String contentType) {
    if (!"application/vnd.aws.lambda.error.cause+json".equals(contentType)) {
      return body;
    }
    try {
      ObjectNode kept = JSON.createObjectNode();
      JsonNode all = JSON.readTree(body);
      for (String name : List.of("errorMessage", "errorType", "stackTrace")) {
        if (all.has(name)) {
          kept.set(name, all.get(name));
        }
      }
      return JSON.writeValueAsBytes(kept);
    } catch (JacksonException e) {
      return body;
    }
  }

  /**
   * The type of an error that a runtime posted, for people: the body's {@code errorType} when it
   * has one, else the header's.
   */
  static String typeOf(byte[] body, @Nullable String header) {
    try {
      String type = JSON.readTree(body).path("errorType").asString("");
      if (!type.isEmpty()) {
        return type;
      }
    } catch (JacksonException e) {
      return reported(header);
    }
    return reported(header);
  }

  /** The type as log lines carry it: Lambda keeps only types of its own form. */
  static String reported(@Nullable String header) {
    String text = header == null ? "" : header;
    Matcher matcher = KNOWN.matcher(text);
    if (matcher.find()) {
      return text;
    }
    return text.startsWith("Function.") ? "Function.Unknown" : "Runtime.Unknown";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
