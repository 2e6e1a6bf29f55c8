package dev.hearth.app.task;

import java.time.Duration;
import javafx.animation.PauseTransition;

/**
 * Runs an action once things have been quiet for a while, e.g. a search while the user types. FX
 * thread only.
 */
public final class Debouncer implements AutoCloseable {
  private final PauseTransition pause;
  private final Runnable action;
  private boolean pending;

  public Debouncer(Duration quiet, Runnable action) {
    this.action = action;
    pause = new PauseTransition(javafx.util.Duration.millis(quiet.toMillis()));
    pause.setOnFinished(event -> flush());
  }

  /** Starts the wait anew. */
  public void trigger() {
    pending = true;
    pause.playFromStart();
  }

  /** Runs the action now if it is due at all. */
  public void flush() {
    pause.stop();
    if (pending) {
      pending = false;
      action.run();
    }
  }

  /** Forgets what was due. */
  @Override
  public void close() {
    pending = false;
    pause.stop();
  }
}
