package dev.hearth.runtime.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.ProvisionedUse;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {
  private static final long REQUEST = 200_000;

  private static FunctionConfiguration function(int memory, int storage, String architecture) {
    return new FunctionConfiguration(
        "f",
        RuntimeIdentifier.parse("python3.12"),
        "app.handler",
        memory,
        3,
        storage,
        Architecture.parse(architecture),
        Map.of());
  }

  /** Price of one millisecond, limits-and-pricing.md section 3, there with ten decimals. */
  @ParameterizedTest
  @CsvSource({
    "128, x86_64, 2083",
    "1024, x86_64, 16667",
    "10240, x86_64, 166667",
    "128, arm64, 1667",
    "1536, arm64, 20000",
  })
  void pricesOneMillisecond(int memory, String architecture, long pico) {
    assertThat(
            PriceList.current()
                .invocationCostPicoUsd(function(memory, 512, architecture), 1, false))
        .isEqualTo(REQUEST + pico);
  }

  @Test
  void chargesStorageAboveTheIncludedPart() {
    var prices = PriceList.current();
    long with = prices.invocationCostPicoUsd(function(128, 1536, "x86_64"), 1000, false);
    long without = prices.invocationCostPicoUsd(function(128, 512, "x86_64"), 1000, false);

    assertThat(with - without).isEqualTo(30_900);
  }

  @Test
  void callsOnProvisionedEnvironmentsHaveTheirOwnPrice() {
    var prices = PriceList.current();

    assertThat(prices.invocationCostPicoUsd(function(1024, 512, "x86_64"), 1000, true))
        .isEqualTo(REQUEST + 9_722_200);
    assertThat(prices.invocationCostPicoUsd(function(1024, 512, "arm64"), 1000, true))
        .isEqualTo(REQUEST + 7_777_800);
  }

  /** Section 5, example 8: seven of 4,096 MB for a day; and up to the next five minutes. */
  @ParameterizedTest
  @CsvSource({
    "4096, x86_64, 7, 86400, 10080080640000",
    "1024, x86_64, 1, 1, 1250010000",
    "1024, x86_64, 1, 300, 1250010000",
    "1024, arm64, 2, 301, 4000080000",
  })
  void pricesWhatIsKeptReady(int memory, String architecture, int count, long seconds, long pico) {
    long nanos = seconds * 1_000_000_000L;
    var use =
        new ProvisionedUse(
            "f", function(memory, 512, architecture), count * nanos, nanos, count, false);

    assertThat(PriceList.current().provisionedCostPicoUsd(use)).isEqualTo(pico);
  }
}
