package dev.hearth.runtime.event;

/**
 * Where a log line came from; {@link #PLATFORM} lines (START, END, REPORT) are written by the
 * runtime itself.
 */
public enum LogStream {
  STDOUT,
  STDERR,
  PLATFORM,
  /** The output of an extension's process. */
  EXTENSION
}
