package dev.hearth.app.ui.insights;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.Pacer;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import java.time.Duration;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which calls the charts are of, read in the background: again when something was added, at most
 * once a second, and only while the panel is shown. FX thread only.
 */
final class InsightsViewModel implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final PanelContext context;
  private final HistoryService history;
  private final WorkbenchState state;
  private final ObjectProperty<@Nullable Insights> insights = new SimpleObjectProperty<>();
  private final BooleanProperty sessionOnly = new SimpleBooleanProperty(true);
  private final StringProperty function = new SimpleStringProperty("");
  private final IntegerProperty pointed = new SimpleIntegerProperty(-1);
  private final ObjectProperty<@Nullable TimeRange> brush = new SimpleObjectProperty<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private final Pacer refresh = new Pacer(PERIOD, this::load);
  private boolean active;
  private boolean reading;
  private boolean again;
  private boolean failed;

  InsightsViewModel(PanelContext context) {
    this.context = context;
    this.history = context.session().history();
    this.state = context.state();
    subscriptions.later(state.timeline().revisionProperty(), refresh::trigger);
    subscriptions.later(sessionOnly, this::load);
    subscriptions.later(function, this::load);
  }

  /** What is shown; null before the first answer. */
  ObjectProperty<@Nullable Insights> insightsProperty() {
    return insights;
  }

  /** Whether the calls since the project was opened count, or all of its history. */
  BooleanProperty sessionOnlyProperty() {
    return sessionOnly;
  }

  /** The function that counts; empty for all. */
  StringProperty functionProperty() {
    return function;
  }

  /** The stretch that the pointer or the keyboard is at, in all charts; -1 for none. */
  IntegerProperty pointedProperty() {
    return pointed;
  }

  /** What is being dragged out; null for nothing. */
  ObjectProperty<@Nullable TimeRange> brushProperty() {
    return brush;
  }

  /** Whether the panel is shown. */
  void setActive(boolean shown) {
    active = shown;
    if (shown) {
      load();
    }
  }

  private void load() {
    if (!active) {
      return;
    }
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    long from = sessionOnly.get() ? state.openedAt() : 0;
    String only = function.get();
    context
        .tasks()
        .run(
            "read insights",
            () -> history.insights(from, Long.MAX_VALUE, only),
            this::show,
            this::fail);
  }

  private void show(Insights read) {
    failed = false;
    pointed.set(Math.min(pointed.get(), read.stretches().size() - 1));
    insights.set(read);
    next();
  }

  private void fail(Throwable failure) {
    if (!failed) {
      context.state().notices().add(Failures.notice(failure));
    }
    failed = true;
    next();
  }

  private void next() {
    reading = false;
    if (again) {
      again = false;
      load();
    }
  }

  /** Moves the mark by stretches. */
  void step(int by) {
    Insights shown = insights.get();
    if (shown != null && !shown.stretches().isEmpty()) {
      int last = shown.stretches().size() - 1;
      int from = pointed.get() < 0 ? (by > 0 ? -1 : last + 1) : pointed.get();
      pointed.set(Math.clamp(from + by, 0, last));
    }
  }

  /** Shows stretches in the timeline; their numbers in any order, the last one included. */
  void showInTimeline(int one, int other) {
    Insights shown = insights.get();
    if (shown == null || one < 0 || other < 0) {
      return;
    }
    state
        .timelineRequestProperty()
        .set(
            new TimeRange(
                shown.start(Math.min(one, other)), shown.start(Math.max(one, other) + 1)));
    context.actions().find("tool.timeline").ifPresent(Action::fire);
  }

  @Override
  public void close() {
    refresh.close();
    subscriptions.close();
  }
}
