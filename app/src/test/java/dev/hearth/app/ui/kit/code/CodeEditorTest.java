package dev.hearth.app.ui.kit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import dev.hearth.app.ui.kit.code.lex.Language;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.fxmisc.richtext.CaretNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CodeEditorTest extends FxTest {
  private CodeEditor editor;
  private Scene scene;

  @BeforeEach
  void show() {
    editor = fxGet(() -> new CodeEditor(Language.PYTHON));
    scene = show(editor).getScene();
    fx(editor::focus);
  }

  @Test
  void typesWithIndentationAndPairs() {
    type(scene, "def f(x):");
    key(scene, "Enter");
    type(scene, "return [\"a");
    key(scene, "Enter");

    assertThat(text()).isEqualTo("def f(x):\n    return [\"a\n    \"]");
  }

  @Test
  void undoAndRedoGoOverEditsNotOverColours() {
    load("a = 1\n");
    type(scene, "import x ");
    settle();
    key(scene, "Ctrl+Z");
    assertThat(text()).isEqualTo("a = 1\n");
    assertThat(fxGet(() -> editor.pane().isUndoAvailable())).isFalse();
    key(scene, "Ctrl+Y");
    assertThat(text()).isEqualTo("import x a = 1\n");
  }

  @Test
  void loadingIsNoEdit() {
    load("a");
    assertThat(fxGet(() -> editor.editsProperty().get())).isZero();
    type(scene, "b");
    assertThat(fxGet(() -> editor.editsProperty().get())).isOne();
  }

  @Test
  void coloursWhatIsInSight() {
    load("x = 'a'  # b\n");
    assertThat(stylesAt(0, 5)).containsExactly("code-string");
    assertThat(stylesAt(0, 10)).containsExactly("code-comment");
    assertThat(stylesAt(0, 0)).isEmpty();
    fx(() -> editor.setLanguage(Language.PLAIN));
    settle();
    assertThat(stylesAt(0, 5)).isEmpty();
  }

  /** Else each line would be laid out twice when it is shown. */
  @Test
  void aNewTextHasItsColoursBeforeItIsShown() {
    fx(
        () -> {
          try (CodeEditor hidden = new CodeEditor(Language.PYTHON)) {
            hidden.setText("x = 'a'\n\ny\n\n\nz = 1  # b\n");
            assertThat(hidden.pane().getStyleOfChar(0, 5)).containsExactly("code-string");
            assertThat(hidden.pane().getStyleOfChar(5, 8)).containsExactly("code-comment");
            assertThat(hidden.pane().getStyleOfChar(2, 0)).isEmpty();
          }
        });
  }

  private CaretNode caret() {
    return editor.pane().getCaretSelectionBind().getUnderlyingCaret();
  }

  private void waitForBlinking(boolean blinks) {
    waitUntil(
        blinks ? "caret blinks" : "caret stands still",
        () -> caret().getBlinkRate().greaterThan(Duration.ZERO) == blinks);
  }

  /** The caret comes and goes as often as it does in ten seconds. */
  private void letTimePass() {
    fx(
        () -> {
          for (int i = 0; i <= CaretBlink.CHANGES; i++) {
            caret().setVisible(!caret().isVisible());
          }
        });
    waitForBlinking(false);
  }

  @Test
  void caretStandsStillAfterAWhileWithoutInput() {
    load("a = 1");
    waitForBlinking(true);
    letTimePass();
    key(scene, "Right");
    waitForBlinking(true);
    letTimePass();
    fx(() -> editor.setCaret(new Place(0, 3)));
    waitForBlinking(true);
    letTimePass();
    click(editor.pane());
    waitForBlinking(true);
  }

  /** RichTextFX makes its model of so many lines in one go; what counts is what comes after. */
  private void loadLarge() {
    load("x = f(1)\n".repeat(20_000));
    settle();
    startCounting();
  }

  @Test
  void anEditInALargeFileTouchesFewLines() {
    loadLarge();
    fx(() -> editor.goTo(new Place(10_000, 4)));
    settle();
    settle();
    int lexed = editor.highlighter().lexedLines();
    int restyled = editor.highlighter().restyledLines();
    type(scene, "abc");
    settle();

    assertThat(editor.highlighter().lexedLines() - lexed).isBetween(1, 6);
    assertThat(editor.highlighter().restyledLines() - restyled).isBetween(1, 6);
  }

  @Test
  void onlyTheViewIsStyledOfALargeFile() {
    loadLarge();
    settle();

    assertThat(editor.highlighter().lexedLines()).isLessThan(500);
    assertThat(editor.highlighter().restyledLines()).isLessThan(500);
  }

  @Test
  void keepsWindowsLineBreaks() {
    load("a\r\nb\r\n");
    type(scene, "x");
    assertThat(text()).isEqualTo("xa\r\nb\r\n");
  }

  @Test
  void aLineOfAMegabyteIsShownInPiecesAndComesOutWhole() {
    String line =
        IntStream.range(0, 60_000)
            .mapToObj(i -> "\"k" + i + "\": 1, ")
            .collect(Collectors.joining());
    load("first\n" + line + "\nlast");
    assertThat(text()).isEqualTo("first\n" + line + "\nlast");
    int longest =
        fxGet(
            () ->
                IntStream.range(0, editor.pane().count())
                    .map(i -> editor.pane().line(i).length())
                    .max()
                    .orElse(0));
    assertThat(longest).isLessThan(LongLines.LIMIT);
    fx(() -> editor.goTo(new Place(1, 500_000)));
    settle();
    assertThat(fxGet(() -> editor.caretProperty().get())).isEqualTo(new Place(1, 500_000));
    type(scene, "#");
    assertThat(text())
        .isEqualTo("first\n" + new StringBuilder(line).insert(500_000, '#') + "\nlast");
    fx(() -> editor.goTo(new Place(2, 2)));
    assertThat(fxGet(() -> editor.caretProperty().get())).isEqualTo(new Place(2, 2));
  }

  @Test
  void copyingAndPastingALongLineKeepsIt() {
    String line = "x".repeat(5_000);
    load(line);
    key(scene, "Ctrl+A");
    key(scene, "Ctrl+C");
    assertThat(fxGet(() -> Clipboard.getSystemClipboard().getString())).isEqualTo(line);
    load("");
    key(scene, "Ctrl+V");
    assertThat(text()).isEqualTo(line);
    assertThat(fxGet(() -> editor.pane().count())).isGreaterThan(10);
  }

  @Test
  void replacingTheTextKeepsTheCaretAndCanBeUndone() {
    load("one\ntwo\nthree");
    fx(() -> editor.goTo(new Place(2, 3)));
    fx(() -> editor.replaceText("one\n2\nthree"));
    assertThat(fxGet(() -> editor.caretProperty().get())).isEqualTo(new Place(2, 3));
    key(scene, "Ctrl+Z");
    assertThat(text()).isEqualTo("one\ntwo\nthree");
  }

  @Test
  void findsCountsAndWalks() {
    load("item\nItem\nitems\n");
    key(scene, "Ctrl+F");
    type(scene, "item");
    assertThat(summary()).isEqualTo("1 of 3");
    assertThat(stylesAt(1, 0)).contains("code-match");
    assertThat(stylesAt(0, 0)).contains("code-match-current");
    key(scene, "Enter");
    assertThat(summary()).isEqualTo("2 of 3");
    key(scene, "Shift+Enter");
    key(scene, "Shift+Enter");
    assertThat(summary()).isEqualTo("3 of 3");
    fx(() -> find(editor, "#code-find-whole-word", ToggleButton.class).fire());
    fx(() -> find(editor, "#code-find-match-case", ToggleButton.class).fire());
    settle();
    assertThat(summary()).isEqualTo("1 of 1");
    key(scene, "Esc");
    settle();
    assertThat(editor.getTop()).isNull();
    assertThat(stylesAt(1, 0)).isEmpty();
    assertThat(scene.getFocusOwner()).isSameAs(editor.input());
  }

  @Test
  void aBrokenExpressionIsToldNotThrown() {
    load("a(b");
    key(scene, "Ctrl+F");
    fx(() -> find(editor, "#code-find-regex", ToggleButton.class).fire());
    type(scene, "a(");
    assertThat(find(editor, "#code-find-problem", Label.class).getText())
        .startsWith("Unclosed group");
    type(scene, "b)");
    assertThat(summary()).isEqualTo("No matches");
  }

  @Test
  void replacesOneAndAllAndUndoesInOneStep() {
    load("a b a b a");
    key(scene, "Ctrl+H");
    type(scene, "a");
    fx(() -> find(editor, "#code-replace-text", TextField.class).setText("xy"));
    fx(() -> find(editor, "#code-replace", Button.class).fire());
    assertThat(text()).isEqualTo("xy b a b a");
    assertThat(summary()).isEqualTo("1 of 2");
    fx(() -> find(editor, "#code-replace-all", Button.class).fire());
    assertThat(text()).isEqualTo("xy b xy b xy");
    fx(editor::undo);
    assertThat(text()).isEqualTo("xy b a b a");
  }

  @Test
  void goesToALine() {
    load("a\n".repeat(300));
    key(scene, "Ctrl+G");
    type(scene, "200:1");
    key(scene, "Enter");
    assertThat(fxGet(() -> editor.caretProperty().get())).isEqualTo(new Place(199, 0));
    assertThat(editor.getTop()).isNull();
  }

  @Test
  void marksStayAtTheirLines() {
    load("a\nb\nc\n");
    fx(() -> editor.setMarkers(List.of(new LineMarker(2, -1, "broken"))));
    settle();
    assertThat(stylesAt(2, 0)).contains("code-error");
    key(scene, "Enter");
    settle();
    assertThat(stylesAt(3, 0)).contains("code-error");
    assertThat(stylesAt(2, 0)).isEmpty();
  }

  @Test
  void lineCommandsHaveKeys() {
    load("a\nb");
    key(scene, "Ctrl+D");
    assertThat(text()).isEqualTo("a\na\nb");
    key(scene, "Alt+Down");
    type(scene, "x");
    assertThat(text()).isEqualTo("a\nb\nxa");
    key(scene, "Ctrl+Slash");
    assertThat(text()).isEqualTo("a\nb\n# xa");
    key(scene, "Ctrl+Shift+K");
    assertThat(text()).isEqualTo("a\nb");
  }

  @Test
  void keysOfTheWindowPass() {
    int[] seen = {0};
    fx(() -> scene.addEventHandler(javafx.scene.input.KeyEvent.KEY_PRESSED, event -> seen[0]++));
    for (String key : List.of("Ctrl+Enter", "Ctrl+Tab", "F6", "Alt+1", "Ctrl+W", "Ctrl+P", "Esc")) {
      key(scene, key);
    }
    assertThat(seen[0]).isEqualTo(7);
    assertThat(text()).isEmpty();
  }

  @Test
  void tabLeavesAReadOnlyText() {
    Button next = fxGet(() -> new Button("next"));
    fx(
        () -> {
          editor.setEditable(false);
          editor.setText("a");
          scene.setRoot(new VBox(editor, next));
          editor.focus();
        });
    settle();
    type(scene, "x(");
    key(scene, "Tab");
    assertThat(scene.getFocusOwner()).isSameAs(next);
    assertThat(text()).isEqualTo("a");
  }

  @Test
  void zoomsTheText() {
    load("a");
    double before =
        fxGet(() -> editor.pane().getParagraphBoundsOnScreen(0).orElseThrow().getHeight());
    key(scene, "Ctrl+Plus");
    key(scene, "Ctrl+Plus");
    settle();
    double after =
        fxGet(() -> editor.pane().getParagraphBoundsOnScreen(0).orElseThrow().getHeight());
    assertThat(after).isGreaterThan(before);
    key(scene, "Ctrl+0");
    assertThat(fxGet(() -> editor.zoomProperty().get())).isEqualTo(1);
  }

  private void load(String text) {
    fx(() -> editor.setText(text));
    settle();
  }

  private String text() {
    return fxGet(editor::text);
  }

  private String summary() {
    return fxGet(() -> find(editor, "#code-find-summary", Label.class).getText());
  }

  private Collection<String> stylesAt(int line, int column) {
    settle();
    return fxGet(() -> editor.pane().getStyleOfChar(line, column));
  }
}
