package dev.hearth.app.ui.kit.code;

import javafx.animation.AnimationTimer;

/** Runs an action once at the beginning of the next pulse, however often it was asked for. */
final class PulseTask {
  private final AnimationTimer timer;

  PulseTask(Runnable action) {
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            stop();
            action.run();
          }
        };
  }

  void request() {
    timer.start();
  }

  void cancel() {
    timer.stop();
  }
}
