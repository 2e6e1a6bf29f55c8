package dev.hearth.app.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what a user means by a few letters: all letters must appear in order; those at the start of
 * words, next to each other and early count more.
 *
 * @param score higher is better
 * @param positions the letters that matched, for highlighting
 */
record FuzzyMatch(int score, List<Integer> positions) {
  private static final int START_OF_WORD = 8;
  private static final int ADJACENT = 6;
  private static final int SAME_CASE = 1;
  private static final int WHOLE_PREFIX = 20;

  /** Matches a query against a text; empty when the letters do not appear in order. */
  static Optional<FuzzyMatch> of(String query, String text) {
    String wanted = query.strip().toLowerCase(Locale.ROOT).replace(" ", "");
    if (wanted.isEmpty()) {
      return Optional.of(new FuzzyMatch(0, List.of()));
    }
    String lower = text.toLowerCase(Locale.ROOT);
    FuzzyMatch best = null;
    for (int start = lower.indexOf(wanted.charAt(0));
        start >= 0;
        start = lower.indexOf(wanted.charAt(0), start + 1)) {
      FuzzyMatch match = from(start, wanted, text, lower);
      if (match != null && (best == null || match.score() > best.score())) {
        best = match;
      }
    }
    return Optional.ofNullable(best);
  }

  private static FuzzyMatch from(int start, String wanted, String text, String lower) {
    List<Integer> positions = new ArrayList<>(wanted.length());
    int score = start == 0 && lower.startsWith(wanted) ? WHOLE_PREFIX : 0;
    int at = start;
    for (int i = 0; i < wanted.length(); i++) {
      int found = i == 0 ? start : next(lower, text, wanted.charAt(i), at + 1);
      if (found < 0) {
        return null;
      }
      boolean adjacent = i > 0 && found == at + 1;
      score +=
          (adjacent ? ADJACENT : 0)
              + (startsWord(text, found) ? START_OF_WORD : 0)
              + (text.charAt(found) == wanted.charAt(i) ? SAME_CASE : 0);
      at = found;
      positions.add(found);
    }
    return new FuzzyMatch(score - text.length() / 8 - start / 4, List.copyOf(positions));
  }

  /** The letter right here, else at the start of a later word, else anywhere later. */
  private static int next(String lower, String text, char letter, int from) {
    int first = lower.indexOf(letter, from);
    if (first == from || first < 0) {
      return first;
    }
    for (int i = first; i >= 0; i = lower.indexOf(letter, i + 1)) {
      if (startsWord(text, i)) {
        return i;
      }
    }
    return first;
  }

  private static boolean startsWord(String text, int index) {
    if (index == 0) {
      return true;
    }
    char before = text.charAt(index - 1);
    return !Character.isLetterOrDigit(before)
        || Character.isUpperCase(text.charAt(index)) && Character.isLowerCase(before);
  }
}
