package dev.hearth.app.ui.kit.code;

import dev.hearth.app.ui.kit.code.lex.Language;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import org.fxmisc.flowless.VirtualizedScrollPane;

/**
 * The one control that shows code: source, events, responses. It hides RichTextFX, so that another
 * text control could take its place. FX thread only.
 *
 * <p>Lines are counted from 0 and mean the lines of the text, also where a very long one is shown
 * in pieces ({@link LongLines}).
 */
public final class CodeEditor extends BorderPane implements AutoCloseable {
  private static final PseudoClass PLAIN = PseudoClass.getPseudoClass("plain");
  private static final PseudoClass READ_ONLY = PseudoClass.getPseudoClass("read-only");
  private static final Texts TEXTS = Texts.of("code");
  private static final double ZOOM_STEP = 1.1;

  private final CodePane pane = new CodePane();
  private final Decorations decorations = new Decorations();
  private final Highlighter highlighter;
  private final Gutter gutter;
  private final CaretBlink blink = new CaretBlink(pane);
  private final CodeColumns columns = new CodeColumns(this);
  private final FindSession finding;
  private final FindBar findBar;
  private final GoToBar goToBar;
  private final ReadOnlyLongWrapper edits = new ReadOnlyLongWrapper();
  private final ReadOnlyObjectWrapper<Place> caret = new ReadOnlyObjectWrapper<>(new Place(0, 0));
  private final DoubleProperty zoom = new SimpleDoubleProperty(1);
  private Language language;
  private boolean windowsLineBreaks;
  private boolean loading;

  public CodeEditor(Language language) {
    this.language = language;
    highlighter = new Highlighter(pane, decorations, language);
    gutter = new Gutter(pane, decorations);
    finding = new FindSession(pane, decorations, highlighter);
    findBar = new FindBar(finding, this::closeBar);
    goToBar = new GoToBar(this::goTo, this::closeBar);
    getStyleClass().add("code-editor");
    VirtualizedScrollPane<CodePane> scroll = new VirtualizedScrollPane<>(pane);
    setCenter(scroll);
    getChildren().add(columns);
    gutter.show(true);
    setEditable(true);
    pane.plainTextChanges().subscribe(change -> changed());
    pane.caretPositionProperty().addListener((source, old, now) -> caretMoved());
    zoom.addListener((source, old, now) -> zoomed("-fx-font-size: " + now + "em;"));
    pane.addEventFilter(ScrollEvent.SCROLL, this::scrolled);
    pane.setContextMenu(contextMenu());
    EditorKeys.install(this, pane);
  }

  private void zoomed(String style) {
    pane.setStyle(style);
    columns.setStyle(style);
  }

  private void changed() {
    if (!loading) {
      edits.set(edits.get() + 1);
    }
  }

  private void caretMoved() {
    Place place = pane.place(pane.getCaretPosition());
    caret.set(new Place(gutter.numberOf(place.line()) - 1, columnInLine(place)));
  }

  private int columnInLine(Place place) {
    int column = place.column();
    for (int i = place.line() - 1; i >= 0 && LongLines.continues(pane.line(i)); i--) {
      column += pane.line(i).length() - 1;
    }
    return column;
  }

  /** Shows a text; nothing of what was before can be undone. Does not count as an edit. */
  public void setText(String text) {
    loading = true;
    windowsLineBreaks = text.contains("\r\n");
    pane.replaceText(pane.prepared(text));
    highlighter.styleTop();
    pane.getUndoManager().forgetHistory();
    pane.moveTo(0);
    pane.requestFollowCaret();
    loading = false;
  }

  /**
   * Replaces the text as one edit that can be undone, touching only what differs, so that caret and
   * view stay where they are.
   */
  public void replaceText(String text) {
    String now = pane.getText();
    String then = pane.prepared(text);
    int prefix = 0;
    int limit = Math.min(now.length(), then.length());
    while (prefix < limit && now.charAt(prefix) == then.charAt(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < limit - prefix
        && now.charAt(now.length() - 1 - suffix) == then.charAt(then.length() - 1 - suffix)) {
      suffix++;
    }
    if (prefix < now.length() || prefix < then.length()) {
      int anchor = moved(pane.getAnchor(), prefix, now.length() - suffix, then.length() - suffix);
      int caretAt =
          moved(pane.getCaretPosition(), prefix, now.length() - suffix, then.length() - suffix);
      pane.getUndoManager().preventMerge();
      pane.replaceText(
          prefix, now.length() - suffix, then.substring(prefix, then.length() - suffix));
      pane.getUndoManager().preventMerge();
      pane.selectRange(anchor, caretAt);
    }
  }

  /** Where an offset is after the text from {@code start} to {@code oldEnd} was replaced. */
  private static int moved(int offset, int start, int oldEnd, int newEnd) {
    return offset <= start
        ? offset
        : offset >= oldEnd ? offset + newEnd - oldEnd : Math.min(offset, newEnd);
  }

  /** The text with the line breaks that it came with. */
  public String text() {
    String text = LongLines.unfold(pane.getText());
    return windowsLineBreaks ? text.replace("\n", "\r\n") : text;
  }

  /** Grows with every edit by the user, undo and redo included. */
  public ReadOnlyLongProperty editsProperty() {
    return edits.getReadOnlyProperty();
  }

  /** Where the caret is. */
  public ReadOnlyObjectProperty<Place> caretProperty() {
    return caret.getReadOnlyProperty();
  }

  /** How many characters fit beside each other; 0 until the control has a width. */
  public ReadOnlyIntegerProperty columnsProperty() {
    return columns.columnsProperty();
  }

  /** Size of the text in relation to that of the interface, 0.5 to 3. */
  public DoubleProperty zoomProperty() {
    return zoom;
  }

  public void setLanguage(Language other) {
    if (other != language) {
      language = other;
      highlighter.language(other);
    }
  }

  /** Read-only text can be selected, copied and searched. */
  public void setEditable(boolean editable) {
    pane.setEditable(editable);
    pseudoClassStateChanged(READ_ONLY, !editable);
    highlighter.matchBrackets(editable);
    pane.setAccessibleText(TEXTS.get(editable ? "accessible" : "accessible.read-only"));
  }

  public void setLineNumbers(boolean shown) {
    gutter.show(shown);
    pseudoClassStateChanged(PLAIN, !shown);
  }

  public void setWrapText(boolean wrap) {
    pane.setWrapText(wrap);
  }

  /** Marks lines of the text, in place of those marked before. */
  public void setMarkers(List<LineMarker> markers) {
    decorations.markers(
        markers.stream()
            .map(marker -> marker.withLine(paragraph(new Place(marker.line(), 0)).line()))
            .filter(marker -> marker.line() < pane.count())
            .toList());
    gutter.refresh();
    highlighter.refresh();
  }

  /** The marks with their lines as they are now. */
  public List<LineMarker> markers() {
    return decorations.markers();
  }

  /** Puts the caret at a place, as near as the text allows, with the view around it. */
  public void goTo(Place place) {
    setCaret(place);
    focus();
  }

  /** Like {@link #goTo}, but leaves the keyboard focus where it is. */
  public void setCaret(Place place) {
    Place target = paragraph(place);
    pane.moveTo(target.line(), target.column());
    int visible = pane.getVisibleParagraphs().size();
    if (visible > 0) {
      pane.showParagraphAtTop(Math.max(0, target.line() - visible / 3));
    }
    pane.requestFollowCaret();
  }

  /** Where a place of the text stands in the control. */
  private Place paragraph(Place place) {
    int line = Math.min(place.line(), pane.count() - 1);
    while (line + 1 < pane.count() && gutter.numberOf(line) - 1 < place.line()) {
      line++;
    }
    int column = Math.max(0, place.column());
    while (column >= pane.line(line).length() && LongLines.continues(pane.line(line))) {
      column -= pane.line(line).length() - 1;
      line++;
    }
    return new Place(line, Math.min(column, pane.line(line).length()));
  }

  /** Opens the bar for finding; what is selected is looked for. */
  public void find() {
    openFind(false);
  }

  /** Opens the bar for replacing. */
  public void replace() {
    openFind(pane.isEditable());
  }

  private void openFind(boolean withReplace) {
    String selected = pane.getSelectedText();
    setTop(findBar);
    findBar.open(selected.contains("\n") ? "" : selected, withReplace);
  }

  /** Goes to the next or previous match; opens the bar when nothing is being looked for. */
  public void findNext(boolean forward) {
    if (getTop() != findBar) {
      find();
    } else if (forward) {
      finding.next();
    } else {
      finding.previous();
    }
  }

  /** Opens the bar that asks for a line. */
  public void goToLine() {
    setTop(goToBar);
    goToBar.open();
  }

  /** Closes the open bar; tells whether there was one. */
  boolean closeBar() {
    Node bar = getTop();
    if (bar == null) {
      return false;
    }
    setTop(null);
    finding.stop();
    focus();
    return true;
  }

  public void toggleComment() {
    commands().toggleComment(pane.selected()).ifPresent(pane::apply);
  }

  public void undo() {
    pane.undo();
  }

  public void redo() {
    pane.redo();
  }

  public void zoomIn() {
    zoom.set(Math.min(3, zoom.get() * ZOOM_STEP));
  }

  public void zoomOut() {
    zoom.set(Math.max(0.5, zoom.get() / ZOOM_STEP));
  }

  public void zoomReset() {
    zoom.set(1);
  }

  /** Puts the keyboard focus into the text. */
  public void focus() {
    pane.requestFocus();
  }

  /** The node that has the keyboard focus while somebody types. */
  public Node input() {
    return pane;
  }

  EditCommands commands() {
    return new EditCommands(pane, language, EditCommands.unitOf(pane, language));
  }

  CodePane pane() {
    return pane;
  }

  Highlighter highlighter() {
    return highlighter;
  }

  FindSession finding() {
    return finding;
  }

  private void scrolled(ScrollEvent event) {
    if (event.isShortcutDown() && event.getDeltaY() != 0) {
      if (event.getDeltaY() > 0) {
        zoomIn();
      } else {
        zoomOut();
      }
      event.consume();
    }
  }

  private ContextMenu contextMenu() {
    ContextMenu menu = new ContextMenu();
    MenuItem undo = item("undo", pane::undo);
    MenuItem redo = item("redo", pane::redo);
    MenuItem cut = item("cut", pane::cut);
    MenuItem paste = item("paste", pane::paste);
    MenuItem comment = item("toggle-comment", this::toggleComment);
    menu.getItems()
        .setAll(
            undo,
            redo,
            new SeparatorMenuItem(),
            cut,
            item("copy", pane::copy),
            paste,
            item("select-all", pane::selectAll),
            new SeparatorMenuItem(),
            comment,
            item("find", this::find),
            item("go-to-line", this::goToLine));
    menu.setOnShowing(
        event -> {
          undo.setDisable(!pane.isEditable() || !pane.isUndoAvailable());
          redo.setDisable(!pane.isEditable() || !pane.isRedoAvailable());
          cut.setDisable(!pane.isEditable());
          paste.setDisable(!pane.isEditable());
          comment.setDisable(!pane.isEditable() || language.lineComment().isEmpty());
        });
    return menu;
  }

  private static MenuItem item(String key, Runnable action) {
    MenuItem item = new MenuItem(TEXTS.get(key));
    item.setOnAction(event -> action.run());
    return item;
  }

  @Override
  public void close() {
    finding.close();
    highlighter.close();
    gutter.close();
    blink.close();
    pane.dispose();
  }
}
