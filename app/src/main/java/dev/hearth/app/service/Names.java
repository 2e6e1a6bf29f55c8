package dev.hearth.app.service;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Helps with a name that does not exist: says what does, the nearest first. */
final class Names {
  private static final int MAX_LISTED = 12;

  private Names() {}

  /**
   * @param what the things in plural, e.g. {@code Functions}
   */
  static String suggest(String what, String wanted, List<String> known) {
    if (known.isEmpty()) {
      return "The project has none yet.";
    }
    String more = known.size() > MAX_LISTED ? " ..." : "";
    String list = String.join(", ", known.subList(0, Math.min(MAX_LISTED, known.size())));
    return nearest(wanted, known).map(name -> "Did you mean \"" + name + "\"? ").orElse("")
        + "%s here: %s%s.".formatted(what, list, more);
  }

  /** The known name that takes the fewest edits, when it is not altogether another. */
  static Optional<String> nearest(String wanted, List<String> known) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> edits(lower, name.toLowerCase(Locale.ROOT)) <= allowed(wanted))
        .min(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT))));
  }

  private static int allowed(String wanted) {
    return Math.max(2, wanted.length() / 3);
  }

  private static int edits(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(change, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[b.length()];
  }
}
