package dev.hearth.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** lifecycle.md section 5.2. */
class LoggingConfigTest {
  @Test
  void jsonWithoutLevelsIsInfo() {
    LoggingConfig logging = LoggingConfig.json(null, null);
    assertThat(logging.applicationLevel()).isEqualTo(LogLevel.INFO);
    assertThat(logging.systemLevel()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void textHasNoLevels() {
    assertThatThrownBy(
            () -> new LoggingConfig(LoggingConfig.Format.TEXT, LogLevel.INFO, null, null))
        .isInstanceOf(InvalidFunctionException.class)
        .hasMessageContaining("JSON");
  }

  @ParameterizedTest
  @EnumSource(
      value = LogLevel.class,
      names = {"TRACE", "ERROR", "FATAL"})
  void theSystemHasThreeLevels(LogLevel level) {
    assertThatThrownBy(() -> LoggingConfig.json(null, level))
        .isInstanceOf(InvalidFunctionException.class);
  }

  @Test
  void aGroupOfItsOwnMustNotLookLikeAws() {
    assertThatThrownBy(
            () -> new LoggingConfig(LoggingConfig.Format.TEXT, null, null, "aws/lambda/fn"))
        .isInstanceOf(InvalidFunctionException.class);
    assertThat(new LoggingConfig(LoggingConfig.Format.TEXT, null, null, "/mine").logGroup())
        .isEqualTo("/mine");
  }

  @ParameterizedTest
  @CsvSource({"warning,WARN", "Critical,FATAL", "INFO,INFO", "Information,INFO"})
  void readsTheLevelsOfTheLanguages(String text, LogLevel level) {
    assertThat(LogLevel.parse(text)).isEqualTo(level);
    assertThat(LogLevel.parse("loud")).isNull();
  }
}
