package dev.hearth.app.ui.shell;

import dev.hearth.app.state.LiveEnvironments;
import dev.hearth.app.state.SessionTotals;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.Pacer;
import dev.hearth.app.ui.kit.CollapsingBar;
import dev.hearth.app.ui.kit.StatusDot;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The line at the bottom: what the runtime is doing and what this session has seen. */
final class StatusBar implements AutoCloseable {
  private static final double SHORT_NOTES_EM = 16;
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final CollapsingBar bar = new CollapsingBar();
  private final Subscriptions subscriptions = new Subscriptions();
  private final Texts texts = Texts.of("shell");
  private final WorkbenchState state;
  private final Label runtime = label();
  private final Label warm = label();
  private final Label counts = label();
  private final Label percentiles = label();
  private final Label cost = label("gold");
  private final Label notes = label();
  private final Set<Label> hidden = new HashSet<>();
  private final Pacer refresh = new Pacer(PERIOD, this::show);

  StatusBar(WorkbenchState state, ObservableValue<String> sandbox, WorkbenchView view, Node clock) {
    this.state = state;
    bar.getStyleClass().add("status-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    runtime.setVisible(true);
    Tooltip confined = new Tooltip();
    confined.textProperty().bind(sandbox);
    runtime.setTooltip(confined);
    subscriptions.now(state.trustedProperty(), this::showRuntime);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.SOMETIMES);
    for (Label label : List.of(runtime, warm, counts, percentiles, cost)) {
      label.setMinWidth(Region.USE_PREF_SIZE);
    }
    notes.setMinWidth(0);
    // Cut to its short width it still takes all the room that nobody else wants.
    notes.setMaxWidth(Double.MAX_VALUE);
    notes.setAlignment(Pos.CENTER_RIGHT);
    HBox.setHgrow(notes, Priority.ALWAYS);
    bar.addStep(
        gone ->
            notes.setPrefWidth(
                gone ? SHORT_NOTES_EM * notes.getFont().getSize() : Region.USE_COMPUTED_SIZE));
    bar.addStep(gone -> hide(percentiles, gone));
    bar.addStep(gone -> hide(notes, gone));
    bar.addStep(gone -> hide(warm, gone));
    bar.addStep(gone -> hide(runtime, gone));
    bar.getChildren().addAll(runtime, warm, counts, percentiles, cost, gap, notes, clock);
    toggle(texts.get("toggle.left"), Side.LEFT, view.shown(Side.LEFT));
    toggle(texts.get("toggle.bottom"), Side.BOTTOM, view.shown(Side.BOTTOM));
    toggle(texts.get("toggle.right"), Side.RIGHT, view.shown(Side.RIGHT));
    subscriptions.later(state.environments().revisionProperty(), refresh::trigger);
    subscriptions.later(state.totals().revisionProperty(), refresh::trigger);
    show();
  }

  private void showRuntime() {
    boolean trusted = state.trustedProperty().get();
    StatusDot dot = new StatusDot();
    dot.setStatus(trusted ? StatusDot.Status.OK : StatusDot.Status.IDLE);
    runtime.setGraphic(dot);
    runtime.setText(texts.get(trusted ? "runtime.ready" : "runtime.restricted"));
    bar.refit();
  }

  private static Label label(String... styleClasses) {
    Label label = new Label();
    label.getStyleClass().addAll(styleClasses);
    label.setMinWidth(0);
    label.setVisible(false);
    label.managedProperty().bind(label.visibleProperty());
    return label;
  }

  private void toggle(String text, Side side, BooleanProperty shown) {
    ToggleButton button = new ToggleButton(null, new RegionIcon(side));
    button.getStyleClass().setAll("region-toggle");
    button.setAccessibleText(text);
    button.setTooltip(new Tooltip(text));
    button.selectedProperty().bindBidirectional(shown);
    subscriptions.onClose(() -> button.selectedProperty().unbindBidirectional(shown));
    bar.getChildren().add(button);
  }

  Node node() {
    return bar;
  }

  private void show() {
    LiveEnvironments environments = state.environments();
    SessionTotals totals = state.totals();
    set(
        warm,
        environments.warm() == 0
            ? ""
            : Units.count(
                environments.warm(),
                texts.get("environment.warm"),
                texts.get("environments.warm")));
    set(counts, counts(totals));
    set(
        percentiles,
        totals.hasDurations()
            ? texts.get(
                "percentiles",
                Units.duration(totals.percentile(0.5)),
                Units.duration(totals.percentile(0.99)))
            : "");
    set(
        cost,
        totals.invocations() == 0
            ? ""
            : texts.get("session.cost", Units.money(totals.costPicoUsd())));
    showNotes(environments.notes());
  }

  private String counts(SessionTotals totals) {
    if (totals.invocations() == 0 && totals.notShown() == 0) {
      return texts.get("no.invocations");
    }
    List<String> parts = new ArrayList<>();
    parts.add(Units.count(totals.invocations(), texts.get("invocation"), texts.get("invocations")));
    parts.add(Units.count(totals.cold()) + " " + texts.get("cold"));
    if (totals.errors() > 0) {
      parts.add(Units.count(totals.errors(), texts.get("error"), texts.get("errors")));
    }
    if (totals.throttled() > 0) {
      parts.add(Units.count(totals.throttled()) + " " + texts.get("throttled"));
    }
    if (totals.notShown() > 0) {
      parts.add(Units.count(totals.notShown()) + " " + texts.get("not.shown"));
    }
    return String.join(" · ", parts);
  }

  private void showNotes(List<String> all) {
    set(
        notes,
        switch (all.size()) {
          case 0 -> "";
          case 1 -> all.getFirst();
          default -> texts.get("notes", all.getFirst(), all.size() - 1);
        });
    notes.setTooltip(all.isEmpty() ? null : new Tooltip(String.join("\n", all)));
  }

  private void set(Label label, String text) {
    if (!text.equals(label.getText())) {
      label.setText(text);
      label.setVisible(!text.isEmpty() && !hidden.contains(label));
      bar.refit();
    }
  }

  private void hide(Label label, boolean gone) {
    if (gone) {
      hidden.add(label);
    } else {
      hidden.remove(label);
    }
    label.setVisible(!gone && !label.getText().isEmpty());
  }

  @Override
  public void close() {
    subscriptions.close();
    refresh.close();
  }
}
