package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.TimelinePast;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads in the background what the timeline shows of the stored past: a slice somewhat wider than
 * the picture, anew when the picture leaves it, zooms, or something was added. One reading at a
 * time; the old slice is drawn meanwhile. FX thread only.
 */
final class TimelineLoader {
  /** While something runs, what was added is read this often. */
  private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final double ZOOM_SLACK = 1.9;

  private final PanelContext context;
  private final TimelineViewModel viewModel;
  private final HistoryService history;
  private boolean reading;
  private boolean failed;
  private long readAt;
  private long readModel = -1;
  private long figuresAsked;

  TimelineLoader(PanelContext context, TimelineViewModel viewModel) {
    this.context = context;
    this.viewModel = viewModel;
    this.history = context.session().history();
  }

  /** Called with each drawing: reads what the picture lacks. */
  void ensure(double width) {
    long now = System.nanoTime();
    long model = viewModel.model().revisionProperty().get();
    boolean old = model != readModel && now - readAt > REFRESH_NANOS;
    if (width <= 0 || reading || failed || !(old || lacks(width))) {
      return;
    }
    reading = true;
    readAt = now;
    boolean map = old || readModel < 0;
    readModel = model;
    TimeScale scale = viewModel.scaleProperty().get();
    long span = scale.time(width) - scale.start();
    long from = Math.max(0, scale.start() - span / 2);
    long to = scale.time(width) + span / 2;
    context
        .tasks()
        .run(
            "read timeline",
            () ->
                new Read(
                    history.slice(from, to, scale.nanosPerPixel()),
                    map ? history.overview() : null),
            this::show,
            this::fail);
  }

  private record Read(TimelineSlice slice, @Nullable TimelineOverview overview) {}

  private void show(Read read) {
    reading = false;
    TimelinePast past = viewModel.past();
    if (read.overview() != null) {
      past.show(read.overview());
    }
    past.show(read.slice());
  }

  private void fail(Throwable failure) {
    reading = false;
    failed = true;
    context.state().notices().add(Failures.notice(failure));
  }

  private boolean lacks(double width) {
    TimelineSlice slice = viewModel.past().slice();
    if (slice == null) {
      return true;
    }
    TimeScale scale = viewModel.scaleProperty().get();
    double zoom = scale.nanosPerPixel() / slice.nanosPerPixel();
    return scale.start() < slice.from() && slice.from() > 0
        || scale.time(width) > slice.to()
        || zoom > ZOOM_SLACK
        || zoom < 1 / ZOOM_SLACK;
  }

  /** Reads the figures of the dragged range. */
  void readFigures() {
    TimeRange range = viewModel.rangeProperty().get();
    viewModel.figuresProperty().set(null);
    long number = ++figuresAsked;
    if (range == null) {
      return;
    }
    context
        .tasks()
        .run(
            "read range",
            () -> history.summary(HistoryQuery.between(range.from(), range.to())),
            summary -> {
              if (number == figuresAsked) {
                viewModel.figuresProperty().set(summary);
              }
            },
            failure -> context.state().notices().add(Failures.notice(failure)));
  }
}
