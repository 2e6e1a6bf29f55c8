package dev.hearth.app.ui.kit.code.lex;

/**
 * Splits one line at a time into tokens. It must accept any text: what is not understood is plain.
 * Stateless, so one instance serves all documents.
 */
public interface Lexer {
  /** The state before the first line. */
  LexState start();

  /**
   * Lexes one line.
   *
   * @param line without its line break
   * @param state what {@link #start()} or the line before returned
   * @return the state after the line, comparable with {@code equals}
   */
  LexState lex(String line, LexState state, TokenSink sink);
}
