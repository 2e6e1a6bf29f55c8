package dev.hearth.app.project;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Says in one sentence, with the evidence, what goes slowly wrong in an environment: memory that
 * climbs over its warm calls, or calls that take longer and longer. A trend counts only when chance
 * makes one like it in fewer than one case of a thousand (Mann and Kendall's test), and when it is
 * large enough to matter.
 */
public final class DriftWatch {
  private static final int FEWEST_CALLS = 8;

  /** The newest so many are looked at: comparing each with each is quadratic. */
  private static final int MOST_CALLS = 400;

  /** Beyond this many standard deviations a trend is no chance: 1 in 1,000, both sides. */
  private static final double CERTAIN = 3.29;

  private static final double MEGABYTE = 1 << 20;
  private static final double LEAST_GROWTH = 0.02;
  private static final double LEAST_SLOWDOWN = 1.3;

  private DriftWatch() {}

  /**
   * @param served the calls of one environment, oldest first
   */
  public static List<String> sentences(List<InvocationRecord> served) {
    List<InvocationRecord> warm =
        served.stream().filter(r -> r.status() == InvocationStatus.OK && !r.coldStart()).toList();
    List<InvocationRecord> newest =
        warm.subList(Math.max(0, warm.size() - MOST_CALLS), warm.size());
    List<String> found = new ArrayList<>();
    memory(newest).ifPresent(found::add);
    duration(newest).ifPresent(found::add);
    return found;
  }

  private static Optional<String> memory(List<InvocationRecord> calls) {
    long[] peaks = measured(calls, InvocationRecord::peakMemoryBytes);
    if (peaks.length < FEWEST_CALLS || trend(peaks) < CERTAIN) {
      return Optional.empty();
    }
    double slope = slope(peaks);
    long limit = (long) (calls.getLast().memoryMb() * MEGABYTE);
    if (slope * peaks.length < LEAST_GROWTH * limit) {
      return Optional.empty();
    }
    long left = Math.max(0, Math.round((limit - peaks[peaks.length - 1]) / slope));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Memory grows %.2g MB a call over %d warm calls and reaches the limit of %d MB in about"
                + " %,d calls.",
            slope / MEGABYTE,
            peaks.length,
            calls.getLast().memoryMb(),
            left));
  }

  private static Optional<String> duration(List<InvocationRecord> calls) {
    long[] durations = measured(calls, InvocationRecord::durationNanos);
    if (durations.length < FEWEST_CALLS || trend(durations) < CERTAIN) {
      return Optional.empty();
    }
    int third = durations.length / 3;
    double first = median(Arrays.copyOf(durations, third));
    double last = median(Arrays.copyOfRange(durations, durations.length - third, durations.length));
    if (last < LEAST_SLOWDOWN * first) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Calls get slower: the median rose from %.1f ms to %.1f ms over %d warm calls.",
            first / 1e6,
            last / 1e6,
            durations.length));
  }

  private static long[] measured(
      List<InvocationRecord> calls, ToLongFunction<InvocationRecord> figure) {
    return calls.stream().mapToLong(figure).filter(value -> value >= 0).toArray();
  }

  /** Mann and Kendall's figure: how many standard deviations a rise is away from chance. */
  static double trend(long... values) {
    long score = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        score += Long.signum(values[j] - values[i]);
      }
    }
    double n = values.length;
    double variance = (n * (n - 1) * (2 * n + 5) - ties(values)) / 18;
    return variance <= 0 ? 0 : (score - Long.signum(score)) / Math.sqrt(variance);
  }

  private static double ties(long... values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    double sum = 0;
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        double t = i - from;
        sum += t * (t - 1) * (2 * t + 5);
        from = i;
      }
    }
    return sum;
  }

  /** By least squares, per call. */
  private static double slope(long... values) {
    double middle = (values.length - 1) / 2.0;
    double mean = Arrays.stream(values).average().orElse(0);
    double above = 0;
    double below = 0;
    for (int i = 0; i < values.length; i++) {
      above += (i - middle) * (values[i] - mean);
      below += (i - middle) * (i - middle);
    }
    return above / below;
  }

  private static double median(long... values) {
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }
}
