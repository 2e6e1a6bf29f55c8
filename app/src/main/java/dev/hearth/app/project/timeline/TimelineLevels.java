package dev.hearth.app.project.timeline;

/**
 * The levels of detail of the stored past: at each, time is cut into stretches four times as long
 * as at the level before, the finest a quarter of a second. A picture takes the level whose
 * stretches are just below a pixel; what is finer than that is read call by call.
 */
public final class TimelineLevels {
  /** Length of a stretch at level 0, nanoseconds. */
  public static final long FINEST_NANOS = 250_000_000L;

  /** The coarsest level kept for an environment: stretches of 18 hours. */
  public static final int ENVIRONMENT_LAST = 9;

  /** The finest level kept for a function: stretches of 4 seconds. */
  public static final int FUNCTION_FIRST = 2;

  /** The coarsest level kept for a function: stretches of 48 days. */
  public static final int FUNCTION_LAST = 12;

  private TimelineLevels() {}

  /** The length of a stretch, nanoseconds. */
  public static long nanos(int level) {
    return FINEST_NANOS << (2 * level);
  }

  /** The number of the stretch that a time is in. */
  public static long bucket(long time, int level) {
    return Math.floorDiv(time, nanos(level));
  }

  /**
   * The coarsest level whose stretches are no longer than a pixel, within bounds.
   *
   * @param nanosPerPixel of the picture
   */
  public static int forPixel(double nanosPerPixel, int first, int last) {
    int level = first;
    while (level < last && nanos(level + 1) <= nanosPerPixel) {
      level++;
    }
    return level;
  }
}
