package dev.hearth.app.project;

import dev.hearth.runtime.event.LogStream;

/** One log line; {@code at} is nanoseconds since the epoch. */
public record LogEntry(long at, LogStream stream, String text) {}
