package dev.hearth.app.service;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** Durations of single calls, and what they say; printed as one line of a table. */
record BenchmarkSample(long[] nanos, long totalNanos) {
  /** A step of the measured work that may fail. */
  interface Step {
    void run() throws Exception;
  }

  /** Runs the call again and again, one after the other. */
  static BenchmarkSample of(int calls, Callable<?> call) throws Exception {
    return of(calls, () -> {}, call);
  }

  /**
   * @param before done ahead of each call, not measured
   */
  static BenchmarkSample of(int calls, Step before, Callable<?> call) throws Exception {
    long[] took = new long[calls];
    long total = 0;
    for (int i = 0; i < calls; i++) {
      before.run();
      long from = System.nanoTime();
      call.call();
      took[i] = System.nanoTime() - from;
      total += took[i];
    }
    return new BenchmarkSample(took, total);
  }

  /** Of clients that ran side by side for this long. */
  static BenchmarkSample joined(Iterable<BenchmarkSample> samples, long wallNanos) {
    long[] all = new long[0];
    for (BenchmarkSample sample : samples) {
      int end = all.length;
      all = Arrays.copyOf(all, end + sample.nanos.length);
      System.arraycopy(sample.nanos, 0, all, end, sample.nanos.length);
    }
    return new BenchmarkSample(all, wallNanos);
  }

  BenchmarkSample {
    Arrays.sort(nanos);
  }

  double micros(double share) {
    return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e3;
  }

  double perSecond() {
    return nanos.length / (totalNanos / 1e9);
  }

  /** Microseconds and calls a second, for calls that come thick and fast. */
  void printWarm(String what, BenchmarkSample floor) {
    System.out.printf(
        "%-40s p50 %8.1f us  p99 %8.1f us  %8.0f /s  %6.2f x floor%n",
        what, micros(0.5), micros(0.99), perSecond(), micros(0.5) / floor.micros(0.5));
  }

  /** Milliseconds, for things that happen once. */
  void printSlow(String what, BenchmarkSample floor) {
    System.out.printf(
        "%-40s p50 %8.1f ms  min %8.1f ms  %6.2f x floor%n",
        what, micros(0.5) / 1e3, nanos[0] / 1e6, micros(0.5) / floor.micros(0.5));
  }
}
