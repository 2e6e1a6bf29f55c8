package dev.hearth.app.state;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.TimelineSlice;
import dev.hearth.runtime.event.EnvironmentState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment on the timeline: its blocks, its pauses and its memory. Times are
 * nanoseconds since the epoch, 0 for what has not happened. Changed by {@link TimelineModel} only.
 */
public final class TimelineLane {
  private static final int MAX_SAMPLES = 20_000;
  private static final int MAX_WAITS = 20_000;

  /** What is shorter is the handing over of a call, not a wait. */
  private static final long SHORTEST_WAIT = 1_000_000L;

  private final String environmentId;
  private final SpanSeries spans = new SpanSeries();
  private final SpanSeries pauses = new SpanSeries();
  private final SpanSeries waits = new SpanSeries();
  private final SampleSeries memory = new SampleSeries(MAX_SAMPLES);
  private String functionName;
  private int memoryMb;
  private long startedAt;
  private long initEndedAt;
  private long goneAt;
  private @Nullable String goneReason;
  private @Nullable String sandbox;
  private List<String> notes = List.of();
  private @Nullable EnvironmentState state;
  private boolean fromHistory;
  private boolean truncated;
  private boolean curveAsked;
  private @Nullable BucketSeries buckets;

  TimelineLane(String environmentId, String functionName, int memoryMb, long startedAt) {
    this.environmentId = environmentId;
    this.functionName = functionName;
    this.memoryMb = memoryMb;
    this.startedAt = startedAt;
  }

  /** An environment as the history has it, over the time of a slice. */
  static TimelineLane stored(TimelineSlice.Lane stored) {
    EnvironmentRecord record = stored.environment();
    TimelineLane lane =
        new TimelineLane(
            record.environmentId(), record.functionName(), record.memoryMb(), record.startedAt());
    lane.take(record);
    lane.setFromHistory();
    if (stored.buckets() != null) {
      lane.takeBuckets(stored.buckets());
    }
    if (stored.calls() != null) {
      if (record.initEndedAt() > 0) {
        lane.spans.add(record.startedAt(), record.initEndedAt(), SpanKind.INIT, null);
      }
      stored.calls().forEach(lane::takeCall);
    }
    return lane;
  }

  /** All environments of a function together. */
  static TimelineLane ofFunction(TimelineSlice.FunctionLane stored) {
    BucketSeries sums = stored.buckets();
    TimelineLane lane = new TimelineLane("", stored.functionName(), 0, sums.start(0));
    lane.setFromHistory();
    lane.goneAt = sums.start(sums.size() - 1) + sums.nanos();
    lane.buckets = sums;
    return lane;
  }

  private void takeBuckets(BucketSeries sums) {
    buckets = sums;
    for (int i = 0; i < sums.size(); i++) {
      if (sums.sum(i).peakBytes > 0) {
        memory.add(sums.start(i) + sums.nanos() / 2, sums.sum(i).peakBytes);
      }
    }
  }

  private void takeCall(InvocationRecord record) {
    long start = record.startedAt();
    if (start <= 0) {
      return;
    }
    long init = start - Math.max(0, record.initNanos());
    int next = spans.firstEndingAfter(init);
    if (init < start && (next >= spans.size() || spans.start(next) >= start)) {
      spans.add(init, start, SpanKind.INIT, null);
    }
    SpanKind kind = record.status().failed() ? SpanKind.ERROR : SpanKind.INVOKE;
    addWait(record);
    spans.add(start, start + Math.max(0, record.durationNanos()), kind, record.requestId());
  }

  /**
   * Notes how long a call that starts now had waited before the environment began to work for it.
   * Comes before the call's block: the newest one may be the cold start that was made for it.
   */
  void addWait(InvocationRecord record) {
    int newest = spans.size() - 1;
    boolean cold =
        newest >= 0
            && spans.kind(newest) == SpanKind.INIT
            && spans.start(newest) >= record.queuedAt();
    long until = cold ? spans.start(newest) : record.startedAt();
    if (until - record.queuedAt() >= SHORTEST_WAIT) {
      waits.add(record.queuedAt(), until, SpanKind.WAITING, record.requestId());
      if (waits.size() > MAX_WAITS) {
        waits.dropOldest(MAX_WAITS / 4);
      }
    }
  }

  /** Its oldest blocks were forgotten; the history has them. */
  void setTruncated() {
    truncated = true;
  }

  /** Whether all that happened in it is here. */
  boolean complete() {
    return !fromHistory && !truncated;
  }

  /** True once: who reads the memory curve asks first. */
  public boolean askForCurve() {
    boolean first = !curveAsked && fromHistory && buckets == null;
    curveAsked = true;
    return first;
  }

  /** Whether this stands for all environments of a function. */
  public boolean wholeFunction() {
    return environmentId.isEmpty();
  }

  /** Sums over stretches of time, where there are too many calls to tell them apart; else null. */
  public @Nullable BucketSeries buckets() {
    return buckets;
  }

  void take(EnvironmentRecord record) {
    functionName = record.functionName();
    memoryMb = record.memoryMb();
    startedAt = record.startedAt();
    initEndedAt = record.initEndedAt();
    goneAt = record.goneAt();
    goneReason = record.goneReason();
  }

  void describe(String newSandbox, List<String> newNotes) {
    sandbox = newSandbox;
    notes = List.copyOf(newNotes);
  }

  void setState(@Nullable EnvironmentState next) {
    state = next;
  }

  void setFromHistory() {
    fromHistory = true;
  }

  public String environmentId() {
    return environmentId;
  }

  public String functionName() {
    return functionName;
  }

  /** The configured memory, which is the limit. */
  public int memoryMb() {
    return memoryMb;
  }

  public long startedAt() {
    return startedAt;
  }

  public long initEndedAt() {
    return initEndedAt;
  }

  public long goneAt() {
    return goneAt;
  }

  /** A few words; null while it lives, or when its end was not recorded. */
  public @Nullable String goneReason() {
    return goneReason;
  }

  /** How it was confined; null for an environment of an earlier session. */
  public @Nullable String sandbox() {
    return sandbox;
  }

  /** What the user should know of how it ran. */
  public List<String> notes() {
    return notes;
  }

  /** The state it is in; null for an environment of an earlier session. */
  public @Nullable EnvironmentState state() {
    return state;
  }

  /** Whether it exists now. */
  public boolean alive() {
    return goneAt == 0 && !fromHistory;
  }

  /** Whether its memory curve is in the history and not yet here. */
  public boolean fromHistory() {
    return fromHistory;
  }

  /** Inits and calls. */
  public SpanSeries spans() {
    return spans;
  }

  /** The times in which its processes were stopped. */
  public SpanSeries pauses() {
    return pauses;
  }

  /** The times that its calls spent in a queue; they overlap when several waited together. */
  public SpanSeries waits() {
    return waits;
  }

  /** Resident bytes. */
  public SampleSeries memory() {
    return memory;
  }

  /**
   * Until when the lane is drawn: now while it lives, else when it went, or its last sign of life
   * when nobody recorded its end.
   */
  public long endsAt(long now) {
    if (alive()) {
      return Math.max(now, startedAt);
    }
    if (goneAt != 0) {
      return goneAt;
    }
    long last = Math.max(startedAt, initEndedAt);
    return spans.isEmpty() ? last : Math.max(last, spans.end(spans.size() - 1, last));
  }
}
