package dev.hearth.runtime.cost;

import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.ProvisionedUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
 * @param x86Ahead provisioned concurrency on x86_64
 * @param armAhead provisioned concurrency on arm64
 * @param picoUsdPerStorageGbSecond for one GB-second of ephemeral storage above 512 MB
 */
public record PriceList(
    LocalDate date,
    String region,
    long picoUsdPerRequest,
    List<Tier> x86,
    List<Tier> arm,
    Ahead x86Ahead,
    Ahead armAhead,
    long picoUsdPerStorageGbSecond) {
  private static final long MB_MILLIS_PER_GB_SECOND = 1024 * 1000;
  private static final int INCLUDED_STORAGE_MB = 512;
  private static final BigDecimal MB_PER_GB = BigDecimal.valueOf(1024);
  private static final long AHEAD_STEP_NANOS = 5 * 60 * 1_000_000_000L;

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
          new Ahead(4_166_700, 9_722_200),
          new Ahead(3_333_400, 7_777_800),
          30_900);

  /**
   * Prices of environments that are kept ready, in 10^-12 dollars; they have no tiers.
   *
   * @param picoUsdPerKeptGbSecond for memory that is kept, called or not
   * @param picoUsdPerRunGbSecond for the duration of calls on it
   */
  public record Ahead(long picoUsdPerKeptGbSecond, long picoUsdPerRunGbSecond) {}

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

  /** What an architecture costs that is kept ready. */
  public Ahead ahead(Architecture architecture) {
    return architecture == Architecture.ARM64 ? armAhead : x86Ahead;
  }

  /**
   * What environments cost that were kept ready, rounded up to five minutes at their last number
   * (limits-and-pricing.md section 3); calls on them come on top.
   *
   * @return 10^-12 dollars, rounded half up
   */
  public long provisionedCostPicoUsd(ProvisionedUse use) {
    long billed = Math.ceilDiv(use.nanos(), AHEAD_STEP_NANOS) * AHEAD_STEP_NANOS;
    BigDecimal gbSeconds =
        BigDecimal.valueOf(use.environmentNanos(), 9)
            .add(
                BigDecimal.valueOf(billed - use.nanos(), 9)
                    .multiply(BigDecimal.valueOf(use.environments())))
            .multiply(BigDecimal.valueOf(use.configuration().memorySize()))
            .divide(MB_PER_GB);
    return gbSeconds
        .multiply(
            BigDecimal.valueOf(ahead(use.configuration().architecture()).picoUsdPerKeptGbSecond()))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /**
   * What one synchronous invocation costs at the first tier without free tier: request, duration
   * and ephemeral storage above 512 MB. In whole numbers, since the first use of {@code BigDecimal}
   * takes the JVM longer than a warm call of a function.
   *
   * @param billedMillis whole milliseconds, init included
   * @param provisioned whether its environment was kept ready
   * @return 10^-12 dollars, rounded half up
   */
  public long invocationCostPicoUsd(
      FunctionConfiguration configuration, long billedMillis, boolean provisioned) {
    Architecture architecture = configuration.architecture();
    long perGbSecond =
        provisioned
            ? ahead(architecture).picoUsdPerRunGbSecond()
            : tiers(architecture).getFirst().picoUsdPerGbSecond();
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
