package dev.hearth.app.project;

/** One sample of resident memory; {@code at} is nanoseconds since the epoch. */
public record MemoryPoint(long at, long bytes) {}
