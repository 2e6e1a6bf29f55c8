package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
import dev.hearth.runtime.function.LogLevel;
import dev.hearth.runtime.function.LoggingConfig;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one environment tells the world, in one order: the events of its life, and the
 * output of its processes, each line given to the call during which it was written. A call keeps a
 * bounded number of lines, so that a handler that prints a gigabyte costs neither memory nor the
 * lines that matter.
 */
final class EnvironmentLog {
  static final int MAX_LINES = 10_000;
  static final int MAX_CHARACTERS = 8 << 20;

  private final String environmentId;
  private final RuntimeEventListener events;
  private final LoggingConfig logging;
  private final @Nullable SecretMask secrets;
  private final LogTail tail = new LogTail();
  private @Nullable String requestId;
  private int lines;
  private long characters;
  private long notKept;
  private boolean closed;
  private @Nullable Telemetry telemetry;

  /** Who subscribers' telemetry goes through. Called with the log's monitor held: in order. */
  interface Telemetry {
    void platform(PlatformEvent event);

    /** A line of the function or of an extension. */
    void output(long nanos, LogStream stream, String text);

    /** The event as the JSON log has it. */
    String json(PlatformEvent event);
  }

  /** From now on telemetry goes there. */
  synchronized void telemetry(Telemetry current) {
    telemetry = current;
  }

  /** A log of text. */
  EnvironmentLog(String environmentId, RuntimeEventListener events) {
    this(environmentId, events, LoggingConfig.TEXT, null);
  }

  /**
   * @param secrets blotted out of the function's output; null when there are none
   */
  EnvironmentLog(
      String environmentId,
      RuntimeEventListener events,
      LoggingConfig logging,
      @Nullable SecretMask secrets) {
    this.environmentId = environmentId;
    this.events = events;
    this.logging = logging;
    this.secrets = secrets;
  }

  String environmentId() {
    return environmentId;
  }

  synchronized void publish(RuntimeEvent event) {
    events.onEvent(event);
  }

  /** From now on output belongs to this call. */
  synchronized void begin(String requestId) {
    closeSpan();
    this.requestId = requestId;
    tail.clear();
  }

  /** Something that the platform reports; never dropped but by the system log level. */
  synchronized void platform(PlatformEvent event) {
    Telemetry current = telemetry;
    String line = event.text();
    if (logging.isJson()) {
      line = current != null && isLogged(event) ? current.json(event) : "";
    }
    if (!line.isEmpty()) {
      // Lambda leaves the line that opens an init out of the tail.
      platform(event.nanos(), line, !event.type().equals(PlatformEvent.INIT_START));
    }
    if (current != null) {
      current.platform(event);
    }
  }

  private boolean isLogged(PlatformEvent event) {
    LogLevel least = logging.systemLevel();
    return event.isInJsonLog() && least != null && event.level().compareTo(least) >= 0;
  }

  private void platform(long nanos, String text, boolean inTail) {
    if (inTail) {
      tail.add(text);
    }
    events.onEvent(
        new RuntimeEvent.LogLine(nanos, environmentId, requestId, LogStream.PLATFORM, text));
  }

  /** The last event of the environment; what a stray process still prints is not reported. */
  synchronized void close(RuntimeEvent last) {
    events.onEvent(last);
    closed = true;
  }

  /** A line of the function. */
  void output(long nanos, LogStream stream, String text) {
    line(nanos, stream, masked(text));
  }

  /** A text of the function without the function's secrets. */
  String masked(String text) {
    return secrets == null ? text : secrets.apply(text);
  }

  private synchronized void line(long nanos, LogStream stream, String text) {
    if (closed) {
      return;
    }
    if (telemetry != null) {
      telemetry.output(nanos, stream, text);
    }
    LogLevel least = logging.applicationLevel();
    if (least != null && LogRecordLevel.of(text).compareTo(least) < 0) {
      return;
    }
    if (requestId != null) {
      tail.add(text);
    }
    if (lines >= MAX_LINES || characters >= MAX_CHARACTERS) {
      notKept++;
      return;
    }
    lines++;
    characters += text.length();
    events.onEvent(new RuntimeEvent.LogLine(nanos, environmentId, requestId, stream, text));
  }

  /** Whether the function's output is dropped by now, so that making lines of it is wasted. */
  synchronized boolean full() {
    return closed || lines >= MAX_LINES || characters >= MAX_CHARACTERS;
  }

  /** Counts lines that were dropped before they were made. */
  synchronized void skipped(long count) {
    notKept += count;
  }

  /** Memory of the processes now, for the call that runs. */
  synchronized void memory(long nanos, long bytes) {
    events.onEvent(new RuntimeEvent.MemorySample(nanos, environmentId, requestId, bytes));
  }

  /** The call is over: output from now on belongs to none. Returns the tail of its log. */
  synchronized String end(PlatformEvent end, PlatformEvent report) {
    closeSpan();
    platform(end);
    platform(report);
    requestId = null;
    return tail.last();
  }

  private void closeSpan() {
    if (notKept > 0) {
      platform(
          System.nanoTime(),
          "%,d more lines not kept (a call keeps %,d lines or %d MB)"
              .formatted(notKept, MAX_LINES, MAX_CHARACTERS >> 20),
          true);
    }
    notKept = 0;
    lines = 0;
    characters = 0;
  }
}
