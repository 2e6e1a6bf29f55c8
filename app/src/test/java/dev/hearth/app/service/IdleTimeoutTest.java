package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.MapSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdleTimeoutTest {
  private final MapSettings settings = new MapSettings();

  @Test
  void isRememberedAndIsTenMinutesAtFirst() {
    assertThat(IdleTimeout.read(settings)).isEqualTo(Duration.ofMinutes(10));
    IdleTimeout.write(settings, Duration.ofSeconds(30));
    assertThat(IdleTimeout.read(settings)).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "0", "-5", "86401", "99999999999999999999"})
  void isTheDefaultWhenTheFileSaysNonsense(String stored) {
    settings.put("environments.idleSeconds", stored);
    assertThat(IdleTimeout.read(settings)).isEqualTo(IdleTimeout.DEFAULT);
  }
}
