package dev.hearth.app.ui.kit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/**
 * Does pieces of work one in each pulse, so that what is there already is drawn and can be used
 * between them. For what a window needs soon, but not first. FX thread only.
 */
public final class OnePerPulse implements AutoCloseable {
  private final Queue<Runnable> pieces = new ArrayDeque<>();
  private final ReadOnlyBooleanWrapper done = new ReadOnlyBooleanWrapper();
  private final AnimationTimer timer =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          next();
        }
      };
  private int pulsesBefore;

  /**
   * @param pieces in their order
   * @param pulsesBefore pulses that pass before the first piece
   */
  public OnePerPulse(Collection<Runnable> pieces, int pulsesBefore) {
    this.pieces.addAll(pieces);
    this.pulsesBefore = pulsesBefore;
  }

  /** Begins with the first piece. */
  public void start() {
    timer.start();
  }

  /** Whether nothing is left to do. */
  public ReadOnlyBooleanProperty doneProperty() {
    return done.getReadOnlyProperty();
  }

  private void next() {
    if (pulsesBefore > 0) {
      pulsesBefore--;
      return;
    }
    Runnable piece = pieces.poll();
    if (piece == null) {
      timer.stop();
      done.set(true);
    } else {
      piece.run();
    }
  }

  /** Leaves undone what has not begun. */
  @Override
  public void close() {
    timer.stop();
    pieces.clear();
  }
}
