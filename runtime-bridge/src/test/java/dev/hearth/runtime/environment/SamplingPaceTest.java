package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplingPaceTest {
  private static final long MEBI = 1 << 20;
  private static final long TICK = EnvironmentMonitor.TICK_NANOS;
  private static final long NO_LIMIT = SamplingPace.NO_LIMIT;
  private final SamplingPace pace = new SamplingPace();
  private long now = 4 * TICK;

  /** Looks as often as the pace wants during so many ticks. */
  private int looks(int ticks, long bytes, long room) {
    int looks = 0;
    long end = now + ticks * TICK;
    while (now < end) {
      if (pace.due(now, 1)) {
        looks++;
        pace.looked(now, bytes, room);
      }
      assertThat(pace.dueAt()).isGreaterThan(now);
      now = Math.min(end, pace.dueAt());
    }
    return looks;
  }

  @Test
  void looksLessOftenWhileMemoryStays() {
    assertThat(looks(12, 30 * MEBI, NO_LIMIT)).isEqualTo(11);
    assertThat(looks(400, 30 * MEBI, NO_LIMIT)).isEqualTo(100);
  }

  @Test
  void aChangeIsFollowedAtEveryTick() {
    looks(100, 30 * MEBI, NO_LIMIT);
    // Seen at the next look, and from then on closely.
    assertThat(looks(14, 40 * MEBI, NO_LIMIT)).isBetween(10, 14);
    // A slow climb is a change, too.
    looks(100, 40 * MEBI, NO_LIMIT);
    int looks = 0;
    for (int step = 0; step < 100; step++) {
      looks += looks(1, 40 * MEBI + step * MEBI / 4, NO_LIMIT);
    }
    assertThat(looks).isGreaterThan(90);
  }

  @Test
  void whatIsFarFromALimitOfOursIsLookedAtAsSeldom() {
    looks(100, 30 * MEBI, 900 * MEBI);
    assertThat(looks(400, 30 * MEBI, 900 * MEBI)).isEqualTo(100);
  }

  @Test
  void whatStaysCloseToALimitOfOursIsLookedAtAtEveryTick() {
    looks(100, 120 * MEBI, 8 * MEBI);
    assertThat(looks(400, 120 * MEBI, 8 * MEBI)).isEqualTo(400);
  }

  @Test
  void whatGrowsTowardsALimitOfOursCantFillTheRoomBetweenTwoLooks() {
    long limit = 128 * MEBI;
    long held = 10 * MEBI;
    looks(100, held, limit - held);
    // Fills 1 GB in a second, as fast as measured programs do.
    while (held <= limit) {
      long next = pace.looked(now, held, limit - held);
      held += (next - now) * MEBI / 1_000_000;
      now = next;
    }

    assertThat(held - limit).isLessThan(3 * MEBI);
  }

  @Test
  void looksOfAllFallOnTheSameMoments() {
    SamplingPace other = new SamplingPace();
    long first = pace.looked(now + 1_234_567, 30 * MEBI, NO_LIMIT);
    assertThat(other.looked(now + 7_654_321, 90 * MEBI, NO_LIMIT)).isEqualTo(first);
  }

  @Test
  void anotherCallBeginsAnew() {
    looks(100, 30 * MEBI, NO_LIMIT);
    assertThat(pace.due(now, 2)).isTrue();
    assertThat(pace.looked(now, 30 * MEBI, NO_LIMIT) - now).isLessThanOrEqualTo(TICK);
  }
}
