package dev.hearth.app.ui.timeline;

import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.state.TimelineModel;
import dev.hearth.app.state.TimelinePast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Which lanes are drawn and in which order: pinned ones first, hidden ones not, the others by
 * function and start. FX thread only.
 */
final class LaneChoice {
  private final Set<String> pinned = new HashSet<>();
  private final Set<String> hidden = new HashSet<>();
  private final Set<String> hiddenFunctions = new HashSet<>();
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
  private @Nullable Key madeFor;
  private List<TimelineLane> made = List.of();

  /** What the order depends on. */
  private record Key(long model, long past, long choice, long from, long to) {}

  ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  boolean isPinned(TimelineLane lane) {
    return pinned.contains(id(lane));
  }

  /** Puts a lane on top, or back to its place. */
  void togglePin(TimelineLane lane) {
    if (!pinned.remove(id(lane))) {
      pinned.add(id(lane));
    }
    changed();
  }

  void hide(TimelineLane lane) {
    hidden.add(id(lane));
    changed();
  }

  void hideFunction(String name) {
    hiddenFunctions.add(name);
    changed();
  }

  /** Whether some lane is hidden. */
  boolean hidesSome() {
    return !hidden.isEmpty() || !hiddenFunctions.isEmpty();
  }

  void showAll() {
    hidden.clear();
    hiddenFunctions.clear();
    changed();
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  private static String id(TimelineLane lane) {
    return lane.wholeFunction() ? "function " + lane.functionName() : lane.environmentId();
  }

  /** The lanes of a stretch of time; nanoseconds since the epoch. */
  List<TimelineLane> lanes(TimelineModel model, TimelinePast past, long from, long to) {
    Key key =
        new Key(
            model.revisionProperty().get(),
            past.revisionProperty().get(),
            revision.get(),
            from,
            to);
    if (!key.equals(madeFor)) {
      madeFor = key;
      made = ordered(existing(model, past, from, to));
    }
    return made;
  }

  private static List<TimelineLane> existing(
      TimelineModel model, TimelinePast past, long from, long to) {
    if (past.byFunction()) {
      return past.lanes();
    }
    long now = TimelineViewModel.now();
    Map<String, TimelineLane> lanes = new LinkedHashMap<>();
    for (TimelineLane lane : model.lanes()) {
      if (lane.startedAt() <= to && lane.endsAt(now) >= from) {
        lanes.put(lane.environmentId(), lane);
      }
    }
    for (TimelineLane lane : past.lanes()) {
      boolean here = lane.startedAt() <= to && lane.endsAt(now) >= from;
      if (here && past.isBetterThan(lanes.get(lane.environmentId()))) {
        lanes.put(lane.environmentId(), lane);
      }
    }
    return new ArrayList<>(lanes.values());
  }

  private List<TimelineLane> ordered(List<TimelineLane> lanes) {
    Map<String, Long> functions = new HashMap<>();
    for (TimelineLane lane : lanes) {
      functions.merge(lane.functionName(), lane.startedAt(), Math::min);
    }
    return lanes.stream()
        .filter(lane -> !hidden.contains(id(lane)))
        .filter(lane -> !hiddenFunctions.contains(lane.functionName()))
        .sorted(
            Comparator.comparing((TimelineLane lane) -> !isPinned(lane))
                .thenComparing(lane -> functions.get(lane.functionName()))
                .thenComparing(TimelineLane::functionName)
                .thenComparing(TimelineLane::startedAt))
        .toList();
  }
}
