package dev.hearth.app;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;

/**
 * Hands over to JavaFX. Apart from {@link Main} so that the command line never loads a JavaFX
 * class.
 */
final class WindowStart {
  private static final int NO_WINDOW = 3;

  /** JavaFX makes the application itself, so what was begun before it can only be left for it. */
  private static final AtomicReference<@Nullable Opening> BEGUN = new AtomicReference<>();

  private WindowStart() {}

  static void open(String... arguments) {
    BEGUN.set(Opening.begin(arguments));
    DrawingChoice.make();
    try {
      Application.launch(WindowLauncher.class, arguments);
    } catch (UnsatisfiedLinkError | RuntimeException e) {
      if (!missingSystemPart(e)) {
        throw e;
      }
      System.err.println("hearth: " + DisplayCheck.sentence("The system lacks " + reason(e)));
      System.exit(NO_WINDOW);
    }
  }

  /** What was begun for these arguments; it is begun now when JavaFX was started otherwise. */
  static Opening begun(List<String> arguments) {
    Opening begun = BEGUN.getAndSet(null);
    return begun == null ? Opening.begin(arguments.toArray(String[]::new)) : begun;
  }

  private static boolean missingSystemPart(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnsatisfiedLinkError || t instanceof UnsupportedOperationException) {
        return true;
      }
    }
    return false;
  }

  private static String reason(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnsatisfiedLinkError) {
        return "GTK 3 or a library of it (on Debian: libgtk-3-0 and libxtst6)";
      }
    }
    return "a display that can be opened";
  }
}
