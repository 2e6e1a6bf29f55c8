package dev.hearth.app.project.compare;

import java.util.Arrays;

/**
 * Mann and Whitney's test: whether the values of one group tend to be larger than those of another,
 * without any assumption about how they are distributed, which durations would not meet.
 *
 * @param superiority how often a value of the second group is larger than one of the first, ties
 *     counted half: 0.5 when the groups do not differ
 * @param chance the probability that chance alone makes a difference as large, from 0 to 1
 */
public record MannWhitney(double superiority, double chance) {
  /** Fewer values in a group can't tell a difference from chance. */
  public static final int FEWEST = 5;

  /**
   * Compares two groups of at least one value each, with the normal approximation and a correction
   * for ties.
   *
   * @throws IllegalArgumentException when a group is empty
   */
  public static MannWhitney of(long[] first, long[] second) {
    if (first.length == 0 || second.length == 0) {
      throw new IllegalArgumentException("Both groups need at least one value");
    }
    long[] all = new long[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    Arrays.sort(all);
    double ranks = 0;
    for (long value : second) {
      ranks += rank(all, value);
    }
    double n = second.length;
    double m = first.length;
    double u = ranks - n * (n + 1) / 2;
    double mean = n * m / 2;
    double total = n + m;
    double variance = n * m / 12 * (total + 1 - ties(all) / (total * (total - 1)));
    double distance = Math.max(0, Math.abs(u - mean) - 0.5);
    double z = variance <= 0 ? 0 : distance / Math.sqrt(variance);
    return new MannWhitney(u / (n * m), Math.min(1, 2 * upperTail(z)));
  }

  /** The middle of the places that equal values take, from 1. */
  private static double rank(long[] sorted, long value) {
    return (lower(sorted, value) + 1 + lower(sorted, value + 1)) / 2.0;
  }

  private static int lower(long[] sorted, long value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double ties(long... sorted) {
    double sum = 0;
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        double t = i - from;
        sum += t * t * t - t;
        from = i;
      }
    }
    return sum;
  }

  /** Of the normal distribution, by Abramowitz and Stegun 26.2.17; exact to 7 decimals. */
  private static double upperTail(double z) {
    double t = 1 / (1 + 0.2316419 * z);
    double sum =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * sum;
  }
}
