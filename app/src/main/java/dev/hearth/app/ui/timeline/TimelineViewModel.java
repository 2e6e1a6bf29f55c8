package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.state.TimelineModel;
import dev.hearth.app.state.TimelinePast;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Which part of time the timeline shows, and what is selected in it. FX thread only. */
final class TimelineViewModel {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST = 75 * SECOND;

  /** A call of some milliseconds has room for its words. */
  private static final long SHORTEST = SECOND / 20;

  /** Room before the first block, as a part of the width. */
  private static final double MARGIN = 0.03;

  /** Where the newest moment stands while following, as a part of the width. */
  private static final double NOW_AT = 0.94;

  private final WorkbenchState state;
  private final ObjectProperty<TimeScale> scale = new SimpleObjectProperty<>();
  private final BooleanProperty follow = new SimpleBooleanProperty(true);
  private final ObjectProperty<@Nullable TimeRange> range = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable GroupSummary> figures = new SimpleObjectProperty<>();
  private final LaneChoice choice = new LaneChoice();
  private boolean placed;
  private long followedTo;
  private boolean automatic = true;

  TimelineViewModel(WorkbenchState state) {
    this.state = state;
    follow.subscribe(on -> automatic = on);
    scale.set(new TimeScale(now() - LONGEST, LONGEST / 1000.0));
  }

  TimelineModel model() {
    return state.timeline();
  }

  InvocationFeed invocations() {
    return state.invocations();
  }

  ObjectProperty<TimeScale> scaleProperty() {
    return scale;
  }

  BooleanProperty followProperty() {
    return follow;
  }

  /** What the history says of the dragged range; null while it is being read. */
  ObjectProperty<@Nullable GroupSummary> figuresProperty() {
    return figures;
  }

  /** Which lanes are pinned and hidden. */
  LaneChoice choice() {
    return choice;
  }

  TimelinePast past() {
    return state.timelinePast();
  }

  /** Whether there is nothing to draw. */
  boolean isEmpty() {
    return model().isEmpty() && past().lanes().isEmpty() && past().overview().functions().isEmpty();
  }

  /** Brings a time into the middle. */
  void centre(long time, double width) {
    automatic = false;
    follow.set(false);
    TimeScale current = scale.get();
    scale.set(
        new TimeScale(
            time - Math.round(width / 2 * current.nanosPerPixel()), current.nanosPerPixel()));
  }

  /** Shows and selects what another panel wants to have shown; false when none does. */
  boolean takeRequest(double width) {
    TimeRange wanted = state.timelineRequestProperty().get();
    if (wanted == null || width <= 0) {
      return false;
    }
    state.timelineRequestProperty().set(null);
    long margin = (wanted.to() - wanted.from()) / 5;
    show(wanted.from() - margin, wanted.to() + margin, width);
    range.set(wanted);
    return true;
  }

  /** A range that another panel wants to have shown. */
  ObjectProperty<@Nullable TimeRange> requestProperty() {
    return state.timelineRequestProperty();
  }

  /** Shows a stretch of time. */
  void show(long from, long to, double width) {
    automatic = false;
    follow.set(false);
    scale.set(TimeScale.fit(from, Math.max(to, from + 1_000), width));
  }

  /** The range that was dragged; null for none. */
  ObjectProperty<@Nullable TimeRange> rangeProperty() {
    return range;
  }

  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * SECOND + now.getNano();
  }

  /** Zooms at a pixel; following goes on while the newest moment stays in the picture. */
  void zoom(double x, double factor, double width) {
    automatic = false;
    scale.set(scale.get().zoom(x, factor));
    if (scale.get().x(newestMoment()) > width) {
      follow.set(false);
    }
  }

  void pan(double pixels) {
    automatic = false;
    follow.set(false);
    scale.set(scale.get().pan(pixels));
  }

  /** Shows everything. */
  void fit(double width) {
    if (isEmpty()) {
      return;
    }
    automatic = false;
    follow.set(false);
    TimelineOverview whole = past().overview();
    long first = model().isEmpty() ? whole.from() : firstMoment();
    long from = whole.from() > 0 ? Math.min(whole.from(), first) : first;
    long to = Math.max(model().isEmpty() ? whole.to() : lastMoment(), from + SECOND / 100);
    long margin = (to - from) / 25;
    scale.set(TimeScale.fit(from - margin, to + margin, width));
  }

  /**
   * Keeps the newest moment in view, while following. Until the user chooses a scale, the picture
   * shows what ran last, grows with it to somewhat more than a minute before it moves, and starts
   * anew with the next run.
   *
   * @return whether anything moved
   */
  boolean followNow(double width) {
    if (!follow.get() || width <= 0) {
      return false;
    }
    TimeScale current = scale.get();
    long newest = newestMoment();
    double x = current.x(newest);
    boolean paused = newest - followedTo > NewestRun.SHORTEST_PAUSE;
    followedTo = newest;
    if (!placed || automatic && (x < 0 || paused)) {
      placed = true;
      scale.set(start(newest, width));
      return true;
    }
    if (x >= 0 && x <= NOW_AT * width) {
      return false;
    }
    double wanted = (newest - current.start()) / (NOW_AT * width);
    boolean grow = automatic && x > 0 && wanted * width <= LONGEST;
    scale.set(
        grow
            ? new TimeScale(current.start(), wanted)
            : new TimeScale(
                newest - Math.round(NOW_AT * width * current.nanosPerPixel()),
                current.nanosPerPixel()));
    return true;
  }

  /** The end of the newest block, which is now while one is open; idle time does not count. */
  private long newestMoment() {
    long now = now();
    SpanSeries throttles = model().throttles();
    long last = throttles.isEmpty() ? 0 : throttles.start(throttles.size() - 1);
    for (TimelineLane lane : model().lanes()) {
      SpanSeries spans = lane.spans();
      boolean none = spans.isEmpty();
      last = Math.max(last, none ? lane.startedAt() : spans.end(spans.size() - 1, now));
    }
    return last == 0 ? now : last;
  }

  private TimeScale start(long newest, double width) {
    TimeRange run = NewestRun.of(model(), newest - LONGEST, now());
    long begin = run == null ? newest : run.from();
    long from = Math.max(newest - Math.round(LONGEST * NOW_AT), begin);
    double span = Math.clamp((newest - from) / (NOW_AT - MARGIN), SHORTEST, LONGEST);
    return TimeScale.fit(from - Math.round(span * MARGIN), from + Math.round(span), width);
  }

  /**
   * The lanes that exist somewhere in the time shown, those of a function together: those of long
   * ago do not fill the picture of today. Of an environment of this session what is here is drawn,
   * of others what the history has.
   */
  List<TimelineLane> shownLanes(double width) {
    long from = scale.get().time(0);
    long to = scale.get().time(Math.max(1, width));
    return choice.lanes(model(), past(), from, to);
  }

  /**
   * When calls were refused, in order: what the history has up to the oldest call that the window
   * knows, then what the window knows.
   */
  long[] throttled(long from, long to) {
    LongStream.Builder times = LongStream.builder();
    List<InvocationRecord> rows = invocations().rows();
    long known = rows.isEmpty() ? Long.MAX_VALUE : rows.getFirst().queuedAt();
    TimelineSlice slice = past().slice();
    if (slice != null) {
      slice.throttled().stream().filter(at -> at < known).forEach(times::add);
    }
    SpanSeries here = model().throttles();
    int end = here.endOfStartingBefore(to);
    for (int i = here.firstEndingAfter(from - 1); i < end; i++) {
      times.add(here.start(i));
    }
    return times.build().filter(at -> at >= from && at <= to).toArray();
  }

  private long firstMoment() {
    long first = Long.MAX_VALUE;
    for (TimelineLane lane : model().lanes()) {
      first = Math.min(first, lane.startedAt());
    }
    SpanSeries throttles = model().throttles();
    return throttles.isEmpty() ? first : Math.min(first, throttles.start(0));
  }

  /** The last thing that happened, with the ends of environments. */
  private long lastMoment() {
    long last = newestMoment();
    for (TimelineLane lane : model().lanes()) {
      last = Math.max(last, lane.goneAt());
    }
    return last;
  }

  /** Selects the invocation before or after the selected one and brings it into view. */
  void step(int direction, double width) {
    List<InvocationRecord> rows = invocations().rows();
    if (rows.isEmpty()) {
      return;
    }
    InvocationRecord selected = invocations().selectedProperty().get();
    int at = selected == null ? -1 : invocations().indexOf(selected.requestId());
    int next = at < 0 ? rows.size() - 1 : Math.clamp(at + direction, 0, rows.size() - 1);
    InvocationRecord record = rows.get(next);
    invocations().selectedProperty().set(record);
    reveal(record.startedAt() >= 0 ? record.startedAt() : record.queuedAt(), width);
  }

  private void reveal(long time, double width) {
    double x = scale.get().x(time);
    if (x < 0 || x > width - 40) {
      follow.set(false);
      scale.set(scale.get().pan(x - width / 2));
    }
  }

  void select(@Nullable String requestId) {
    invocations().selectedProperty().set(requestId == null ? null : invocations().find(requestId));
  }

  /** The figures of the dragged range; null when there is none. */
  @Nullable RangeSummary summary() {
    TimeRange selected = range.get();
    if (selected == null) {
      return null;
    }
    RangeSummary here = RangeSummary.of(model(), invocations(), selected.from(), selected.to());
    GroupSummary stored = figures.get();
    return stored == null || stored.calls() < here.calls() ? here : RangeSummary.of(stored);
  }
}
