package dev.hearth.app.ui.pins;

import dev.hearth.app.project.Pin;
import dev.hearth.app.project.PinResult;
import dev.hearth.app.service.PinService;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The pins of the project with what their last run said; runs them one after the other. */
final class PinsViewModel implements AutoCloseable {
  private final PanelContext context;
  private final PinService pins;
  private final WorkbenchState state;
  private final Texts texts = Texts.of("pins");
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final Map<String, PinResult> results = new HashMap<>();
  private final Deque<Pin> waiting = new ArrayDeque<>();
  private final Set<String> due = new HashSet<>();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final Subscriptions subscriptions = new Subscriptions();
  private List<Pin> known = List.of();

  /**
   * A pin as it is shown.
   *
   * @param result of the last run since the project was opened; null before
   * @param isDue whether it runs or waits to be run
   */
  record Row(Pin pin, @Nullable PinResult result, boolean isDue) {
    boolean failed() {
      return result != null && !result.passed();
    }
  }

  PinsViewModel(PanelContext context) {
    this.context = context;
    this.pins = context.session().pins();
    this.state = context.state();
    subscriptions.now(state.pinsRevisionProperty(), this::load);
  }

  /** In name order. */
  ObservableList<Row> rows() {
    return rows;
  }

  ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  Texts texts() {
    return texts;
  }

  /** Reads the pins anew. */
  void load() {
    context.tasks().run("read pins", pins::list, this::show, this::fail);
  }

  private void show(List<Pin> read) {
    known = read;
    refresh();
  }

  private void refresh() {
    rows.setAll(
        known.stream()
            .map(pin -> new Row(pin, results.get(pin.name()), due.contains(pin.name())))
            .toList());
  }

  /** Runs pins, after those that wait already. */
  void run(List<Pin> chosen) {
    for (Pin pin : chosen) {
      if (due.add(pin.name())) {
        waiting.add(pin);
      }
    }
    refresh();
    if (!running.get()) {
      state
          .saveAll()
          .whenComplete(
              (saved, failure) ->
                  context
                      .tasks()
                      .onFx(
                          () -> {
                            if (failure == null) {
                              next();
                            } else {
                              stop();
                              fail(failure);
                            }
                          }));
    }
  }

  private void next() {
    Pin pin = waiting.poll();
    running.set(pin != null);
    if (pin == null) {
      return;
    }
    context
        .tasks()
        .run(
            "run pin",
            () -> pins.run(pin),
            result -> {
              results.put(pin.name(), result);
              due.remove(pin.name());
              refresh();
              next();
            },
            failure -> {
              stop();
              fail(failure);
            });
  }

  /** Runs none of those that wait. */
  void stop() {
    waiting.clear();
    due.clear();
    running.set(false);
    refresh();
  }

  /** Changes a limit; a text that can't be read changes nothing and is told. */
  void change(Pin pin, Budget budget, String text) {
    long limit = budget.parse(text);
    if (limit < 0) {
      String what = texts.get("column." + budget.name().toLowerCase(Locale.ROOT));
      state
          .notices()
          .add(
              new Notice(
                  Notice.Severity.ERROR,
                  texts.get("budget.unreadable", what, text, budget.example())));
      refresh();
      return;
    }
    context
        .tasks()
        .run(
            "change pin",
            () -> {
              pins.put(budget.with(pin, limit));
              return pins.list();
            },
            this::show,
            this::fail);
  }

  void delete(Pin pin) {
    context
        .tasks()
        .run(
            "delete pin",
            () -> {
              pins.delete(pin.name());
              return pins.list();
            },
            this::show,
            this::fail);
  }

  /** Shows the invocation of a pin's last run in the inspector. */
  void inspect(Row row) {
    PinResult result = row.result();
    if (result != null && !result.requestId().isEmpty()) {
      state.invocations().select(result.requestId());
      state.viewProperty().set("invocations");
    }
  }

  private void fail(Throwable failure) {
    state.notices().add(Failures.notice(failure));
  }

  @Override
  public void close() {
    waiting.clear();
    subscriptions.close();
  }
}
