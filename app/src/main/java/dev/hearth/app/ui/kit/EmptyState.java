package dev.hearth.app.ui.kit;

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

  /** Changes the sentence. */
  public void setText(String text) {
    sentence.setText(text);
  }
}
