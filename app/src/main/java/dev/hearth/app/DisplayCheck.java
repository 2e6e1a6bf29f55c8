package dev.hearth.app;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells before JavaFX is loaded whether a window can open here, in a sentence for the user. */
final class DisplayCheck {
  private DisplayCheck() {}

  /** The sentence that says why no window can open; empty when nothing stands against it. */
  static Optional<String> obstacle() {
    return obstacle(
        System.getProperty("os.name"), System.getProperty("glass.platform"), System.getenv());
  }

  static Optional<String> obstacle(
      String system, @Nullable String glassPlatform, Map<String, String> environment) {
    boolean linux = system.toLowerCase(Locale.ROOT).contains("linux");
    boolean headless = "Headless".equals(glassPlatform);
    String display = environment.getOrDefault("DISPLAY", "");
    return linux && !headless && display.isBlank()
        ? Optional.of(sentence("There is no display (DISPLAY is not set)"))
        : Optional.empty();
  }

  /** One sentence that names the reason and points to the command line. */
  static String sentence(String reason) {
    return reason
        + ", so the window can't open; the command line works without one: see \"hearth help\".";
  }
}
