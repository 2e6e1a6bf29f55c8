package dev.hearth.app.ui.kit.code;

import javafx.animation.AnimationTimer;

/** Runs an action once at the beginning of the next pulse, however often it was asked for. */
public final class PulseTask {
  private final AnimationTimer timer;

  public PulseTask(Runnable action) {
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            stop();
            action.run();
          }
        };
  }

  /** Has the action run at the next pulse. */
  public void request() {
    timer.start();
  }

  /** Forgets what was asked for. */
  public void cancel() {
    timer.stop();
  }
}
