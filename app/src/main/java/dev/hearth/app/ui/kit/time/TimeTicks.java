package dev.hearth.app.ui.kit.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * The marks of a time ruler. They stand on round times, so they do not jump while the picture
 * moves; from seconds up they read as clock times, below as offsets from the full second.
 */
public final class TimeTicks {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] STEPS = {
    MICRO,
    2 * MICRO,
    5 * MICRO,
    10 * MICRO,
    20 * MICRO,
    50 * MICRO,
    100 * MICRO,
    200 * MICRO,
    500 * MICRO,
    MILLI,
    2 * MILLI,
    5 * MILLI,
    10 * MILLI,
    20 * MILLI,
    50 * MILLI,
    100 * MILLI,
    200 * MILLI,
    500 * MILLI,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY
  };
  private static final DateTimeFormatter DAY_FORMAT = DateTimeFormatter.ofPattern("d MMM");
  private static final DateTimeFormatter MINUTE_FORMAT = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter SECOND_FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter MILLI_FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private TimeTicks() {}

  /** A mark with its text. */
  public record Tick(long time, String label) {}

  /** The smallest round step that keeps marks at least so many pixels apart. */
  public static long step(double nanosPerPixel, double minPixels) {
    double wanted = nanosPerPixel * minPixels;
    for (long step : STEPS) {
      if (step >= wanted) {
        return step;
      }
    }
    return Math.ceilDiv((long) wanted, DAY) * DAY;
  }

  /**
   * Marks on clock times over a visible range.
   *
   * @param apart the least pixels between two marks: somewhat more than a label takes
   */
  public static List<Tick> clock(TimeScale scale, double width, ZoneId zone, double apart) {
    long step = step(scale.nanosPerPixel(), apart);
    long offset = offsetNanos(scale.start(), zone);
    long first = Math.floorDiv(scale.start() + offset, step) * step - offset;
    List<Tick> ticks = new ArrayList<>();
    for (long t = first; t <= scale.time(width); t += step) {
      ticks.add(new Tick(t, clockLabel(t, step, zone)));
    }
    return ticks;
  }

  /** Marks on durations from 0, for one invocation. */
  public static List<Tick> offsets(TimeScale scale, long origin, double width) {
    long step = step(scale.nanosPerPixel(), 64);
    List<Tick> ticks = new ArrayList<>();
    long first = Math.floorDiv(scale.start() - origin, step) * step + origin;
    for (long t = Math.max(first, origin); t <= scale.time(width); t += step) {
      ticks.add(new Tick(t, offsetLabel(t - origin, step)));
    }
    return ticks;
  }

  private static long offsetNanos(long time, ZoneId zone) {
    return zone.getRules().getOffset(instant(time)).getTotalSeconds() * SECOND;
  }

  private static Instant instant(long time) {
    return Instant.ofEpochSecond(Math.floorDiv(time, SECOND), Math.floorMod(time, SECOND));
  }

  private static String clockLabel(long time, long step, ZoneId zone) {
    ZonedDateTime at = instant(time).atZone(zone);
    if (step >= DAY) {
      return DAY_FORMAT.format(at);
    }
    if (step >= MINUTE) {
      boolean midnight = at.toLocalTime().toSecondOfDay() == 0;
      return (midnight ? DAY_FORMAT : MINUTE_FORMAT).format(at);
    }
    if (step >= SECOND) {
      return SECOND_FORMAT.format(at);
    }
    if (step >= MILLI) {
      return MILLI_FORMAT.format(at);
    }
    return "." + "%06d".formatted(at.getNano() / MICRO) + " s";
  }

  private static String offsetLabel(long nanos, long step) {
    if (step >= SECOND) {
      return nanos / SECOND + " s";
    }
    if (step >= MILLI) {
      return nanos / MILLI + " ms";
    }
    return nanos / MICRO + " µs";
  }
}
