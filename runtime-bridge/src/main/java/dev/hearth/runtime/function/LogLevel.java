package dev.hearth.runtime.function;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The levels of Lambda's advanced logging, least important first (lifecycle.md section 5.2). */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /**
   * The level that a log record names: any case, and the names that the languages' loggers use.
   *
   * @return null when it is none
   */
  public static @Nullable LogLevel parse(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TRACE" -> TRACE;
      case "DEBUG" -> DEBUG;
      case "INFO", "INFORMATION" -> INFO;
      case "WARN", "WARNING" -> WARN;
      case "ERROR" -> ERROR;
      case "FATAL", "CRITICAL" -> FATAL;
      default -> null;
    };
  }
}
