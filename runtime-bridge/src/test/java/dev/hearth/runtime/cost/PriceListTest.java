package dev.hearth.runtime.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
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
    assertThat(PriceList.current().invocationCostPicoUsd(function(memory, 512, architecture), 1))
        .isEqualTo(REQUEST + pico);
  }

  @Test
  void chargesStorageAboveTheIncludedPart() {
    var prices = PriceList.current();
    long with = prices.invocationCostPicoUsd(function(128, 1536, "x86_64"), 1000);
    long without = prices.invocationCostPicoUsd(function(128, 512, "x86_64"), 1000);

    assertThat(with - without).isEqualTo(30_900);
  }
}
