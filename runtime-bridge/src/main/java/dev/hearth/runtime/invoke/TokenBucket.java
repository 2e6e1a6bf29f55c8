package dev.hearth.runtime.invoke;

import java.util.function.LongSupplier;

/** A rate: so much at once, and as much again over a period. Guarded by its owner. */
final class TokenBucket {
  private final LongSupplier nanoTime;
  private final long nanosPerToken;
  private final long fullNanos;

  /** What is there, as the time that it took to gather. */
  private long gathered;

  private long last;

  /**
   * @param capacity tokens at once, and per period
   * @param periodNanos in which an empty one fills
   */
  TokenBucket(int capacity, long periodNanos, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.nanosPerToken = capacity == 0 ? Long.MAX_VALUE : Math.max(1, periodNanos / capacity);
    this.fullNanos = nanosPerToken == Long.MAX_VALUE ? 0 : nanosPerToken * capacity;
    this.gathered = fullNanos;
    this.last = nanoTime.getAsLong();
  }

  /** Takes one; false when there is none. */
  boolean take() {
    long now = nanoTime.getAsLong();
    gathered = Math.min(fullNanos, gathered + Math.max(0, now - last));
    last = now;
    if (gathered < nanosPerToken) {
      return false;
    }
    gathered -= nanosPerToken;
    return true;
  }
}
