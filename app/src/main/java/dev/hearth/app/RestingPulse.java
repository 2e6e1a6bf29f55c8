package dev.hearth.app;

import com.sun.glass.ui.Timer;

/**
 * JavaFX's clock of frames on GTK, stopped while there is nothing to draw. JavaFX itself pauses it
 * then, which its timers of Windows and macOS do; that of GTK ignores it and wakes the program 60
 * times a second for as long as it lives.
 */
final class RestingPulse extends Timer {
  private static final long STARTED = 1;

  private final Timer timer;
  private int period;

  RestingPulse(Timer timer) {
    // It is the other timer that has the work.
    super(() -> {});
    this.timer = timer;
  }

  @Override
  protected long _start(Runnable runnable) {
    timer.start();
    return STARTED;
  }

  @Override
  protected long _start(Runnable runnable, int millis) {
    period = millis;
    timer.start(millis);
    return STARTED;
  }

  @Override
  protected void _stop(long pointer) {
    timer.stop();
  }

  @Override
  protected void _pause(long pointer) {
    timer.stop();
  }

  /** Asked for with every frame that is wanted; a clock that goes stays as it is. */
  @Override
  protected void _resume(long pointer) {
    if (!timer.isRunning()) {
      timer.start(period);
    }
  }
}
