package dev.hearth.app.ui.kit.code.lex;

/** For files of an unknown kind: no tokens at all. */
final class PlainLexer implements Lexer {
  private enum Mode {
    TEXT
  }

  private static final LexState START = LexState.of(Mode.TEXT);

  @Override
  public LexState start() {
    return START;
  }

  @Override
  public LexState lex(String line, LexState state, TokenSink sink) {
    return START;
  }
}
