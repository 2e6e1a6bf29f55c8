package dev.hearth.runtime.cost;

/**
 * One step of the monthly duration price.
 *
 * @param gbSeconds how many GB-seconds this step covers; {@link #NO_END} for the last
 * @param picoUsdPerGbSecond 10^-12 dollars
 */
public record Tier(long gbSeconds, long picoUsdPerGbSecond) {
  /** The size of a step that goes on for ever. */
  public static final long NO_END = Long.MAX_VALUE;
}
