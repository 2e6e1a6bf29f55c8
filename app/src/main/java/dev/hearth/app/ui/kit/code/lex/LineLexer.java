package dev.hearth.app.ui.kit.code.lex;

/** A lexer of a language whose lines are scanned, each with a {@link LineScan} of its own. */
abstract class LineLexer implements Lexer {
  private final LexState start;

  /**
   * @param code the mode outside of everything, in which a text begins
   */
  LineLexer(Enum<?> code) {
    start = LexState.of(code);
  }

  abstract LineScan scan(String line, LexState state, TokenSink sink);

  @Override
  public final LexState start() {
    return start;
  }

  @Override
  public final LexState lex(String line, LexState state, TokenSink sink) {
    return scan(line, state, sink).run();
  }
}
