package dev.hearth.app.project.json;

import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds the HTTP status in the answer of a function behind an HTTP trigger. */
public final class HttpAnswer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_BYTES = 1 << 16;

  private HttpAnswer() {}

  /** The number at {@code statusCode} of a JSON object; empty when there is none. */
  public static OptionalInt status(byte[] response) {
    if (response.length == 0 || response[0] != '{' || response.length > MOST_BYTES) {
      return OptionalInt.empty();
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), response)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("statusCode");
        JsonToken value = parser.nextToken();
        if (wanted && value == JsonToken.VALUE_NUMBER_INT) {
          int status = parser.getIntValue();
          return status >= 100 && status <= 599 ? OptionalInt.of(status) : OptionalInt.empty();
        }
        parser.skipChildren();
      }
      return OptionalInt.empty();
    } catch (JacksonException e) {
      return OptionalInt.empty();
    }
  }
}
