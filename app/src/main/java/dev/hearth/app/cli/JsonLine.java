package dev.hearth.app.cli;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object on one line. Uses Jackson's streaming layer only: data binding costs a command
 * line more time to load than the call it reports.
 */
final class JsonLine implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int PICO_DIGITS = 12;

  private final StringWriter text = new StringWriter();
  private final JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text);

  JsonLine() {
    generator.writeStartObject();
  }

  JsonLine text(String name, @Nullable String value) {
    if (value != null) {
      generator.writeStringProperty(name, value);
    }
    return this;
  }

  JsonLine number(String name, long value) {
    generator.writeNumberProperty(name, value);
    return this;
  }

  JsonLine flag(String name, boolean value) {
    generator.writeBooleanProperty(name, value);
    return this;
  }

  /** Milliseconds with three decimals; null when nothing was measured (below zero). */
  JsonLine millis(String name, long nanos) {
    if (nanos < 0) {
      generator.writeNullProperty(name);
    } else {
      decimal(name, (nanos + 500) / 1000, 3);
    }
    return this;
  }

  /** Whole megabytes, rounded up as Lambda does; null when nothing was measured. */
  JsonLine megabytes(String name, long bytes) {
    if (bytes < 0) {
      generator.writeNullProperty(name);
    } else {
      generator.writeNumberProperty(name, Math.ceilDiv(bytes, 1L << 20));
    }
    return this;
  }

  JsonLine dollars(String name, long picoUsd) {
    decimal(name, picoUsd, PICO_DIGITS);
    return this;
  }

  /** Without BigDecimal, whose first use takes the JVM longer than a warm call of a function. */
  private void decimal(String name, long unscaled, int scale) {
    String digits = Long.toString(unscaled);
    String padded = "0".repeat(Math.max(0, scale + 1 - digits.length())) + digits;
    int point = padded.length() - scale;
    generator.writeName(name);
    generator.writeNumber(padded.substring(0, point) + '.' + padded.substring(point));
  }

  /** A payload: as JSON when it is JSON, else as a string. */
  JsonLine payload(String name, byte[] bytes) {
    generator.writeName(name);
    String value = utf8(bytes);
    if (value != null && isJson(value)) {
      try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value)) {
        parser.nextToken();
        generator.copyCurrentStructure(parser);
      }
    } else {
      generator.writeString(new String(bytes, StandardCharsets.UTF_8));
    }
    return this;
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isJson(String value) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  /** Ends the object and gives the line, without a line break. */
  String line() {
    generator.writeEndObject();
    generator.flush();
    return text.toString();
  }

  @Override
  public void close() {
    generator.close();
  }
}
