package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.LogLevel;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that the platform reports: as a line of text, as JSON, and to subscribers of the
 * Telemetry and Logs APIs (runtime-api.md section 5, lifecycle.md section 5.2).
 *
 * @param nanos monotonic time
 * @param type {@code platform.start} and so on
 * @param level what the system log level is compared with
 * @param text the line of the text format; empty when it has none
 * @param record the JSON of {@code record}, made when somebody wants it
 */
record PlatformEvent(
    long nanos, String type, LogLevel level, String text, Supplier<ObjectNode> record) {
  static final String INIT_START = "platform.initStart";
  static final String END = "platform.end";

  /** Whether the JSON log has it; the end of a call is known to text and the Logs API alone. */
  boolean isInJsonLog() {
    return !type.equals(END);
  }
}
