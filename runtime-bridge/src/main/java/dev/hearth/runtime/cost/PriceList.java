package dev.hearth.runtime.cost;

import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/**
 * Lambda's prices on one date in one region (limits-and-pricing.md section 3). Bills are dated, so
 * a list is never changed: a new one is added.
 *
 * @param date the day on which the prices were published
 * @param region the region they hold for
 * @param perRequest dollars for one request
 * @param x86 tiers for x86_64, first tier first
 * @param arm tiers for arm64, first tier first
 * @param perStorageGbSecond dollars for one GB-second of ephemeral storage above 512 MB
 */
public record PriceList(
    LocalDate date,
    String region,
    BigDecimal perRequest,
    List<Tier> x86,
    List<Tier> arm,
    BigDecimal perStorageGbSecond) {
  private static final BigDecimal PICO = BigDecimal.TEN.pow(12);
  private static final BigDecimal MB_PER_GB = BigDecimal.valueOf(1024);
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
  private static final int INCLUDED_STORAGE_MB = 512;

  private static final PriceList CURRENT =
      new PriceList(
          LocalDate.of(2026, 9, 19),
          "us-east-1",
          new BigDecimal("0.0000002"),
          List.of(
              new Tier(new BigDecimal("6000000000"), new BigDecimal("0.0000166667")),
              new Tier(new BigDecimal("9000000000"), new BigDecimal("0.000015")),
              new Tier(null, new BigDecimal("0.0000133334"))),
          List.of(
              new Tier(new BigDecimal("7500000000"), new BigDecimal("0.0000133334")),
              new Tier(new BigDecimal("11250000000"), new BigDecimal("0.0000120001")),
              new Tier(null, new BigDecimal("0.0000106667"))),
          new BigDecimal("0.0000000309"));

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
   * and ephemeral storage above 512 MB.
   *
   * @param billedMillis whole milliseconds, init included
   * @return 10^-12 dollars, rounded half up
   */
  public long invocationCostPicoUsd(FunctionConfiguration configuration, long billedMillis) {
    return perRequest
        .add(computeCost(configuration, billedMillis))
        .add(storageCost(configuration, billedMillis))
        .multiply(PICO)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** Memory in GB times billed seconds. */
  public static BigDecimal gigabyteSeconds(int memoryMb, long billedMillis) {
    return BigDecimal.valueOf(memoryMb)
        .multiply(BigDecimal.valueOf(billedMillis))
        .divide(MB_PER_GB.multiply(MILLIS), 15, RoundingMode.HALF_UP);
  }

  /** Dollars for the duration alone, at the first tier. */
  public BigDecimal computeCost(FunctionConfiguration configuration, long billedMillis) {
    return gigabyteSeconds(configuration.memorySize(), billedMillis)
        .multiply(tiers(configuration.architecture()).getFirst().perGbSecond());
  }

  private BigDecimal storageCost(FunctionConfiguration configuration, long billedMillis) {
    int extra = Math.max(0, configuration.ephemeralStorage() - INCLUDED_STORAGE_MB);
    return extra == 0
        ? BigDecimal.ZERO
        : gigabyteSeconds(extra, billedMillis).multiply(perStorageGbSecond);
  }
}
