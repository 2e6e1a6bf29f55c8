package dev.hearth.runtime.cost;

import dev.hearth.runtime.function.Architecture;
import java.math.BigDecimal;

/**
 * A month of use and what it costs, free tier and price tiers included (limits-and-pricing.md
 * section 3, formula). Exact decimal arithmetic; rounding is left to whoever prints it.
 *
 * @param requests dollars for requests
 * @param compute dollars for duration
 * @param storage dollars for ephemeral storage above 512 MB
 * @param provisioned dollars for environments kept ready and the duration of calls on them
 */
public record MonthlyBill(
    BigDecimal requests, BigDecimal compute, BigDecimal storage, BigDecimal provisioned) {
  private static final BigDecimal FREE_GB_SECONDS = new BigDecimal("400000");
  private static final BigDecimal FREE_REQUESTS = new BigDecimal("1000000");

  /**
   * Bills a month.
   *
   * @param freeTier whether the account's free tier is still unused
   */
  public static MonthlyBill of(PriceList prices, Usage usage, boolean freeTier) {
    BigDecimal count = BigDecimal.valueOf(usage.requests());
    BigDecimal gbSeconds = usage.gbSeconds();
    BigDecimal billable =
        freeTier ? gbSeconds.subtract(FREE_GB_SECONDS).max(BigDecimal.ZERO) : gbSeconds;
    BigDecimal billableRequests =
        freeTier ? count.subtract(FREE_REQUESTS).max(BigDecimal.ZERO) : count;
    return new MonthlyBill(
        billableRequests.multiply(dollars(prices.picoUsdPerRequest())),
        tiered(prices, usage.architecture(), billable),
        usage.storageGbSeconds().multiply(dollars(prices.picoUsdPerStorageGbSecond())),
        provisioned(prices.ahead(usage.architecture()), usage.ahead()));
  }

  public BigDecimal total() {
    return requests.add(compute).add(storage).add(provisioned);
  }

  /** The free tier has no part in it. */
  private static BigDecimal provisioned(PriceList.Ahead prices, Ahead ahead) {
    return ahead
        .keptGbSeconds()
        .multiply(dollars(prices.picoUsdPerKeptGbSecond()))
        .add(ahead.runGbSeconds().multiply(dollars(prices.picoUsdPerRunGbSecond())));
  }

  private static BigDecimal tiered(
      PriceList prices, Architecture architecture, BigDecimal gbSeconds) {
    BigDecimal left = gbSeconds;
    BigDecimal cost = BigDecimal.ZERO;
    for (Tier tier : prices.tiers(architecture)) {
      BigDecimal part = left.min(BigDecimal.valueOf(tier.gbSeconds()));
      cost = cost.add(part.multiply(dollars(tier.picoUsdPerGbSecond())));
      left = left.subtract(part);
    }
    return cost;
  }

  private static BigDecimal dollars(long pico) {
    return BigDecimal.valueOf(pico, 12);
  }

  /**
   * Use of provisioned concurrency in the month.
   *
   * @param keptGbSeconds memory in GB times seconds that it was kept, summed
   * @param runGbSeconds memory in GB times billed seconds of calls on it, summed
   */
  public record Ahead(BigDecimal keptGbSeconds, BigDecimal runGbSeconds) {
    public static final Ahead NONE = new Ahead(BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /**
   * What was used in the month.
   *
   * @param requests all of them
   * @param gbSeconds memory in GB times billed seconds, summed, of calls on demand
   * @param storageGbSeconds ephemeral storage above 512 MB in GB times billed seconds, summed
   */
  public record Usage(
      Architecture architecture,
      long requests,
      BigDecimal gbSeconds,
      BigDecimal storageGbSeconds,
      Ahead ahead) {}
}
