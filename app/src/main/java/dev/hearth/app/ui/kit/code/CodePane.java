package dev.hearth.app.ui.kit.code;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.fxmisc.richtext.CodeArea;

/** RichTextFX's area with plain-text clipboard and with long lines in pieces. */
final class CodePane extends CodeArea implements Lines {
  private boolean folded;

  CodePane() {
    getStyleClass().add("code-pane");
    setAutoScrollOnDragDesired(true);
  }

  @Override
  public int count() {
    return getParagraphs().size();
  }

  @Override
  public String line(int index) {
    return getParagraph(index).getText();
  }

  /** Whether some lines may be shown in pieces. */
  boolean folded() {
    return folded;
  }

  /** Whether a line is a piece of a longer one. */
  boolean piece(int index) {
    return folded
        && (LongLines.continues(line(index)) || index > 0 && LongLines.continues(line(index - 1)));
  }

  /** Makes a text ready for this control: line breaks of one kind, long lines in pieces. */
  String prepared(String text) {
    String plain = text.replace("\r\n", "\n").replace('\r', '\n');
    String pieces = LongLines.fold(plain);
    folded |= pieces.length() != plain.length();
    return pieces;
  }

  Selected selected() {
    return new Selected(place(getAnchor()), place(getCaretPosition()));
  }

  Place place(int offset) {
    Position position = offsetToPosition(offset, Bias.Forward);
    return new Place(position.getMajor(), position.getMinor());
  }

  int offset(Place place) {
    return getAbsolutePosition(place.line(), place.column());
  }

  void select(Selected selected) {
    selectRange(
        selected.anchor().line(),
        selected.anchor().column(),
        selected.caret().line(),
        selected.caret().column());
    requestFollowCaret();
  }

  /** Applies an edit as one step of the undo history. */
  void apply(Edit edit) {
    getUndoManager().preventMerge();
    replaceText(
        edit.start().line(),
        edit.start().column(),
        edit.end().line(),
        edit.end().column(),
        edit.text());
    getUndoManager().preventMerge();
    select(edit.after());
  }

  @Override
  public void copy() {
    String text = LongLines.unfold(getSelectedText());
    if (!text.isEmpty()) {
      ClipboardContent content = new ClipboardContent();
      content.putString(text);
      Clipboard.getSystemClipboard().setContent(content);
    }
  }

  @Override
  public void cut() {
    copy();
    getUndoManager().preventMerge();
    replaceSelection("");
  }

  @Override
  public void paste() {
    String text = Clipboard.getSystemClipboard().getString();
    if (text != null) {
      getUndoManager().preventMerge();
      replaceSelection(prepared(text));
      getUndoManager().preventMerge();
    }
  }
}
