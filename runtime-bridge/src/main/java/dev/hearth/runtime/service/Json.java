package dev.hearth.runtime.service;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests and records, writes answers, and checks that an event is JSON. */
final class Json {
  /** An archive of the largest size in base64 is one string. */
  private static final int LONGEST_STRING = 80_000_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_STRING).build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws JacksonException when it is of another form
   */
  static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /**
   * @throws ApiException InvalidRequestContentException when it is no JSON object
   */
  static ObjectNode parseObject(byte[] bytes) throws ApiException {
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
      throw ApiException.invalidRequestContent(
          "Could not parse request body into json: an object is expected");
    } catch (JacksonException e) {
      throw ApiException.invalidRequestContent(
          "Could not parse request body into json: " + words(e));
    }
  }

  private static String words(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null
        ? e.getOriginalMessage()
        : e.getOriginalMessage()
            + " at line "
            + location.getLineNr()
            + ", column "
            + location.getColumnNr();
  }

  /** What is wrong with the text; null when it is one JSON value. */
  static @Nullable String problem(byte[] text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() == null ? null : "Text follows the JSON value";
    } catch (JacksonException e) {
      return words(e);
    }
  }

  /** Whether the text is one JSON object. */
  static boolean isObject(byte[] text) {
    return problem(text) == null
        && new String(text, StandardCharsets.UTF_8).stripLeading().startsWith("{");
  }
}
