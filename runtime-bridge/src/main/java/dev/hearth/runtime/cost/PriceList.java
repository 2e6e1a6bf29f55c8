package dev.hearth.runtime.cost;

import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.time.LocalDate;
import java.util.List;

/**
 * Lambda's prices on one date in one region (limits-and-pricing.md section 3). Bills are dated, so
 * a list is never changed: a new one is added. Prices are whole numbers of 10^-12 dollars, in which
 * all of Lambda's are exact.
 *
 * @param date the day on which the prices were published
 * @param region the region they hold for
 * @param picoUsdPerRequest for one request
 * @param x86 tiers for x86_64, first tier first
 * @param arm tiers for arm64, first tier first
 * @param picoUsdPerStorageGbSecond for one GB-second of ephemeral storage above 512 MB
 */
public record PriceList(
    LocalDate date,
    String region,
    long picoUsdPerRequest,
    List<Tier> x86,
    List<Tier> arm,
    long picoUsdPerStorageGbSecond) {
  private static final long MB_MILLIS_PER_GB_SECOND = 1024 * 1000;
  private static final int INCLUDED_STORAGE_MB = 512;

  private static final PriceList CURRENT =
      new PriceList(
          LocalDate.of(2026, 9, 19),
          "us-east-1",
          200_000,
          List.of(
              new Tier(6_000_000_000L, 16_666_700),
              new Tier(9_000_000_000L, 15_000_000),
              new Tier(Tier.NO_END, 13_333_400)),
          List.of(
              new Tier(7_500_000_000L, 13_333_400),
              new Tier(11_250_000_000L, 12_000_100),
              new Tier(Tier.NO_END, 10_666_700)),
          30_900);

  public PriceList {
    x86 = List.copyOf(x86);
    arm = List.copyOf(arm);
  }

  /** The newest list that Hearth carries. */
  public static PriceList current() {
    return CURRENT;
  }

  /** The tiers of an architecture, first tier first; the last one has no end. */
  public List<Tier> tiers(Architecture architecture) {
    return architecture == Architecture.ARM64 ? arm : x86;
  }

  /**
   * What one synchronous invocation costs at the first tier without free tier: request, duration
   * and ephemeral storage above 512 MB. In whole numbers, since the first use of {@code BigDecimal}
   * takes the JVM longer than a warm call of a function.
   *
   * @param billedMillis whole milliseconds, init included
   * @return 10^-12 dollars, rounded half up
   */
  public long invocationCostPicoUsd(FunctionConfiguration configuration, long billedMillis) {
    long perGbSecond = tiers(configuration.architecture()).getFirst().picoUsdPerGbSecond();
    long extra = Math.max(0, configuration.ephemeralStorage() - INCLUDED_STORAGE_MB);
    long picoPerMilli =
        Math.addExact(
            Math.multiplyExact(configuration.memorySize(), perGbSecond),
            Math.multiplyExact(extra, picoUsdPerStorageGbSecond));
    long scaled = Math.multiplyExact(picoPerMilli, billedMillis);
    return picoUsdPerRequest
        + Math.floorDiv(scaled + MB_MILLIS_PER_GB_SECOND / 2, MB_MILLIS_PER_GB_SECOND);
  }
}
