package dev.hearth.runtime.cost;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One step of the monthly duration price.
 *
 * @param gbSeconds how many GB-seconds this step covers; null for the last, which has no end
 * @param perGbSecond dollars
 */
public record Tier(@Nullable BigDecimal gbSeconds, BigDecimal perGbSecond) {}
