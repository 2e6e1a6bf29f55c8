package dev.hearth.runtime.sandbox;

import java.util.Arrays;

/** Figures of one kind, of which the middle one counts: others run on the machine, too. */
final class Samples {
  private final double[] values;
  private int count;

  Samples(int most) {
    values = new double[most];
  }

  void add(double value) {
    values[count++] = value;
  }

  private double at(double part) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1L, Math.round(part * count))];
  }

  double least() {
    return at(0);
  }

  double median() {
    return at(0.5);
  }

  double p99() {
    return at(0.99);
  }
}
