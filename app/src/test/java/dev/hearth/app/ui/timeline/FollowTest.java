package dev.hearth.app.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.ui.kit.time.TimeScale;
import org.junit.jupiter.api.Test;

/** What the timeline shows by itself after a run. */
class FollowTest extends FxTest {
  private static final double WIDTH = 1_000;
  private static final long MS = 1_000_000L;
  private static final long START = LiveHistory.START;

  private final WorkbenchState state = fxGet(WorkbenchState::new);
  private final TimelineViewModel viewModel = fxGet(() -> new TimelineViewModel(state));

  private void environment(long at, long init) {
    long start = START + at * MS;
    state.timeline().put(new EnvironmentRecord("e", "f", 128, start, start + init * MS, 0, null));
    state.timeline().initDone("e", start, start + init * MS, false);
  }

  private void call(String id, long at, long took) {
    long start = START + at * MS;
    InvocationRecord record =
        new InvocationRecord(
            id,
            1,
            "f",
            1,
            "e",
            InvocationStatus.OK,
            null,
            false,
            start,
            start,
            0,
            took * MS,
            took,
            128,
            -1,
            -1,
            0);
    state.timeline().put(record, start + took * MS);
  }

  private TimeScale follow() {
    viewModel.followNow(WIDTH);
    return viewModel.scaleProperty().get();
  }

  private static double x(TimeScale scale, long millis) {
    return scale.x(START + millis * MS);
  }

  @Test
  void aColdCallFillsThePictureAndTheNextOneStartsAnother() {
    fx(
        () -> {
          environment(0, 40);
          call("first", 40, 20);
          TimeScale cold = follow();
          assertThat(x(cold, 0)).isBetween(5.0, 60.0);
          assertThat(x(cold, 60)).isBetween(800.0, 960.0);

          call("second", 30_000, 20);
          TimeScale warm = follow();
          assertThat(x(warm, 30_000)).isBetween(5.0, 60.0);
          assertThat(x(warm, 30_020) - x(warm, 30_000)).isGreaterThan(200);
        });
  }

  @Test
  void aRunThatGoesOnGrowsInThePicture() {
    fx(
        () -> {
          environment(0, 40);
          call("first", 40, 20);
          long begin = follow().start();
          for (int i = 0; i < 20; i++) {
            call("c" + i, 70 + i * 100L, 90);
            follow();
          }
          TimeScale grown = follow();
          assertThat(grown.start()).isEqualTo(begin);
          assertThat(x(grown, 70 + 1_900 + 90)).isBetween(900.0, 960.0);
        });
  }

  @Test
  void aScaleThatTheUserChoseStays() {
    fx(
        () -> {
          environment(0, 40);
          call("first", 40, 20);
          follow();
          viewModel.zoom(0, 2, WIDTH);
          double chosen = viewModel.scaleProperty().get().nanosPerPixel();
          call("second", 30_000, 20);
          TimeScale scale = follow();
          assertThat(scale.nanosPerPixel()).isEqualTo(chosen);
          assertThat(x(scale, 30_020)).isBetween(900.0, 960.0);
        });
  }

  @Test
  void theEndOfAnEnvironmentMovesNothing() {
    fx(
        () -> {
          environment(0, 40);
          call("first", 40, 20);
          TimeScale before = follow();
          state
              .timeline()
              .put(
                  new EnvironmentRecord(
                      "e", "f", 128, START, START + 40 * MS, START + 300_000 * MS, "idle"));
          assertThat(follow()).isEqualTo(before);
        });
  }
}
