package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
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
  private final LogTail tail = new LogTail();
  private @Nullable String requestId;
  private int lines;
  private long characters;
  private long notKept;
  private boolean closed;

  EnvironmentLog(String environmentId, RuntimeEventListener events) {
    this.environmentId = environmentId;
    this.events = events;
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

  /** A line about an init; Lambda leaves it out of the tail. */
  synchronized void initLine(long nanos, String text) {
    events.onEvent(
        new RuntimeEvent.LogLine(nanos, environmentId, requestId, LogStream.PLATFORM, text));
  }

  /** A line of the platform's own; never dropped. */
  synchronized void platform(long nanos, String text) {
    tail.add(text);
    events.onEvent(
        new RuntimeEvent.LogLine(nanos, environmentId, requestId, LogStream.PLATFORM, text));
  }

  /** The last event of the environment; what a stray process still prints is not reported. */
  synchronized void close(RuntimeEvent last) {
    events.onEvent(last);
    closed = true;
  }

  /** A line of the function. */
  synchronized void output(long nanos, LogStream stream, String text) {
    if (closed) {
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

  /** Writes END and REPORT; output from now on belongs to no call. */
  synchronized String end(long nanos, String endLine, String reportLine) {
    closeSpan();
    platform(nanos, endLine);
    platform(nanos, reportLine);
    requestId = null;
    return tail.last();
  }

  private void closeSpan() {
    if (notKept > 0) {
      platform(
          System.nanoTime(),
          "%,d more lines not kept (a call keeps %,d lines or %d MB)"
              .formatted(notKept, MAX_LINES, MAX_CHARACTERS >> 20));
    }
    notKept = 0;
    lines = 0;
    characters = 0;
  }
}
