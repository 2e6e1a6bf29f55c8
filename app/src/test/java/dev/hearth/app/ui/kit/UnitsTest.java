package dev.hearth.app.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0 ms",
        "850|850 ns",
        "65100|65.1 µs",
        "999499|999 µs",
        "999600|1.00 ms",
        "14230000|14.2 ms",
        "168700000|169 ms",
        "999600000|1.00 s",
        "1236000000|1.24 s",
        "59900000000|59.9 s",
        "60000000000|1 min",
        "125000000000|2 min 5 s",
        "3720000000000|1 h 2 min"
      })
  void durations(long nanos, String text) {
    assertThat(Units.duration(nanos)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0 B",
        "512|512 B",
        "1536|1.50 KB",
        "112197632|107 MB",
        "1048051712|0.976 GB",
        "1567621120|1.46 GB"
      })
  void sizes(long bytes, String text) {
    assertThat(Units.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|$0",
        "590000|$0.00000059",
        "31200000|$0.0000312",
        "600000000000|$0.60",
        "31210000000|$0.0312",
        "27310000000000|$27.31",
        "1234567000000000|$1,234.57"
      })
  void money(long picoUsd, String text) {
    assertThat(Units.money(picoUsd)).isEqualTo(text);
  }

  @Test
  void countsAreGroupedAndTakeTheirNoun() {
    assertThat(Units.count(1_204)).isEqualTo("1,204");
    assertThat(Units.count(1, "call", "calls")).isEqualTo("1 call");
    assertThat(Units.count(0, "call", "calls")).isEqualTo("0 calls");
    assertThat(Units.megabytes(1769)).isEqualTo("1,769 MB");
    assertThat(Units.billed(1240)).isEqualTo("1,240 ms");
  }
}
