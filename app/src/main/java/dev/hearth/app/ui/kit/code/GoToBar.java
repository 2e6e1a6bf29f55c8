package dev.hearth.app.ui.kit.code;

import dev.hearth.resources.Texts;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/** The bar in which one types the number of a line, or {@code line:column}. */
final class GoToBar extends HBox {
  private static final Pattern INPUT =
      Pattern.compile("\\s*(\\d{1,9})(?:\\s*:\\s*(\\d{1,9}))?\\s*");
  private static final Texts TEXTS = Texts.of("code");

  private final TextField input = new TextField();

  /**
   * @param onPlace told of line and column, from 0, on Enter
   */
  GoToBar(Consumer<Place> onPlace, Runnable onClose) {
    getStyleClass().addAll("code-find", "code-find-row");
    setAlignment(Pos.CENTER_LEFT);
    input.setId("code-go-to");
    input.setPromptText(TEXTS.get("line-column"));
    input.setAccessibleText(TEXTS.get("go-to-line"));
    Label hint = new Label();
    hint.getStyleClass().addAll("small", "error");
    getChildren().setAll(new Label(TEXTS.get("go-to-line")), input, hint);
    addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            onClose.run();
            event.consume();
          } else if (event.getCode() == KeyCode.ENTER) {
            Matcher matcher = INPUT.matcher(input.getText());
            if (matcher.matches()) {
              onClose.run();
              onPlace.accept(place(matcher));
            } else {
              hint.setText(TEXTS.get("go-to-line.bad"));
            }
            event.consume();
          }
        });
  }

  void open() {
    input.clear();
    input.requestFocus();
  }

  private static Place place(Matcher matcher) {
    int line = Integer.parseInt(matcher.group(1));
    int column = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
    return new Place(Math.max(0, line - 1), Math.max(0, column - 1));
  }
}
