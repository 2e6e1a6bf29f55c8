package dev.hearth.app.ui.kit.time;

/**
 * Maps time to pixels. Immutable: panning and zooming give another scale, so a view keeps one value
 * and going back is easy.
 *
 * @param start time at pixel 0, nanoseconds (since the epoch, or since anything)
 * @param nanosPerPixel above 0
 */
public record TimeScale(long start, double nanosPerPixel) {
  /** The closest look: 20 ns a pixel. */
  public static final double MIN_NANOS_PER_PIXEL = 20;

  /** The widest look: about a year on a screen. */
  public static final double MAX_NANOS_PER_PIXEL = 4e13;

  public TimeScale {
    nanosPerPixel = Math.max(MIN_NANOS_PER_PIXEL, Math.min(MAX_NANOS_PER_PIXEL, nanosPerPixel));
  }

  /** The scale that shows a range over a width. */
  public static TimeScale fit(long from, long to, double width) {
    return new TimeScale(from, (to - from) / Math.max(1, width));
  }

  /** The pixel of a time; far outside the screen it is cut to a number that drawing can take. */
  public double x(long time) {
    double x = (time - start) / nanosPerPixel;
    return Math.max(-100_000, Math.min(100_000, x));
  }

  /** The time at a pixel. */
  public long time(double x) {
    return start + Math.round(x * nanosPerPixel);
  }

  /** Moves the picture by pixels: later things come in from the right for a positive number. */
  public TimeScale pan(double pixels) {
    return new TimeScale(start + Math.round(pixels * nanosPerPixel), nanosPerPixel);
  }

  /**
   * Zooms so that the time under a pixel stays there.
   *
   * @param factor below 1 zooms in
   */
  public TimeScale zoom(double x, double factor) {
    long anchor = time(x);
    TimeScale scaled = new TimeScale(start, nanosPerPixel * factor);
    return new TimeScale(anchor - Math.round(x * scaled.nanosPerPixel), scaled.nanosPerPixel);
  }
}
