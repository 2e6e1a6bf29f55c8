package dev.hearth.app.ui.editor;

import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/**
 * Says where the source is saved, which version ran last, and whether the next call is cold; and
 * whose file it is, when Invoke would call another function.
 */
final class SourceStatusLabel extends HBox {
  private final EditorViewModel model;
  private final Texts texts = Texts.of("editor");
  private final Label saved = new Label();
  private final Label live = new Label(texts.get("status.live"));

  SourceStatusLabel(WorkbenchState state, EditorViewModel model, Subscriptions subscriptions) {
    this.model = model;
    getStyleClass().addAll("tab-tools", "editor-status");
    setAlignment(Pos.CENTER_RIGHT);
    setMinWidth(0);
    saved.getStyleClass().add("muted");
    saved.setMinWidth(0);
    live.getStyleClass().add("ember");
    live.setMinWidth(0);
    live.managedProperty().bind(live.visibleProperty());
    getChildren().setAll(saved, live);
    setPrefWidth(Region.USE_COMPUTED_SIZE);
    subscriptions.later(state.functionProperty(), this::show);
    subscriptions.now(model.source().statusProperty(), this::show);
  }

  private void show() {
    SourceStatus.Status status = model.source().statusProperty().get();
    boolean open = status.functionId() != 0;
    setVisible(open);
    String where =
        texts.get(model.linked(status.functionId()) ? "status.folder" : "status.project");
    String version =
        status.version() == 0
            ? texts.get("status.never-run")
            : texts.get("status.version", status.version());
    String other = model.otherName(status.functionId());
    String owner = other.isEmpty() ? "" : other + " · ";
    saved.setText(open ? owner + where + " · " + version + (status.changed() ? " ·" : "") : "");
    live.setVisible(status.changed());
  }
}
