package dev.hearth.runtime.event;

import java.time.Instant;

/**
 * One moment on both clocks, so that monotonic times can be shown as wall-clock times and stored
 * across restarts.
 *
 * @param nanos {@link System#nanoTime()} at that moment
 * @param wall the wall clock at that moment
 */
public record ClockAnchor(long nanos, Instant wall) {
  public static ClockAnchor now() {
    return new ClockAnchor(System.nanoTime(), Instant.now());
  }

  public Instant toInstant(long otherNanos) {
    return wall.plusNanos(otherNanos - nanos);
  }

  /** Nanoseconds since the epoch (good until the year 2262). */
  public long toEpochNanos(long otherNanos) {
    return Math.addExact(Math.multiplyExact(wall.getEpochSecond(), 1_000_000_000L), wall.getNano())
        + (otherNanos - nanos);
  }
}
