package dev.hearth.app.ui.kit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScaleTest {
  private static final long NOON = 1_795_262_400_000_000_000L;

  @Test
  void keepsTheTimeUnderThePointerWhileZooming() {
    TimeScale scale = new TimeScale(NOON, 1_000_000);
    long under = scale.time(300);

    TimeScale closer = scale.zoom(300, 0.25);

    assertThat(closer.x(under)).isCloseTo(300, within(0.01));
    assertThat(closer.nanosPerPixel()).isEqualTo(250_000);
  }

  @Test
  void fitsARangeIntoAWidthAndPans() {
    TimeScale scale = TimeScale.fit(NOON, NOON + 1_000_000_000L, 500);

    assertThat(scale.x(NOON + 500_000_000L)).isEqualTo(250);
    assertThat(scale.pan(100).x(NOON + 500_000_000L)).isEqualTo(150);
  }

  @Test
  void staysWithinItsLimits() {
    TimeScale scale = new TimeScale(0, 1);
    assertThat(scale.nanosPerPixel()).isEqualTo(TimeScale.MIN_NANOS_PER_PIXEL);
    assertThat(new TimeScale(0, 1e30).nanosPerPixel()).isEqualTo(TimeScale.MAX_NANOS_PER_PIXEL);
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 1e3, 5e4, 1e6, 3e7, 1e9, 6e10, 4e12, 4e13})
  void marksRoundTimesThatDoNotOverlapAtAnyZoom(double nanosPerPixel) {
    TimeScale scale = new TimeScale(NOON + 123_456_789, nanosPerPixel);

    List<TimeTicks.Tick> ticks = TimeTicks.clock(scale, 1000, ZoneOffset.UTC, 84);

    assertThat(ticks).hasSizeBetween(2, 15);
    for (int i = 1; i < ticks.size(); i++) {
      assertThat(scale.x(ticks.get(i).time()) - scale.x(ticks.get(i - 1).time()))
          .isGreaterThanOrEqualTo(83);
    }
  }

  @Test
  void marksDoNotJumpWhilePanning() {
    TimeScale scale = new TimeScale(NOON, 5e6);
    List<Long> before =
        TimeTicks.clock(scale, 1000, ZoneOffset.UTC, 84).stream()
            .map(TimeTicks.Tick::time)
            .toList();
    List<Long> after =
        TimeTicks.clock(scale.pan(37), 1000, ZoneOffset.UTC, 84).stream()
            .map(TimeTicks.Tick::time)
            .toList();

    assertThat(after).containsAll(before.subList(1, before.size() - 1));
  }

  @Test
  void readsAsClockTimesInTheZone() {
    TimeScale scale = new TimeScale(NOON, 6e7);

    assertThat(TimeTicks.clock(scale, 500, ZoneOffset.UTC, 84).get(0).label())
        .isEqualTo("12:00:00");
    assertThat(TimeTicks.clock(scale, 500, ZoneId.of("Asia/Kolkata"), 84).get(0).label())
        .isEqualTo("17:30:00");
    assertThat(TimeTicks.clock(new TimeScale(NOON, 1e12), 900, ZoneOffset.UTC, 84))
        .extracting(TimeTicks.Tick::label)
        .contains("22 Nov");
  }

  @Test
  void countsFromTheOriginForOneInvocation() {
    TimeScale scale = TimeScale.fit(NOON, NOON + 200_000_000L, 560);

    assertThat(TimeTicks.offsets(scale, NOON, 560))
        .extracting(TimeTicks.Tick::label)
        .startsWith("0 ms", "50 ms", "100 ms");
  }
}
