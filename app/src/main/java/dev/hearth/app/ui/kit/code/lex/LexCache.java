package dev.hearth.app.ui.kit.code.lex;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Remembers the lexer's state at the start of each line, so that an edit re-lexes only from the
 * changed line until the states agree again, and lines below what is looked at are not lexed at
 * all.
 */
public final class LexCache {
  /** A longer line is lexed only up to here; the rest of it stays plain. */
  public static final int MAX_COLUMNS = 10_000;

  private final Lexer lexer;

  /** State at the start of line i; the entries from 0 to {@code verified} are right. */
  private final List<LexState> starts = new ArrayList<>();

  private int verified;

  /** From this line to the end of {@code starts}, each state follows from the one before. */
  private int chainFrom;

  public LexCache(Lexer lexer) {
    this.lexer = lexer;
    starts.add(lexer.start());
  }

  /**
   * Tells that lines were replaced.
   *
   * @param first the first line that changed
   * @param removed how many lines, counted from {@code first}, were there
   * @param inserted how many are there now
   */
  public void replaced(int first, int removed, int inserted) {
    int known = starts.size();
    if (first + 1 >= known) {
      return;
    }
    // The state before the first changed line stays; those after the others are no longer sure.
    int keepFrom = Math.min(known, first + removed);
    List<LexState> removedStates = starts.subList(first + 1, keepFrom);
    removedStates.clear();
    starts.addAll(first + 1, Collections.nCopies(inserted - 1, lexer.start()));
    int shift = inserted - removed;
    chainFrom = Math.max(first + inserted, chainFrom > first ? chainFrom + shift : 0);
    verified = Math.min(verified, first);
    if (chainFrom >= starts.size()) {
      trim(verified);
    }
  }

  /**
   * The state at the start of a line; lexes the lines before it as far as that is not known.
   *
   * @param text gives a line by its number
   */
  public LexState startOf(int line, IntFunction<String> text) {
    prepare(line, text);
    return starts.get(line);
  }

  /**
   * Makes the states known up to a line.
   *
   * @return how many lines had to be lexed
   */
  public int prepare(int line, IntFunction<String> text) {
    int lexed = 0;
    while (verified < line) {
      LexState after = lex(text.apply(verified), starts.get(verified), TokenSink.NONE);
      lexed++;
      verified++;
      if (verified == starts.size()) {
        starts.add(after);
      } else if (verified >= chainFrom && starts.get(verified).equals(after)) {
        verified = starts.size() - 1;
      } else {
        starts.set(verified, after);
        // What follows no longer follows from this line.
        chainFrom = Math.max(chainFrom, verified + 1);
      }
    }
    return lexed;
  }

  /** Lexes one line from a known state, within the limit of columns. */
  public LexState lex(String line, LexState state, TokenSink sink) {
    if (line.length() <= MAX_COLUMNS) {
      return lexer.lex(line, state, sink);
    }
    lexer.lex(line.substring(0, MAX_COLUMNS), state, sink);
    return state;
  }

  private void trim(int last) {
    starts.subList(last + 1, starts.size()).clear();
    chainFrom = last;
  }
}
