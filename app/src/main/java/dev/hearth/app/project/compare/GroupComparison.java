package dev.hearth.app.project.compare;

import java.util.Arrays;
import java.util.Locale;

/**
 * Two groups of durations side by side.
 *
 * @param firstNanos median of the first
 * @param secondNanos median of the second
 */
public record GroupComparison(
    int firstCalls, int secondCalls, long firstNanos, long secondNanos, MannWhitney test) {
  /** Less than this is taken for certain. */
  private static final double CERTAIN = 0.01;

  /**
   * @throws IllegalArgumentException when a group is empty
   */
  public static GroupComparison of(long[] first, long[] second) {
    return new GroupComparison(
        first.length, second.length, median(first), median(second), MannWhitney.of(first, second));
  }

  private static long median(long... values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }

  /** Whether there are enough calls to say anything. */
  public boolean enough() {
    return Math.min(firstCalls, secondCalls) >= MannWhitney.FEWEST;
  }

  /** Whether the groups differ by more than chance. */
  public boolean differs() {
    return enough() && test.chance() < CERTAIN;
  }

  /** The outcome in one sentence, with the evidence. */
  public String sentence(String firstName, String secondName) {
    String medians =
        String.format(
            Locale.ROOT,
            "median %.2f ms over %,d calls against %.2f ms over %,d calls",
            secondNanos / 1e6,
            secondCalls,
            firstNanos / 1e6,
            firstCalls);
    if (!enough()) {
      return "Too few calls to compare %s with %s: %s.".formatted(secondName, firstName, medians);
    }
    if (!differs()) {
      return String.format(
          Locale.ROOT,
          "No difference beyond chance between %s and %s: %s (p = %.2f).",
          secondName,
          firstName,
          medians,
          test.chance());
    }
    double change = firstNanos == 0 ? 0 : 100.0 * (secondNanos - firstNanos) / firstNanos;
    return String.format(
        Locale.ROOT,
        "%s is %.0f %% %s than %s: %s (p %s).",
        secondName,
        Math.abs(change),
        test.superiority() > 0.5 ? "slower" : "faster",
        firstName,
        medians,
        test.chance() < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", test.chance()));
  }
}
