package dev.hearth.app.ui.kit.code;

import dev.hearth.app.ui.kit.Icons;
import dev.hearth.resources.Texts;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The bar above the text in which one looks for something and replaces it. */
final class FindBar extends VBox {
  private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
  private static final Texts TEXTS = Texts.of("code");

  private final FindSession session;
  private final Runnable onClose;
  private final TextField search = new TextField();
  private final TextField replacement = new TextField();
  private final ToggleButton matchCase = toggle("Aa", "match-case");
  private final ToggleButton wholeWord = toggle("W", "whole-word");
  private final ToggleButton regex = toggle(".*", "regex");
  private final HBox replaceRow;

  FindBar(FindSession session, Runnable onClose) {
    this.session = session;
    this.onClose = onClose;
    getStyleClass().add("code-find");
    replaceRow = replaceRow();
    getChildren().setAll(findRow(), replaceRow, problemRow());
    search.textProperty().addListener((source, old, now) -> start());
    addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    session
        .problemProperty()
        .subscribe(text -> search.pseudoClassStateChanged(INVALID, !text.isEmpty()));
  }

  /**
   * Opens the bar.
   *
   * @param text to look for; empty to keep what was looked for before
   */
  void open(String text, boolean withReplace) {
    replaceRow.setVisible(withReplace);
    if (!text.isEmpty()) {
      search.setText(text);
    }
    start();
    search.requestFocus();
    search.selectAll();
  }

  private HBox findRow() {
    search.setPromptText(TEXTS.get("find"));
    search.setAccessibleText(TEXTS.get("find"));
    search.setId("code-find-text");
    Label summary = new Label();
    summary.setId("code-find-summary");
    summary.getStyleClass().addAll("small", "muted");
    summary.setMinWidth(Region.USE_PREF_SIZE);
    summary.textProperty().bind(session.summaryProperty());
    for (ToggleButton option : new ToggleButton[] {matchCase, wholeWord, regex}) {
      option.setOnAction(event -> start());
    }
    return row(
        search,
        matchCase,
        wholeWord,
        regex,
        icon("arrow-up", "previous", session::previous),
        icon("arrow-down", "next", session::next),
        summary,
        icon("x", "close", onClose));
  }

  private HBox replaceRow() {
    replacement.setPromptText(TEXTS.get("replace-with"));
    replacement.setAccessibleText(TEXTS.get("replace-with"));
    replacement.setId("code-replace-text");
    Button one = new Button(TEXTS.get("replace"));
    one.setId("code-replace");
    one.setOnAction(event -> session.replace(replacement.getText()));
    Button all = new Button(TEXTS.get("replace-all"));
    all.setId("code-replace-all");
    all.setOnAction(event -> session.replaceAll(replacement.getText()));
    HBox row = row(replacement, one, all);
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }

  private Node problemRow() {
    Label problem = new Label();
    problem.setId("code-find-problem");
    problem.getStyleClass().addAll("small", "error");
    problem.setWrapText(true);
    problem.textProperty().bind(session.problemProperty());
    problem.visibleProperty().bind(session.problemProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    return problem;
  }

  private static HBox row(Node... nodes) {
    HBox row = new HBox(nodes);
    row.getStyleClass().add("code-find-row");
    row.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(nodes[0], Priority.ALWAYS);
    ((TextField) nodes[0]).setMinWidth(60);
    return row;
  }

  private static ToggleButton toggle(String text, String key) {
    ToggleButton button = new ToggleButton(text);
    button.getStyleClass().addAll("flat", "code-find-option");
    button.setTooltip(new Tooltip(TEXTS.get(key)));
    button.setAccessibleText(TEXTS.get(key));
    button.setId("code-find-" + key);
    return button;
  }

  private static Button icon(String icon, String key, Runnable action) {
    Button button = new Button("", Icons.of(icon));
    button.getStyleClass().addAll("flat", "icon-button");
    button.setTooltip(new Tooltip(TEXTS.get(key)));
    button.setAccessibleText(TEXTS.get(key));
    button.setId("code-find-" + key);
    button.setOnAction(event -> action.run());
    return button;
  }

  private void start() {
    session.start(
        new FindQuery(
            search.getText(), matchCase.isSelected(), wholeWord.isSelected(), regex.isSelected()));
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE) {
      onClose.run();
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && event.getTarget() == replacement) {
      session.replace(replacement.getText());
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && event.getTarget() == search
        || event.getCode() == KeyCode.F3) {
      if (event.isShiftDown()) {
        session.previous();
      } else {
        session.next();
      }
      event.consume();
    }
  }
}
