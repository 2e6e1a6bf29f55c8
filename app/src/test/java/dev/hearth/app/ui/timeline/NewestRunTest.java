package dev.hearth.app.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.TimelineModel;
import dev.hearth.runtime.event.EnvironmentState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewestRunTest {
  private static final long MS = 1_000_000L;
  private static final long START = 1_795_257_720_000_000_000L;

  private final TimelineModel model = new TimelineModel();
  private int number;

  private void environment(String id, long at, long init) {
    model.put(
        new EnvironmentRecord(
            id, "orders", 128, START + at * MS, START + (at + init) * MS, 0, null));
    model.initDone(id, START + at * MS, START + (at + init) * MS, false);
  }

  private void call(@Nullable String environment, InvocationStatus status, long at, long took) {
    long start = START + at * MS;
    long duration = status.ended() && environment != null ? took * MS : -1;
    model.put(
        new InvocationRecord(
            "r" + number++,
            1,
            "orders",
            1,
            environment,
            status,
            null,
            false,
            start,
            environment == null ? -1 : start,
            0,
            duration,
            took,
            128,
            -1,
            -1,
            0),
        start + took * MS);
  }

  private @Nullable TimeRange run(long now) {
    return NewestRun.of(model, START - 75_000 * MS, START + now * MS);
  }

  private static TimeRange range(long from, long to) {
    return new TimeRange(START + from * MS, START + to * MS);
  }

  @Test
  void aColdStartAndItsCallAreOneRun() {
    environment("a", 0, 40);
    call("a", InvocationStatus.OK, 40, 8);
    assertThat(run(9_000)).isEqualTo(range(0, 48));
  }

  @Test
  void aShortCallAfterALongPauseStandsAlone() {
    environment("a", 0, 40);
    call("a", InvocationStatus.OK, 40, 8);
    call("a", InvocationStatus.OK, 5_000, 8);
    assertThat(run(9_000)).isEqualTo(range(5_000, 5_008));
  }

  @Test
  void longCallsBearLongPauses() {
    environment("a", 0, 170);
    call("a", InvocationStatus.OK, 170, 1_000);
    call("a", InvocationStatus.OK, 5_000, 900);
    call("a", InvocationStatus.ERROR, 12_000, 1_100);
    assertThat(run(20_000)).isEqualTo(range(0, 13_100));
  }

  @Test
  void aBurstInSeveralEnvironmentsWithRefusedCallsIsOneRun() {
    call("gone", InvocationStatus.OK, -60_000, 8);
    for (int i = 0; i < 4; i++) {
      environment("e" + i, i, 80);
      for (int n = 0; n < 12; n++) {
        call("e" + i, InvocationStatus.OK, 80 + i + n * 10L, 8);
      }
    }
    call(null, InvocationStatus.THROTTLED, 300, 0);
    assertThat(run(1_000)).isEqualTo(range(0, 300));
  }

  @Test
  void whatRunsReachesUpToNow() {
    environment("a", 0, 40);
    model.state("a", EnvironmentState.INVOKING, START + 40 * MS);
    call("a", InvocationStatus.RUNNING, 40, 0);
    assertThat(run(2_000)).isEqualTo(range(0, 2_000));
  }

  @Test
  void idleTimeAndAnEndAreNoRun() {
    environment("a", 0, 40);
    call("a", InvocationStatus.OK, 40, 8);
    model.put(
        new EnvironmentRecord(
            "a", "orders", 128, START, START + 40 * MS, START + 60_000 * MS, "idle time-out"));
    assertThat(run(61_000)).isEqualTo(range(0, 48));
    assertThat(NewestRun.of(new TimelineModel(), 0, START)).isNull();
  }
}
