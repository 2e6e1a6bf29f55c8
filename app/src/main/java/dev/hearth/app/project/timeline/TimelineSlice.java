package dev.hearth.app.project.timeline;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored past between two times, as fine as a picture of that stretch can show it. Of bounded
 * size, however long the history is.
 *
 * @param from nanoseconds since the epoch
 * @param to nanoseconds since the epoch
 * @param nanosPerPixel what it was made for
 * @param lanes environments that existed in it, by function and start; none when there are more
 *     than {@link #MAX_LANES}: then they are too small to be told apart
 * @param functions every function that was called in it, as one lane each
 * @param moreLanes how many environments existed when they are not in it
 * @param throttled when calls were refused, in order, one time for each pixel that has some
 */
public record TimelineSlice(
    long from,
    long to,
    double nanosPerPixel,
    List<Lane> lanes,
    List<FunctionLane> functions,
    int moreLanes,
    List<Long> throttled) {
  /** The most environments in a slice. */
  public static final int MAX_LANES = 200;

  /** The most calls that are handed over one by one. */
  public static final int MAX_CALLS = 20_000;

  /**
   * An environment.
   *
   * @param calls in order of time; null when there are too many of them to be told apart
   * @param buckets null when the calls are there
   */
  public record Lane(
      EnvironmentRecord environment,
      @Nullable List<InvocationRecord> calls,
      @Nullable BucketSeries buckets) {}

  /** All environments of a function together, and what was throttled. */
  public record FunctionLane(String functionName, BucketSeries buckets) {}
}
