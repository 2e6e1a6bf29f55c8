package dev.hearth.app.ui.kit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Writes measured numbers the same way everywhere: three significant figures with their unit, money
 * with the digits that matter, counts with grouping.
 */
public final class Units {
  private static final MathContext THREE_FIGURES = new MathContext(3, RoundingMode.HALF_UP);
  private static final long KILOBYTE = 1024;

  private Units() {}

  /** {@code 850 ns}, {@code 65.1 µs}, {@code 14.2 ms}, {@code 1.24 s}, {@code 2 min 5 s}. */
  public static String duration(long nanos) {
    if (nanos < 0) {
      return "–" + duration(-nanos);
    }
    if (nanos == 0) {
      return "0 ms";
    }
    if (nanos < 999_500_000L) {
      return nanos < 1_000
          ? nanos + " ns"
          : nanos < 999_500 ? figures(nanos, 1_000) + " µs" : figures(nanos, 1_000_000) + " ms";
    }
    if (nanos < 59_950_000_000L) {
      return figures(nanos, 1_000_000_000) + " s";
    }
    return longDuration(Math.round(nanos / 1e9));
  }

  private static String longDuration(long seconds) {
    if (seconds < 3600) {
      return pair(seconds / 60, "min", seconds % 60, "s");
    }
    long minutes = Math.round(seconds / 60.0);
    return pair(minutes / 60, "h", minutes % 60, "min");
  }

  private static String pair(long high, String highUnit, long low, String lowUnit) {
    return count(high) + " " + highUnit + (low == 0 ? "" : " " + low + " " + lowUnit);
  }

  /** Whole milliseconds as Lambda bills them: {@code 188 ms}, {@code 1,240 ms}. */
  public static String billed(long millis) {
    return count(millis) + " ms";
  }

  /** {@code 512 B}, {@code 1.5 KB}, {@code 107 MB}, {@code 1.46 GB}; 1,024 bytes to the KB. */
  public static String bytes(long bytes) {
    if (bytes < KILOBYTE) {
      return bytes + " B";
    }
    String[] units = {"B", "KB", "MB", "GB", "TB"};
    int unit = 0;
    double value = bytes;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= KILOBYTE;
      unit++;
    }
    return figures(value) + " " + units[unit];
  }

  /** A configured amount of memory: {@code 512 MB}, {@code 1,769 MB}. */
  public static String megabytes(int megabytes) {
    return count(megabytes) + " MB";
  }

  /**
   * An amount of money; three figures below a cent, else cents.
   *
   * @param picoUsd 10^-12 dollars
   */
  public static String money(long picoUsd) {
    BigDecimal usd = BigDecimal.valueOf(picoUsd, 12);
    if (usd.signum() == 0) {
      return "$0";
    }
    if (usd.abs().compareTo(BigDecimal.ONE) >= 0) {
      return "$" + String.format(Locale.ROOT, "%,.2f", usd);
    }
    if (usd.abs().compareTo(new BigDecimal("0.01")) >= 0) {
      BigDecimal rounded = usd.round(THREE_FIGURES).stripTrailingZeros();
      return "$" + rounded.setScale(Math.max(2, rounded.scale())).toPlainString();
    }
    return "$" + usd.round(THREE_FIGURES).stripTrailingZeros().toPlainString();
  }

  /** {@code 1st}, {@code 2nd}, {@code 7th}, {@code 1,211th}. */
  public static String ordinal(long number) {
    boolean teen = number % 100 >= 11 && number % 100 <= 13;
    String end =
        switch ((int) (number % 10)) {
          case 1 -> teen ? "th" : "st";
          case 2 -> teen ? "th" : "nd";
          case 3 -> teen ? "th" : "rd";
          default -> "th";
        };
    return count(number) + end;
  }

  /** {@code 1,204}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count with its noun: {@code 1 call}, {@code 1,204 calls}. */
  public static String count(long count, String one, String many) {
    return count(count) + " " + (count == 1 ? one : many);
  }

  private static String figures(long value, long unit) {
    return figures((double) value / unit);
  }

  private static String figures(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(THREE_FIGURES);
    int scale = Math.max(0, 3 - (rounded.precision() - rounded.scale()));
    if (rounded.signum() == 0) {
      return "0";
    }
    return rounded.setScale(scale, RoundingMode.HALF_UP).toPlainString();
  }
}
