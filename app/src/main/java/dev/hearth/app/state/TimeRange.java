package dev.hearth.app.state;

/** Two times in order, nanoseconds since the epoch. */
public record TimeRange(long from, long to) {
  /** The range between two times in any order. */
  public static TimeRange of(long a, long b) {
    return new TimeRange(Math.min(a, b), Math.max(a, b));
  }
}
