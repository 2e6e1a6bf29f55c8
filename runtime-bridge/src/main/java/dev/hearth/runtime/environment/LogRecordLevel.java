package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.LogLevel;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The level of a line of the application in the JSON log format: what its {@code level} says when
 * it also carries a valid {@code timestamp}, else INFO (lifecycle.md section 5.2).
 */
final class LogRecordLevel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LogRecordLevel() {}

  static LogLevel of(String line) {
    if (!line.startsWith("{")) {
      return LogLevel.INFO;
    }
    try {
      JsonNode record = JSON.readTree(line);
      LogLevel level = LogLevel.parse(record.path("level").asString(""));
      return level == null || !isTime(record.path("timestamp").asString(""))
          ? LogLevel.INFO
          : level;
    } catch (JacksonException e) {
      return LogLevel.INFO;
    }
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
