package dev.hearth.app.project.timeline;

import java.util.List;

/**
 * The whole stored past, coarsely, for the map of it.
 *
 * @param from when it begins, nanoseconds since the epoch; 0 when there is none
 * @param to when the last stretch ends
 * @param functions one lane each, all at the same level
 */
public record TimelineOverview(long from, long to, List<TimelineSlice.FunctionLane> functions) {
  public static final TimelineOverview NONE = new TimelineOverview(0, 0, List.of());
}
