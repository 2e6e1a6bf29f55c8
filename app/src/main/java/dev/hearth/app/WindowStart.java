package dev.hearth.app;

import javafx.application.Application;

/**
 * Hands over to JavaFX. Apart from {@link Main} so that the command line never loads a JavaFX
 * class.
 */
final class WindowStart {
  private static final int NO_WINDOW = 3;

  private WindowStart() {}

  static void open(String... arguments) {
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
