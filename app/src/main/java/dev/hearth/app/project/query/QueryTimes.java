package dev.hearth.app.project.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What times in a query mean: before now ({@code -2h}), today ({@code 10:42}), a day ({@code
 * 2026-07-21}) or a moment ({@code 2026-07-21t10:42}).
 *
 * @param now what relative times count from
 * @param zone whose clock is meant
 */
public record QueryTimes(Instant now, ZoneId zone) {
  private static final Pattern AGO = Pattern.compile("-([0-9]+)(ms|s|m|min|h|d|w)");
  private static final long NANOS = 1_000_000_000L;

  /** Counts from this moment, by this machine's clock. */
  public static QueryTimes here() {
    return new QueryTimes(Instant.now(), ZoneId.systemDefault());
  }

  /**
   * Nanoseconds since the epoch.
   *
   * @throws IllegalArgumentException with a message for the user when it is no time
   */
  long parse(String key, String value) {
    try {
      return nanos(instant(value));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "\"%s:%s\" is no time. Write %s:-2h, %s:10:42, %s:2026-07-21 or %s:2026-07-21T10:42."
              .formatted(key, value, key, key, key, key),
          e);
    }
  }

  private Instant instant(String value) {
    Matcher ago = AGO.matcher(value);
    if (ago.matches()) {
      return now.minusMillis(
          Math.multiplyExact(Long.parseLong(ago.group(1)), millis(ago.group(2))));
    }
    ZonedDateTime here = now.atZone(zone);
    if (value.equals("today")) {
      return here.toLocalDate().atStartOfDay(zone).toInstant();
    }
    if (value.contains("t")) {
      String iso = value.replace('t', 'T').replace('z', 'Z');
      return iso.endsWith("Z")
          ? Instant.parse(iso)
          : LocalDateTime.parse(iso).atZone(zone).toInstant();
    }
    return value.contains(":")
        ? here.toLocalDate().atTime(LocalTime.parse(value)).atZone(zone).toInstant()
        : LocalDate.parse(value).atStartOfDay(zone).toInstant();
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m", "min" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 7 * 86_400_000L;
    };
  }

  private static long nanos(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
  }
}
