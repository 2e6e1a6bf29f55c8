package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.state.TimelineModel;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.time.Instant;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Which part of time the timeline shows, and what is selected in it. FX thread only. */
final class TimelineViewModel {
  private static final long SECOND = 1_000_000_000L;
  private static final long DEFAULT_SPAN = 60 * SECOND;

  /** Where the newest moment stands while following, as a part of the width. */
  private static final double NOW_AT = 0.94;

  private final WorkbenchState state;
  private final ObjectProperty<TimeScale> scale = new SimpleObjectProperty<>();
  private final BooleanProperty follow = new SimpleBooleanProperty(true);
  private final ObjectProperty<@Nullable TimeRange> range = new SimpleObjectProperty<>();
  private boolean placed;

  TimelineViewModel(WorkbenchState state) {
    this.state = state;
    scale.set(new TimeScale(now() - DEFAULT_SPAN, DEFAULT_SPAN / 1000.0));
  }

  /** Two times in order, nanoseconds since the epoch. */
  record TimeRange(long from, long to) {
    static TimeRange of(long a, long b) {
      return new TimeRange(Math.min(a, b), Math.max(a, b));
    }
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

  /** The range that was dragged; null for none. */
  ObjectProperty<@Nullable TimeRange> rangeProperty() {
    return range;
  }

  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * SECOND + now.getNano();
  }

  void zoom(double x, double factor) {
    scale.set(scale.get().zoom(x, factor));
  }

  void pan(double pixels) {
    follow.set(false);
    scale.set(scale.get().pan(pixels));
  }

  /** Shows everything. */
  void fit(double width) {
    if (model().isEmpty()) {
      return;
    }
    follow.set(false);
    long from = firstMoment();
    long to = Math.max(lastMoment(), from + SECOND / 100);
    long margin = (to - from) / 25;
    scale.set(TimeScale.fit(from - margin, to + margin, width));
  }

  /**
   * Moves the picture so that the newest moment is in view, while following.
   *
   * @return whether anything moved
   */
  boolean followNow(double width) {
    if (!follow.get() || width <= 0) {
      return false;
    }
    if (!placed) {
      placed = true;
      scale.set(TimeScale.fit(0, DEFAULT_SPAN, width));
    }
    TimeScale current = scale.get();
    long newest = model().isEmpty() ? now() : model().active() ? now() : lastMoment();
    TimeScale moved =
        new TimeScale(
            newest - Math.round(width * NOW_AT * current.nanosPerPixel()), current.nanosPerPixel());
    if (Math.abs(moved.x(current.start())) < 0.5) {
      return false;
    }
    scale.set(moved);
    return true;
  }

  private long firstMoment() {
    long first = Long.MAX_VALUE;
    for (TimelineLane lane : model().lanes()) {
      first = Math.min(first, lane.startedAt());
    }
    SpanSeries throttles = model().throttles();
    return throttles.isEmpty() ? first : Math.min(first, throttles.start(0));
  }

  /** The last thing that happened: idle time up to now does not count. */
  private long lastMoment() {
    SpanSeries throttles = model().throttles();
    long last = throttles.isEmpty() ? 0 : throttles.start(throttles.size() - 1);
    for (TimelineLane lane : model().lanes()) {
      SpanSeries spans = lane.spans();
      last = Math.max(last, Math.max(lane.goneAt(), lane.startedAt()));
      if (!spans.isEmpty()) {
        last = Math.max(last, spans.end(spans.size() - 1, now()));
      }
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
    return selected == null
        ? null
        : RangeSummary.of(model(), invocations(), selected.from(), selected.to());
  }
}
