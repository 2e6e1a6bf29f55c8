package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplingPaceTest {
  private static final long MEBI = 1 << 20;
  private static final long TICK = EnvironmentMonitor.TICK_NANOS;
  private final SamplingPace pace = new SamplingPace();
  private long now = 5 * TICK;

  /** Looks as often as the pace wants during so many ticks. */
  private int looks(int ticks, long bytes, boolean limitIsOurs) {
    int looks = 0;
    for (int tick = 0; tick < ticks; tick++, now += TICK) {
      if (pace.due(now, 1)) {
        looks++;
        pace.looked(now, bytes, limitIsOurs);
      } else {
        assertThat(pace.dueAt()).isGreaterThan(now);
      }
    }
    return looks;
  }

  @Test
  void looksLessOftenWhileMemoryStays() {
    assertThat(looks(11, 30 * MEBI, false)).isEqualTo(11);
    assertThat(looks(400, 30 * MEBI, false)).isEqualTo(100);
  }

  @Test
  void aChangeIsFollowedAtEveryTick() {
    looks(100, 30 * MEBI, false);
    // Seen at the next look, and from then on closely.
    assertThat(looks(14, 40 * MEBI, false)).isBetween(11, 14);
    // A slow climb is a change, too.
    looks(100, 40 * MEBI, false);
    int looks = 0;
    for (int step = 0; step < 100; step++) {
      looks += looks(1, 40 * MEBI + step * MEBI / 4, false);
    }
    assertThat(looks).isGreaterThan(90);
  }

  @Test
  void noLookIsLeftOutWhereTheLimitIsOurs() {
    assertThat(looks(400, 30 * MEBI, true)).isEqualTo(400);
  }

  @Test
  void anotherCallBeginsAnew() {
    looks(100, 30 * MEBI, false);
    assertThat(pace.due(now, 2)).isTrue();
    pace.looked(now, 30 * MEBI, false);
    assertThat(pace.due(now + 1, 2)).isTrue();
  }
}
