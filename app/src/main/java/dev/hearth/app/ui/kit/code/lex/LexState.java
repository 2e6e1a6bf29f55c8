package dev.hearth.app.ui.kit.code.lex;

import org.jspecify.annotations.Nullable;

/**
 * What a lexer must know about the lines before to go on with the next one. Equal states mean that
 * what follows looks the same, which is where re-lexing after an edit may stop.
 *
 * @param mode one of the lexer's modes
 * @param tag what closes the mode, e.g. a quote or the word of a here-document
 * @param depth brackets open in this mode
 * @param outer the state to return to; null for the outermost
 * @param level how many states are around this one
 */
public record LexState(Enum<?> mode, String tag, int depth, @Nullable LexState outer, int level) {
  /** Deeper nesting than this is no longer followed, so that no input can exhaust the stack. */
  private static final int MAX_LEVEL = 32;

  static LexState of(Enum<?> mode) {
    return new LexState(mode, "", 0, null, 0);
  }

  /** Enters a mode; at the greatest depth it replaces this state instead. */
  LexState push(Enum<?> inner, String innerTag) {
    return level == MAX_LEVEL
        ? new LexState(inner, innerTag, 0, outer, level)
        : new LexState(inner, innerTag, 0, this, level + 1);
  }

  /** Leaves this mode; the outermost can't be left. */
  LexState pop() {
    return outer == null ? this : outer;
  }

  LexState withMode(Enum<?> other, String otherTag) {
    return new LexState(other, otherTag, depth, outer, level);
  }

  LexState withDepth(int other) {
    return new LexState(mode, tag, other, outer, level);
  }
}
