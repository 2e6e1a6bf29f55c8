package dev.hearth.runtime.service;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Writes the API's answers and checks that an event is JSON. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** What is wrong with the text; null when it is one JSON value. */
  static @Nullable String problem(byte[] text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() == null ? null : "Text follows the JSON value";
    } catch (JacksonException e) {
      return e.getOriginalMessage()
          + " at line "
          + e.getLocation().getLineNr()
          + ", column "
          + e.getLocation().getColumnNr();
    }
  }

  /** Whether the text is one JSON object. */
  static boolean isObject(byte[] text) {
    return problem(text) == null
        && new String(text, StandardCharsets.UTF_8).stripLeading().startsWith("{");
  }
}
