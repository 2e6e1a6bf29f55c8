package dev.hearth.app.store;

import java.util.Arrays;

/**
 * Puts rows in the order of their keys, equal ones in the order they had: a million in a few
 * passes, where comparing would take ten times as long.
 */
final class RadixOrder {
  private static final int BITS = 11;

  /** Below this, comparing is faster. */
  private static final int SMALL = 20_000;

  private static final int BUCKETS = 1 << BITS;

  private RadixOrder() {}

  /** Puts numbers in order. */
  static void sort(long[] keys) {
    if (keys.length < SMALL) {
      Arrays.sort(keys);
    } else {
      sort(keys, new long[keys.length]);
    }
  }

  /**
   * @param keys are put in order too
   * @param rows moved along with their keys
   */
  static void sort(long[] keys, long[] rows) {
    long[] fromKeys = keys;
    long[] fromRows = rows;
    long[] toKeys = new long[keys.length];
    long[] toRows = new long[keys.length];
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      int[] counts = count(fromKeys, shift);
      if (counts == null) {
        continue;
      }
      for (int i = 0; i < fromKeys.length; i++) {
        int at = counts[digit(fromKeys[i], shift)]++;
        toKeys[at] = fromKeys[i];
        toRows[at] = fromRows[i];
      }
      long[] swapKeys = fromKeys;
      long[] swapRows = fromRows;
      fromKeys = toKeys;
      fromRows = toRows;
      toKeys = swapKeys;
      toRows = swapRows;
    }
    if (fromKeys != keys) {
      System.arraycopy(fromKeys, 0, keys, 0, keys.length);
      System.arraycopy(fromRows, 0, rows, 0, rows.length);
    }
  }

  /** Where each digit's rows begin; null when all rows have the same. */
  private static int[] count(long[] keys, int shift) {
    int[] counts = new int[BUCKETS];
    for (long key : keys) {
      counts[digit(key, shift)]++;
    }
    int at = 0;
    for (int i = 0; i < BUCKETS; i++) {
      int count = counts[i];
      if (count == keys.length) {
        return null;
      }
      counts[i] = at;
      at += count;
    }
    return counts;
  }

  /** Negative keys stand before the others. */
  private static int digit(long key, int shift) {
    return (int) ((key ^ Long.MIN_VALUE) >>> shift) & BUCKETS - 1;
  }
}
