package dev.hearth.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.glass.ui.Timer;
import dev.hearth.app.testing.FxTest;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;
import org.junit.jupiter.api.Test;

class RestingPulseTest extends FxTest {
  private static final int PERIOD = 16;

  private final List<String> told = new ArrayList<>();

  /** Like that of GTK, which goes on when it is paused. */
  private final class Ticking extends Timer {
    Ticking() {
      super(() -> {});
    }

    @Override
    protected long _start(Runnable runnable) {
      return _start(runnable, 0);
    }

    @Override
    protected long _start(Runnable runnable, int period) {
      told.add("start " + period);
      return 1;
    }

    @Override
    protected void _stop(long pointer) {
      told.add("stop");
    }

    @Override
    protected void _pause(long pointer) {}

    @Override
    protected void _resume(long pointer) {}
  }

  private RestingPulse started() {
    RestingPulse pulse = fxGet(() -> new RestingPulse(new Ticking()));
    fx(() -> pulse.start(PERIOD));
    return pulse;
  }

  @Test
  void pausedClockStandsStill() {
    RestingPulse pulse = started();
    fx(pulse::pause);
    assertThat(told).containsExactly("start 16", "stop");
    fx(pulse::resume);
    assertThat(told).containsExactly("start 16", "stop", "start 16");
  }

  @Test
  void clockThatGoesIsNotStartedAgain() {
    RestingPulse pulse = started();
    fx(pulse::resume);
    fx(pulse::stop);
    assertThat(told).containsExactly("start 16", "stop");
  }

  /** Frames still come where the clock is another one. */
  @Test
  void leavesOtherClocksAlone() {
    fx(FrameClock::letRest);
    boolean[] drawn = new boolean[1];
    fx(() -> frame(drawn).start());
    waitUntil("a frame", () -> drawn[0]);
  }

  private static AnimationTimer frame(boolean[] drawn) {
    return new AnimationTimer() {
      @Override
      public void handle(long now) {
        drawn[0] = true;
        stop();
      }
    };
  }
}
