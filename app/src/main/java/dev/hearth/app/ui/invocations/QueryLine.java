package dev.hearth.app.ui.invocations;

import dev.hearth.app.project.query.QueryCompletion;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** The field for a query, with proposals for what could be typed next. */
final class QueryLine extends HBox {
  private final TextField field = new TextField();
  private final ContextMenu proposals = new ContextMenu();
  private final Function<String, List<String>> values;

  /**
   * @param values the values known for a key, e.g. the functions of the project
   */
  QueryLine(Texts texts, Function<String, List<String>> values) {
    this.values = values;
    getStyleClass().add("filter-field");
    setAlignment(Pos.CENTER_LEFT);
    field.setPromptText(texts.get("query.prompt"));
    field.setTooltip(new Tooltip(texts.get("query.tip")));
    field.setAccessibleText(texts.get("query.accessible"));
    field.addEventHandler(KeyEvent.KEY_RELEASED, this::released);
    HBox.setHgrow(field, Priority.ALWAYS);
    getChildren().addAll(Icons.of("search"), field);
  }

  StringProperty textProperty() {
    return field.textProperty();
  }

  TextField field() {
    return field;
  }

  private void released(KeyEvent event) {
    switch (event.getCode()) {
      case ESCAPE -> {
        if (proposals.isShowing()) {
          proposals.hide();
        } else {
          field.clear();
        }
      }
      case ENTER -> proposals.hide();
      case SPACE -> propose(event.isControlDown());
      default -> propose(event.getCode() == KeyCode.DOWN || isTyping(event));
    }
  }

  private static boolean isTyping(KeyEvent event) {
    return event.getCode().isLetterKey()
        || event.getCode().isDigitKey()
        || event.getCode() == KeyCode.COLON
        || event.getCode() == KeyCode.SEMICOLON
        || event.getCode() == KeyCode.MINUS
        || event.getCode() == KeyCode.BACK_SPACE;
  }

  private void propose(boolean wanted) {
    proposals.hide();
    List<QueryCompletion.Suggestion> found =
        wanted
            ? QueryCompletion.suggest(field.getText(), field.getCaretPosition(), values)
            : List.of();
    if (found.isEmpty() || field.getText().isEmpty() || field.getScene() == null) {
      return;
    }
    proposals.getItems().clear();
    for (QueryCompletion.Suggestion suggestion : found) {
      MenuItem item = new MenuItem(suggestion.text());
      item.setMnemonicParsing(false);
      item.setOnAction(e -> take(suggestion));
      proposals.getItems().add(item);
    }
    proposals.show(field, Side.BOTTOM, 0, 0);
  }

  private void take(QueryCompletion.Suggestion suggestion) {
    field.replaceText(suggestion.from(), suggestion.to(), suggestion.text());
    field.positionCaret(suggestion.from() + suggestion.text().length());
  }
}
