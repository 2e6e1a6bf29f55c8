package dev.hearth.app.state;

import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The part of the stored past that the timeline shows now, and a coarse map of all of it. What is
 * kept depends on the width of the picture and not on the length of the history. FX thread only.
 */
public final class TimelinePast {
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
  private TimelineOverview overview = TimelineOverview.NONE;
  private @Nullable TimelineSlice slice;
  private List<TimelineLane> lanes = List.of();

  /** Grows with every change. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** The whole history, coarsely. */
  public TimelineOverview overview() {
    return overview;
  }

  public void show(TimelineOverview next) {
    overview = next;
    changed();
  }

  /** What was read last; null when nothing was. */
  public @Nullable TimelineSlice slice() {
    return slice;
  }

  /**
   * The lanes of the slice: environments, or functions when there are too many environments to tell
   * them apart.
   */
  public List<TimelineLane> lanes() {
    return lanes;
  }

  /** Whether the lanes are functions. */
  public boolean byFunction() {
    return slice != null && slice.moreLanes() > 0;
  }

  /** Whether what was read of an environment says more than what the session knows of it. */
  public boolean isBetterThan(@Nullable TimelineLane known) {
    return known == null || !known.complete();
  }

  public void show(TimelineSlice next) {
    slice = next;
    List<TimelineLane> made = new ArrayList<>();
    if (next.moreLanes() > 0) {
      next.functions().forEach(function -> made.add(TimelineLane.ofFunction(function)));
    } else {
      next.lanes().forEach(lane -> made.add(TimelineLane.stored(lane)));
    }
    lanes = List.copyOf(made);
    changed();
  }

  public void clear() {
    overview = TimelineOverview.NONE;
    slice = null;
    lanes = List.of();
    changed();
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }
}
