package dev.hearth.app.ui.kit;

import dev.hearth.app.action.ActionRegistry;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;

/** What a panel shows when it has nothing to show: one sentence and one action. */
public final class EmptyState extends VBox {
  private final Label sentence = new Label();

  /**
   * @param actions usually one button; none where nothing can be done here
   */
  public EmptyState(String text, Node... actions) {
    getStyleClass().add("empty-state");
    setAlignment(Pos.CENTER);
    sentence.setText(text);
    sentence.setWrapText(true);
    sentence.setTextAlignment(TextAlignment.CENTER);
    sentence.getStyleClass().add("muted");
    getChildren().add(sentence);
    getChildren().addAll(actions);
  }

  /** Offers commands of the window as buttons; those that the window does not have are left out. */
  public static EmptyState offering(String text, ActionRegistry actions, String... ids) {
    return new EmptyState(
        text,
        Stream.of(ids)
            .flatMap(id -> actions.find(id).stream())
            .map(Buttons::of)
            .toArray(Node[]::new));
  }

  /** Changes the sentence. */
  public void setText(String text) {
    sentence.setText(text);
  }
}
