package dev.hearth.app.ui.shell;

import dev.hearth.app.action.Action;
import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.FormField;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.OptionalInt;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;

/** The button that opens "invoke N times with concurrency C", with its progress. */
final class BurstButton implements AutoCloseable {
  private final Subscriptions subscriptions = new Subscriptions();
  private final Texts texts;
  private final BurstFlow flow;
  private final Action action;
  private final Button button;
  private final Popup popup = new Popup();
  private final TextField count = new TextField("50");
  private final TextField concurrency = new TextField("10");
  private final FormField countField;
  private final FormField concurrencyField;
  private final Button start = new Button();
  private final Button cancel = new Button();
  private final ProgressBar progress = new ProgressBar(0);
  private final Label status = new Label();

  BurstButton(ActionRegistry actions, BurstFlow flow, Texts texts) {
    this.flow = flow;
    this.texts = texts;
    action = actions.get("burst");
    button = Buttons.of(action);
    button.getStyleClass().add("bar-button");
    countField = new FormField(texts.get("burst.count"), count);
    concurrencyField = new FormField(texts.get("burst.concurrency"), concurrency);
    popup.setAutoHide(true);
    popup.setHideOnEscape(true);
    popup.getContent().add(content());
    subscriptions.now(flow.busyProperty(), this::show);
    subscriptions.later(flow.doneProperty(), this::show);
    subscriptions.later(flow.failedProperty(), this::show);
    subscriptions.later(flow.totalProperty(), this::show);
  }

  private VBox content() {
    Label title = new Label(texts.get("burst.title"));
    title.getStyleClass().add("strong");
    start.setText(texts.get("burst.start"));
    start.getStyleClass().add("primary");
    start.setDefaultButton(true);
    start.setOnAction(event -> start());
    cancel.setText(texts.get("burst.cancel"));
    cancel.setOnAction(event -> flow.cancel());
    progress.setMaxWidth(Double.MAX_VALUE);
    status.getStyleClass().add("muted");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox buttons = new HBox(status, gap, cancel, start);
    buttons.setAlignment(Pos.CENTER_LEFT);
    buttons.getStyleClass().add("button-row");
    HBox fields = new HBox(countField, concurrencyField);
    fields.getStyleClass().add("field-row");
    VBox box = new VBox(title, fields, progress, buttons);
    box.getStyleClass().add("popover");
    return box;
  }

  Button node() {
    return button;
  }

  /** Opens under the button. */
  void open() {
    Bounds bounds = button.localToScreen(button.getBoundsInLocal());
    if (bounds != null) {
      popup.show(button, bounds.getMinX(), bounds.getMaxY() + 4);
      count.requestFocus();
      count.selectAll();
    }
  }

  boolean isOpen() {
    return popup.isShowing();
  }

  void setCompact(boolean compact) {
    button.setContentDisplay(compact ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
  }

  private void start() {
    OptionalInt calls = number(countField, count, BurstFlow.MAX_COUNT);
    OptionalInt atOnce = number(concurrencyField, concurrency, BurstFlow.MAX_CONCURRENCY);
    if (calls.isPresent() && atOnce.isPresent()) {
      flow.start(calls.getAsInt(), atOnce.getAsInt());
    }
  }

  private OptionalInt number(FormField field, TextField input, int most) {
    try {
      int value = Integer.parseInt(input.getText().strip().replace(",", ""));
      if (value >= 1 && value <= most) {
        field.setError("");
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // Falls through to the same message as a number out of range.
    }
    field.setError(texts.get("burst.range", Units.count(most)));
    return OptionalInt.empty();
  }

  private void show() {
    boolean busy = flow.busyProperty().get();
    int total = flow.totalProperty().get();
    int done = flow.doneProperty().get();
    int failed = flow.failedProperty().get();
    start.setDisable(busy);
    cancel.setDisable(!busy);
    progress.setVisible(total > 0);
    progress.setProgress(total == 0 ? 0 : (double) done / total);
    status.setText(
        total == 0
            ? ""
            : texts.get("burst.progress", Units.count(done), Units.count(total))
                + (failed == 0
                    ? ""
                    : " · " + Units.count(failed, texts.get("error"), texts.get("errors"))));
    button.setText(busy ? Units.count(done) + " / " + Units.count(total) : action.text());
  }

  @Override
  public void close() {
    subscriptions.close();
    popup.hide();
  }
}
