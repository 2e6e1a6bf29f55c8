package dev.hearth.runtime.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.Architecture;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples of limits-and-pricing.md section 5, by their numbers there. */
class MonthlyBillTest {
  @ParameterizedTest(name = "example {0}")
  @CsvSource({
    "1,  x86_64, 3000000,     540000,      0,       true,  2.733338",
    "2,  x86_64, 7440000,     14880000,    0,       false, 249.488496",
    "3,  x86_64, 6000000,     6720000,     2520000, true,  106.411412",
    "4,  x86_64, 10000000,    500000,      0,       true,  3.46667",
    "5,  arm64,  10000000,    500000,      0,       true,  3.13334",
    "6,  x86_64, 900000,      5625,        0,       true,  0",
    "11, x86_64, 5000000,     46250,       0,       false, 1.770834875",
    "12, x86_64, 1000000,     54000,       0,       false, 1.1000018",
    "13, x86_64, 0,           8000000000,  0,       false, 130000.20",
    "14, arm64,  0,           20000000000, 0,       false, 248335.00",
  })
  void billsTheWorkedExamples(
      int example,
      String architecture,
      long requests,
      BigDecimal gbSeconds,
      BigDecimal storage,
      boolean freeTier,
      BigDecimal total) {
    var usage =
        new MonthlyBill.Usage(
            Architecture.parse(architecture), requests, gbSeconds, storage, MonthlyBill.Ahead.NONE);

    var bill = MonthlyBill.of(PriceList.current(), usage, freeTier);

    assertThat(bill.total()).isEqualByComparingTo(total);
  }

  @ParameterizedTest(name = "example {0}")
  @CsvSource({
    "7, 3000000, 450000, 4320000, 75000,   19.962644",
    "8, 2000000, 0,      2419200, 2240000, 32.25780864",
  })
  void billsProvisionedConcurrency(
      int example,
      long requests,
      BigDecimal gbSeconds,
      BigDecimal kept,
      BigDecimal run,
      BigDecimal total) {
    // Example 8 counts all requests: the free ones are used up elsewhere.
    boolean freeTier = example == 7;
    var usage =
        new MonthlyBill.Usage(
            Architecture.X86_64,
            requests,
            gbSeconds,
            BigDecimal.ZERO,
            new MonthlyBill.Ahead(kept, run));

    var bill = MonthlyBill.of(PriceList.current(), usage, freeTier);

    assertThat(bill.total()).isEqualByComparingTo(total);
  }
}
