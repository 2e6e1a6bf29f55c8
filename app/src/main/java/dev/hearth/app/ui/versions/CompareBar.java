package dev.hearth.app.ui.versions;

import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Chooses what the selected version is compared with. */
final class CompareBar {
  private final HBox bar = new HBox();

  CompareBar(VersionsViewModel model, Texts texts, Subscriptions subscriptions) {
    Label label = new Label(texts.get("compare"));
    label.getStyleClass().add("muted");
    ComboBox<PublishedVersion> choice = new ComboBox<>(model.versions());
    choice.setAccessibleText(texts.get("compare"));
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable PublishedVersion version) {
            return version == null ? "" : version.number();
          }

          @Override
          public PublishedVersion fromString(String text) {
            throw new UnsupportedOperationException("Chosen from a list, never typed");
          }
        });
    choice
        .valueProperty()
        .addListener(
            (source, old, now) -> {
              if (now != null) {
                model.baseProperty().set(now);
              }
            });
    subscriptions.now(model.baseProperty(), () -> choice.setValue(model.baseProperty().get()));
    bar.getChildren().addAll(label, choice);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("versions-bar");
  }

  Node node() {
    return bar;
  }
}
