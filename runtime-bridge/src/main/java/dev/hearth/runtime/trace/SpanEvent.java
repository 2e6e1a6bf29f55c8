package dev.hearth.runtime.trace;

/** An event of a span; only exceptions are of interest. */
final class SpanEvent {
  String name = "";
  private String type = "";
  private String message = "";

  void put(String key, String value) {
    switch (key) {
      case "exception.type" -> type = value;
      case "exception.message" -> message = value;
      default -> {
        // The stack trace stands in the log.
      }
    }
  }

  boolean isException() {
    return name.equals("exception");
  }

  String words() {
    return type.isEmpty() || message.isEmpty() ? type + message : type + ": " + message;
  }
}
