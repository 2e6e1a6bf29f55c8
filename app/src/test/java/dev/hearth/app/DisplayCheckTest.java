package dev.hearth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DisplayCheckTest {
  @Test
  void pointsToTheCommandLineWhenThereIsNoDisplay() {
    assertThat(DisplayCheck.obstacle("Linux", null, Map.of()))
        .hasValueSatisfying(
            text -> assertThat(text).contains("no display").contains("hearth help"));
  }

  @Test
  void letsTheWindowOpenWithADisplayOrWithoutNeedOfOne() {
    assertThat(DisplayCheck.obstacle("Linux", null, Map.of("DISPLAY", ":0"))).isEmpty();
    assertThat(DisplayCheck.obstacle("Linux", "Headless", Map.of())).isEmpty();
    assertThat(DisplayCheck.obstacle("Mac OS X", null, Map.of())).isEmpty();
  }
}
