package dev.hearth.app;

import com.sun.glass.ui.Timer;
import com.sun.javafx.tk.Toolkit;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets JavaFX's clock of frames rest. Reaches into JavaFX for that, which a JVM may refuse and
 * another JavaFX may not have: all stays as it is then.
 */
final class FrameClock {
  private static final Logger LOG = LoggerFactory.getLogger(FrameClock.class);
  private static final String GTK = "com.sun.glass.ui.gtk.GtkTimer";

  private FrameClock() {}

  /** Puts a {@link RestingPulse} into the place of GTK's clock; leaves others alone. */
  static void letRest() {
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
}
