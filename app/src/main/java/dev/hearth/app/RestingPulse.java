package dev.hearth.app;

import com.sun.glass.ui.Timer;
import com.sun.javafx.tk.Toolkit;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JavaFX's clock of frames on GTK, stopped while there is nothing to draw. JavaFX itself pauses it
 * then, which its timers of Windows and macOS do; that of GTK ignores it and wakes the program 60
 * times a second for as long as it lives.
 */
final class RestingPulse extends Timer {
  private static final Logger LOG = LoggerFactory.getLogger(RestingPulse.class);
  private static final String GTK = "com.sun.glass.ui.gtk.GtkTimer";
  private static final long STARTED = 1;

  private final Timer timer;
  private int period;

  RestingPulse(Timer timer) {
    // It is the other timer that has the work.
    super(() -> {});
    this.timer = timer;
  }

  /** Takes the place of GTK's clock; leaves others alone, and all as it is in another JavaFX. */
  static void install() {
    try {
      Toolkit toolkit = Toolkit.getToolkit();
      Field field = toolkit.getClass().getDeclaredField("pulseTimer");
      field.setAccessible(true);
      Timer gtk = (Timer) field.get(toolkit);
      if (gtk == null || !gtk.getClass().getName().equals(GTK)) {
        return;
      }
      Field period = Timer.class.getDeclaredField("period");
      period.setAccessible(true);
      int millis = (int) period.getDouble(gtk);
      gtk.stop();
      RestingPulse resting = new RestingPulse(gtk);
      resting.start(millis);
      field.set(toolkit, resting);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.debug("The clock of frames goes on at rest", e);
    }
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
