package dev.hearth.app.ui.kit.code.lex;

/** Takes the tokens of a line, left to right; text between tokens is plain. */
@FunctionalInterface
public interface TokenSink {
  /** Ignores everything: for when only the state at the end of a line matters. */
  TokenSink NONE = (kind, start, end) -> {};

  /**
   * @param start column of the first character, from 0
   * @param end column after the last character
   */
  void token(TokenKind kind, int start, int end);
}
