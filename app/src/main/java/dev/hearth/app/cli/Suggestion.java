package dev.hearth.app.cli;

import java.util.List;

/** The end of a message about a name that does not exist: what does. */
final class Suggestion {
  private static final int SHOWN = 12;

  private Suggestion() {}

  /**
   * @param label what the names are, in the plural, capitalised
   */
  static String among(String label, List<String> names) {
    if (names.isEmpty()) {
      return label + ": none in this project.";
    }
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return label + ": " + shown + (names.size() > SHOWN ? " ..." : "") + ".";
  }
}
