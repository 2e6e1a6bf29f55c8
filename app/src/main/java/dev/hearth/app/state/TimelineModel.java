package dev.hearth.app.state;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.runtime.event.EnvironmentState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What the timeline draws: a lane per execution environment. FX thread only; {@link
 * #revisionProperty()} tells of changes, once for all that were made before {@link #publish()}. Of
 * bounded size: the oldest lanes and blocks go first, the history keeps them.
 */
public final class TimelineModel {
  /** Most lanes held. */
  public static final int MAX_LANES = 2_000;

  /** Most blocks held in all lanes together. */
  public static final int MAX_SPANS = 100_000;

  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
  private final List<TimelineLane> lanes = new ArrayList<>();
  private final Map<String, TimelineLane> byId = new HashMap<>();
  private final SpanSeries throttles = new SpanSeries();
  private final Set<String> waiting = new HashSet<>();
  private final int maxSpans;
  private int spanCount;
  private boolean dirty;

  public TimelineModel() {
    this(MAX_SPANS);
  }

  TimelineModel(int maxSpans) {
    this.maxSpans = maxSpans;
  }

  /** Grows whenever something that is drawn has changed. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** In order of start; do not modify. */
  public List<TimelineLane> lanes() {
    return Collections.unmodifiableList(lanes);
  }

  /** The lane of an environment; null when it is not held. */
  public @Nullable TimelineLane lane(String environmentId) {
    return byId.get(environmentId);
  }

  /** Calls that found no environment: each a block without length. */
  public SpanSeries throttles() {
    return throttles;
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return lanes.isEmpty() && throttles.isEmpty();
  }

  /** Whether something grows right now: a start, an init or a call. */
  public boolean active() {
    return !waiting.isEmpty()
        || lanes.stream().anyMatch(lane -> lane.alive() && busy(lane.state()));
  }

  private static boolean busy(@Nullable EnvironmentState state) {
    return switch (state) {
      case STARTING, INIT, INVOKING, SHUTTING_DOWN -> true;
      case null, default -> false;
    };
  }

  /** Takes the newest state of an environment's record. */
  public void put(EnvironmentRecord record) {
    TimelineLane lane =
        ensure(
            record.environmentId(), record.functionName(), record.memoryMb(), record.startedAt());
    lane.take(record);
    if (record.goneAt() != 0) {
      endOpen(lane, record.goneAt());
      lane.setState(EnvironmentState.SHUT_DOWN);
    }
    dirty = true;
  }

  /** Takes an environment of an earlier session, with its first init. */
  public void putStored(EnvironmentRecord record) {
    if (byId.containsKey(record.environmentId())) {
      return;
    }
    put(record);
    TimelineLane lane = byId.get(record.environmentId());
    lane.setFromHistory();
    if (record.initEndedAt() > 0) {
      addSpan(lane, record.startedAt(), record.initEndedAt(), SpanKind.INIT, null);
    }
  }

  /** What is known of an environment only while it lives; its init has begun. */
  public void started(String environmentId, String sandbox, List<String> notes, long at) {
    TimelineLane lane = byId.get(environmentId);
    if (lane != null) {
      lane.describe(sandbox, notes);
      lane.setState(EnvironmentState.STARTING);
      addSpan(lane, at, SpanSeries.OPEN, SpanKind.INIT, null);
    }
  }

  /** An init has ended. */
  public void initDone(String environmentId, long start, long end, boolean failed) {
    TimelineLane lane = byId.get(environmentId);
    if (lane == null) {
      return;
    }
    SpanKind kind = failed ? SpanKind.ERROR : SpanKind.INIT;
    int open = lane.spans().openIndex(SpanKind.INIT);
    if (open >= 0) {
      lane.spans().set(open, start, end, kind);
      dirty = true;
    } else {
      addSpan(lane, start, end, kind, null);
    }
  }

  /** The environment changed its state. */
  public void state(String environmentId, EnvironmentState state, long at) {
    TimelineLane lane = byId.get(environmentId);
    if (lane == null) {
      return;
    }
    int pause = lane.pauses().openIndex(SpanKind.FROZEN);
    if (pause >= 0) {
      lane.pauses().set(pause, lane.pauses().start(pause), at, SpanKind.FROZEN);
    }
    if (state == EnvironmentState.FROZEN) {
      lane.pauses().add(at, SpanSeries.OPEN, SpanKind.FROZEN, null);
      trimPauses(lane.pauses());
    }
    boolean initAgain = state == EnvironmentState.STARTING || state == EnvironmentState.INIT;
    if (initAgain && lane.spans().openIndex(SpanKind.INIT) < 0) {
      addSpan(lane, at, SpanSeries.OPEN, SpanKind.INIT, null);
    }
    lane.setState(state);
    dirty = true;
  }

  private void trimPauses(SpanSeries pauses) {
    if (pauses.size() > maxSpans / 4) {
      pauses.dropOldest(pauses.size() / 4);
    }
  }

  /** A measured value of a living environment. */
  public void memory(String environmentId, long at, long bytes) {
    TimelineLane lane = byId.get(environmentId);
    if (lane != null) {
      lane.memory().add(at, bytes);
      dirty = true;
    }
  }

  /** The stored curve of an environment of an earlier session. */
  public void memory(TimelineLane lane, List<MemoryPoint> curve) {
    if (!curve.isEmpty()) {
      curve.forEach(point -> lane.memory().add(point.at(), point.bytes()));
      dirty = true;
    }
  }

  /**
   * Takes the newest state of a call.
   *
   * @param at when this was told, for the end of a call of which no duration was measured
   */
  public void put(InvocationRecord record, long at) {
    dirty = true;
    if (record.status().ended()) {
      waiting.remove(record.requestId());
    } else {
      waiting.add(record.requestId());
    }
    if (record.status() == InvocationStatus.THROTTLED) {
      addThrottle(record);
      return;
    }
    TimelineLane lane = laneOf(record);
    if (lane == null) {
      return;
    }
    int known = lane.spans().recentIndexOf(record.requestId());
    SpanKind kind = record.status().failed() ? SpanKind.ERROR : SpanKind.INVOKE;
    if (known >= 0 && isSameCall(lane.spans(), known, record)) {
      long start = record.startedAt() > 0 ? record.startedAt() : lane.spans().start(known);
      lane.spans().set(known, start, endOf(record, start, at), kind);
    } else if (record.startedAt() > 0) {
      addColdStart(lane, record);
      lane.addWait(record);
      addSpan(
          lane,
          record.startedAt(),
          endOf(record, record.startedAt(), at),
          kind,
          record.requestId());
    }
  }

  /** A repeated attempt has the request id of the one before, which has ended. */
  private static boolean isSameCall(SpanSeries spans, int block, InvocationRecord record) {
    return spans.end(block) == SpanSeries.OPEN
        || record.startedAt() <= 0
        || record.startedAt() == spans.start(block);
  }

  private static long endOf(InvocationRecord record, long start, long at) {
    if (!record.status().ended()) {
      return SpanSeries.OPEN;
    }
    return record.durationNanos() >= 0 ? start + record.durationNanos() : Math.max(start, at);
  }

  private @Nullable TimelineLane laneOf(InvocationRecord record) {
    if (record.environmentId() == null) {
      return null;
    }
    TimelineLane lane = byId.get(record.environmentId());
    if (lane == null && record.startedAt() > 0) {
      long start = record.startedAt() - Math.max(0, record.initNanos());
      lane = ensure(record.environmentId(), record.functionName(), record.memoryMb(), start);
      lane.setFromHistory();
    }
    return lane;
  }

  /** An environment can initialise anew for a later call; only the call tells of that init. */
  private void addColdStart(TimelineLane lane, InvocationRecord record) {
    if (record.initNanos() <= 0 || !lane.fromHistory()) {
      return;
    }
    long start = record.startedAt() - record.initNanos();
    SpanSeries spans = lane.spans();
    int next = spans.firstEndingAfter(start);
    if (next >= spans.size() || spans.start(next) >= record.startedAt()) {
      addSpan(lane, start, record.startedAt(), SpanKind.INIT, null);
    }
  }

  private void addThrottle(InvocationRecord record) {
    long at = record.queuedAt();
    throttles.add(at, at, SpanKind.ERROR, record.requestId());
    if (throttles.size() > maxSpans / 4) {
      throttles.dropOldest(throttles.size() / 4);
    }
  }

  private TimelineLane ensure(String id, String functionName, int memoryMb, long startedAt) {
    TimelineLane lane = byId.get(id);
    if (lane == null) {
      lane = new TimelineLane(id, functionName, memoryMb, startedAt);
      byId.put(id, lane);
      int at = lanes.size();
      while (at > 0 && lanes.get(at - 1).startedAt() > startedAt) {
        at--;
      }
      lanes.add(at, lane);
      if (lanes.size() > MAX_LANES) {
        dropOldestLane();
      }
    }
    return lane;
  }

  private void addSpan(
      TimelineLane lane, long start, long end, SpanKind kind, @Nullable String request) {
    lane.spans().add(start, end, kind, request);
    spanCount++;
    dirty = true;
    while (spanCount > maxSpans) {
      if (!dropOldestLane()) {
        TimelineLane longest =
            Collections.max(lanes, (a, b) -> Integer.compare(a.spans().size(), b.spans().size()));
        int drop = Math.max(1, longest.spans().size() / 4);
        longest.spans().dropOldest(drop);
        longest.setTruncated();
        spanCount -= drop;
      }
    }
  }

  /** Forgets the oldest lane that is gone and is not the last one. */
  private boolean dropOldestLane() {
    for (int i = 0; i < lanes.size() - 1; i++) {
      TimelineLane lane = lanes.get(i);
      if (!lane.alive()) {
        lanes.remove(i);
        byId.remove(lane.environmentId());
        spanCount -= lane.spans().size();
        return true;
      }
    }
    return false;
  }

  private static void endOpen(TimelineLane lane, long at) {
    SpanSeries spans = lane.spans();
    for (int i = spans.size() - 1; i >= 0 && i >= spans.size() - 3; i--) {
      if (spans.end(i) == SpanSeries.OPEN) {
        SpanKind kind = spans.kind(i) == SpanKind.INIT ? SpanKind.ERROR : spans.kind(i);
        spans.set(i, spans.start(i), Math.max(at, spans.start(i)), kind);
      }
    }
    int pause = lane.pauses().openIndex(SpanKind.FROZEN);
    if (pause >= 0) {
      lane.pauses().set(pause, lane.pauses().start(pause), at, SpanKind.FROZEN);
    }
  }

  /** Tells of what has changed since the last time, if anything has. */
  public void publish() {
    if (dirty) {
      dirty = false;
      revision.set(revision.get() + 1);
    }
  }

  public void clear() {
    lanes.clear();
    byId.clear();
    waiting.clear();
    spanCount = 0;
    throttles.dropOldest(throttles.size());
    dirty = true;
    publish();
  }
}
