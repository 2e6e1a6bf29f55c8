package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.LogLevel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** lifecycle.md section 5.2: a record without level or timestamp counts as INFO. */
class LogRecordLevelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain text|INFO",
        "{\"timestamp\":\"2025-11-24T23:11:20Z\",\"level\":\"ERROR\"}|ERROR",
        "{\"timestamp\":\"2025-11-24T23:11:20.123Z\",\"level\":\"debug\"}|DEBUG",
        "{\"level\":\"ERROR\"}|INFO",
        "{\"timestamp\":\"now\",\"level\":\"ERROR\"}|INFO",
        "{\"timestamp\":\"2025-11-24T23:11:20Z\"}|INFO",
        "{broken|INFO",
      })
  void levels(String line, LogLevel level) {
    assertThat(LogRecordLevel.of(line)).isEqualTo(level);
  }
}
