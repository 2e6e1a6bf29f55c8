package dev.hearth.app.task;

import java.time.Duration;
import javafx.animation.PauseTransition;

/**
 * Runs an action at most once per period however often it is asked for, so that a view of something
 * that changes thousands of times a second costs the same as one that changes a few times. FX
 * thread only.
 */
public final class Pacer implements AutoCloseable {
  private final PauseTransition pause;
  private boolean pending;

  public Pacer(Duration period, Runnable action) {
    pause = new PauseTransition(javafx.util.Duration.millis(period.toMillis()));
    pause.setOnFinished(
        event -> {
          pending = false;
          action.run();
        });
  }

  /** Has the action run at the end of the period, unless it is due already. */
  public void trigger() {
    if (!pending) {
      pending = true;
      pause.playFromStart();
    }
  }

  /** Forgets what was due. */
  @Override
  public void close() {
    pending = false;
    pause.stop();
  }
}
