package dev.hearth.app.ui.kit.code;

import dev.hearth.app.ui.kit.Units;
import dev.hearth.app.ui.kit.code.TextSearch.Result;
import dev.hearth.app.ui.kit.code.TextSearch.Result.Found;
import dev.hearth.resources.Texts;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.reactfx.Subscription;

/** One search in one editor: what is found, which match is current, what replacing does. */
final class FindSession implements AutoCloseable {
  private static final Texts TEXTS = Texts.of("code");
  private static final Found NONE = new Found(new int[0], new int[0], false);

  private final CodePane pane;
  private final Decorations decorations;
  private final Highlighter highlighter;
  private final PulseTask research = new PulseTask(() -> search(false));
  private final Subscription subscription;
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private FindQuery query = new FindQuery("", false, false, false);
  private Found found = NONE;
  private int current = -1;
  private boolean open;

  FindSession(CodePane pane, Decorations decorations, Highlighter highlighter) {
    this.pane = pane;
    this.decorations = decorations;
    this.highlighter = highlighter;
    subscription =
        pane.plainTextChanges()
            .subscribe(
                change -> {
                  if (open) {
                    research.request();
                  }
                });
  }

  /** {@code 3 of 17}, {@code No matches}, or empty. */
  ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /** Why the search or the replacement can't be done; empty when all is well. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Looks for something else; goes to the first match at or after the selection. */
  void start(FindQuery newQuery) {
    open = true;
    query = newQuery;
    search(true);
  }

  /** Ends the search and takes the marks away. */
  void stop() {
    open = false;
    found = NONE;
    current = -1;
    decorations.nothingFound();
    highlighter.refresh();
  }

  private void search(boolean select) {
    int from = pane.getSelection().getStart();
    switch (TextSearch.find(pane.getText(), query)) {
      case Found matches -> {
        problem.set("");
        found = matches;
        int next = found.from(from);
        current = next < 0 && found.count() > 0 ? 0 : next;
        if (select && current >= 0) {
          selectCurrent();
        }
      }
      case Result.Unusable(String message) -> {
        problem.set(message);
        found = NONE;
        current = -1;
      }
    }
    show();
  }

  private void show() {
    String total = Units.count(found.count()) + (found.capped() ? "+" : "");
    summary.set(
        query.text().isEmpty() || !problem.get().isEmpty()
            ? ""
            : found.count() == 0
                ? TEXTS.get("no-matches")
                : TEXTS.get("match-of", Units.count(current + 1), total));
    decorations.found(found, current);
    highlighter.refresh();
  }

  /** Goes to the next match after the selection, from the end to the beginning. */
  void next() {
    if (found.count() > 0) {
      int after = found.from(pane.getSelection().getEnd());
      current = after < 0 ? 0 : after;
      selectCurrent();
      show();
    }
  }

  /** Goes to the match before the selection, from the beginning to the end. */
  void previous() {
    if (found.count() > 0) {
      int at = found.from(pane.getSelection().getStart());
      int before = (at < 0 ? found.count() : at) - 1;
      current = before < 0 ? found.count() - 1 : before;
      selectCurrent();
      show();
    }
  }

  private void selectCurrent() {
    int start = found.starts()[current];
    int end = found.ends()[current];
    pane.selectRange(start, end);
    showLine(pane.place(start).line());
  }

  private void showLine(int line) {
    int visible = pane.getVisibleParagraphs().size();
    boolean inView =
        visible > 2
            && line > pane.visibleParToAllParIndex(0)
            && line < pane.visibleParToAllParIndex(visible - 1);
    if (!inView && visible > 0) {
      pane.showParagraphInViewport(Math.max(0, line - visible / 3));
    }
    pane.requestFollowCaret();
  }

  /** Replaces the current match if it is selected, then goes to the next one. */
  void replace(String replacement) {
    boolean selected =
        current >= 0
            && pane.getSelection().getStart() == found.starts()[current]
            && pane.getSelection().getEnd() == found.ends()[current];
    if (!selected) {
      next();
    } else if (replace(current, current + 1, replacement).isPresent()) {
      search(true);
    }
  }

  /**
   * Replaces all matches in one step of the undo history.
   *
   * @return how many there were
   */
  int replaceAll(String replacement) {
    if (found.count() == 0) {
      return 0;
    }
    Optional<TextSearch.Replacement> done = replace(0, found.count(), replacement);
    done.ifPresent(
        r -> {
          search(false);
          summary.set(TEXTS.get("replaced", Units.count(r.replaced())));
        });
    return done.map(TextSearch.Replacement::replaced).orElse(0);
  }

  private Optional<TextSearch.Replacement> replace(int from, int to, String replacement) {
    try {
      TextSearch.Replacement r =
          TextSearch.replace(pane.getText(), query, found, from, to, replacement);
      problem.set("");
      pane.getUndoManager().preventMerge();
      pane.replaceText(r.start(), r.end(), r.text());
      pane.getUndoManager().preventMerge();
      pane.moveTo(r.start() + r.text().length());
      return Optional.of(r);
    } catch (TextSearch.BadReplacement e) {
      problem.set(e.getMessage() == null ? "" : e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    research.cancel();
    subscription.unsubscribe();
  }
}
