package dev.hearth.app.ui.kit.code;

import dev.hearth.app.ui.kit.code.lex.Language;
import dev.hearth.app.ui.kit.code.lex.LexCache;
import dev.hearth.app.ui.kit.code.lex.TokenKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.stage.Window;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.StyleSpans;
import org.reactfx.EventStreams;
import org.reactfx.Subscription;

/**
 * Colours what is in sight: after an edit, a scroll or a move of the caret it lexes as little as it
 * can and restyles only the lines that look different, at most once per pulse.
 */
final class Highlighter implements AutoCloseable {
  /** Lines styled above and below the view, so that scrolling shows no plain text. */
  private static final int MARGIN = 60;

  /** No screen shows more; a view that is not laid out yet may claim to. */
  private static final int MAX_VISIBLE = 400;

  private final CodePane pane;
  private final Decorations decorations;
  private final LineStyles styles = new LineStyles();
  private final PulseTask restyle = new PulseTask(this::restyle);
  private final Subscription subscriptions;
  private final ObservableValue<Boolean> showing;
  private final Lines code = code();
  private LexCache cache;
  private boolean matchBrackets = true;
  private boolean linesChanged;
  private int lexedLines;
  private int restyledLines;

  Highlighter(CodePane pane, Decorations decorations, Language language) {
    this.pane = pane;
    this.decorations = decorations;
    this.cache = new LexCache(language.lexer());
    showing =
        pane.sceneProperty()
            .flatMap(Scene::windowProperty)
            .flatMap(Window::showingProperty)
            .orElse(false);
    subscriptions =
        Subscription.multi(
            showing.subscribe(now -> restyle.request())::unsubscribe,
            pane.plainTextChanges().subscribe(this::changed),
            pane.viewportDirtyEvents().subscribe(event -> restyle.request()),
            EventStreams.merge(
                    EventStreams.changesOf(pane.caretPositionProperty()),
                    EventStreams.changesOf(pane.focusedProperty()))
                .subscribe(change -> restyle.request()));
  }

  /**
   * The lines as the lexer sees them. The pieces of a very long line are left out: colouring them
   * would make thousands of nodes of what nobody reads as code.
   */
  private Lines code() {
    return new Lines() {
      @Override
      public int count() {
        return pane.count();
      }

      @Override
      public String line(int index) {
        return pane.piece(index) ? "" : pane.line(index);
      }
    };
  }

  void language(Language language) {
    cache = new LexCache(language.lexer());
    restyle.request();
  }

  void matchBrackets(boolean match) {
    matchBrackets = match;
    restyle.request();
  }

  /** The decorations have changed. */
  void refresh() {
    restyle.request();
  }

  /** How many lines were lexed and restyled so far: what an edit costs. */
  int lexedLines() {
    return lexedLines;
  }

  int restyledLines() {
    return restyledLines;
  }

  private void changed(PlainTextChange change) {
    int first = pane.place(change.getPosition()).line();
    int removed = 1 + breaks(change.getRemoved());
    int inserted = 1 + breaks(change.getInserted());
    cache.replaced(first, removed, inserted);
    decorations.replaced(first, removed, inserted);
    linesChanged |= Math.abs(removed - inserted) > MARGIN;
    restyle.request();
  }

  private static int breaks(String text) {
    int count = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      count++;
    }
    return count;
  }

  private void restyle() {
    if (!showing.getValue()) {
      return;
    }
    // What follows lays out lines: without the styles of their parents they find no colours.
    pane.applyCss();
    Optional<Brackets.Pair> pair =
        matchBrackets && pane.isFocused() && pane.getSelection().getLength() == 0
            ? new Brackets(code, cache).at(pane.place(pane.getCaretPosition()))
            : Optional.empty();
    decorations.brackets(pair);
    if (linesChanged) {
      // Until it is laid out, the view tells of lines that it will not show.
      pane.layout();
      linesChanged = false;
    }
    int visible = pane.getVisibleParagraphs().size();
    int first = visible == 0 ? 0 : pane.visibleParToAllParIndex(0);
    // Asking for the last one, too, would fail when the view lays itself out in between.
    int last = first + Math.min(Math.max(0, visible - 1), MAX_VISIBLE);
    first = Math.max(0, first - MARGIN);
    last = Math.min(pane.count() - 1, last + MARGIN);
    style(first, last);
  }

  /**
   * Colours the beginning of a text that was just set, before any of it is laid out, which would be
   * done twice otherwise.
   */
  void styleTop() {
    style(0, Math.min(pane.count() - 1, MARGIN));
  }

  /** Neighbours that look different now are changed together: each change has its price. */
  private void style(int first, int last) {
    lexedLines += cache.prepare(last, code::line);
    int offset = pane.getAbsolutePosition(first, 0);
    List<StyleSpans<Collection<String>>> changed = new ArrayList<>();
    for (int line = first; line <= last; line++) {
      String text = pane.line(line);
      StyleSpans<Collection<String>> wanted =
          text.isEmpty() ? LineStyles.EMPTY : wanted(line, offset, text);
      if (!text.isEmpty() && LineStyles.same(wanted, pane.getStyleSpans(line))) {
        change(line, changed);
      } else if (!text.isEmpty() || !changed.isEmpty()) {
        changed.add(wanted);
      }
      offset += text.length() + 1;
    }
    change(last + 1, changed);
  }

  /**
   * @param end the line after the changed ones, which are forgotten here
   */
  private void change(int end, List<StyleSpans<Collection<String>>> changed) {
    if (changed.isEmpty()) {
      return;
    }
    pane.setStyleSpans(
        pane.getAbsolutePosition(end - changed.size(), 0), LineStyles.joined(changed));
    restyledLines += (int) changed.stream().filter(line -> line != LineStyles.EMPTY).count();
    changed.clear();
  }

  private StyleSpans<Collection<String>> wanted(int line, int offset, String text) {
    byte[] kinds = new byte[text.length()];
    byte[] flags = new byte[text.length()];
    cache.lex(
        code.line(line),
        cache.startOf(line, code::line),
        (kind, start, end) -> Arrays.fill(kinds, start, end, code(kind)));
    decorations.paint(line, offset, text, flags);
    return styles.spans(kinds, flags);
  }

  private static byte code(TokenKind kind) {
    return (byte) (kind.ordinal() + 1);
  }

  @Override
  public void close() {
    restyle.cancel();
    subscriptions.unsubscribe();
  }
}
