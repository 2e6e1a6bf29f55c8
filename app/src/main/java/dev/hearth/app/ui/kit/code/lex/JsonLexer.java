package dev.hearth.app.ui.kit.code.lex;

/** JSON, also in pieces: lines of a log, broken text while it is being typed. */
final class JsonLexer implements Lexer {
  private enum Mode {
    CODE
  }

  private static final LexState START = LexState.of(Mode.CODE);

  @Override
  public LexState start() {
    return START;
  }

  @Override
  public LexState lex(String line, LexState state, TokenSink sink) {
    new Scan(line, sink).run();
    return START;
  }

  private static final class Scan extends LineScan {
    Scan(String line, TokenSink sink) {
      super(line, START, sink);
    }

    void run() {
      while (pos < end) {
        char c = line.charAt(pos);
        if (c == '"') {
          int start = pos;
          boolean closed = skipQuoted('"');
          emit(closed && nextVisible() == ':' ? TokenKind.NAME : TokenKind.STRING, start);
        } else if (digit(c) || c == '-' && digit(peek(1))) {
          int start = pos++;
          skipWhile(ch -> digit(ch) || "+-.eE".indexOf(ch) >= 0);
          emit(TokenKind.NUMBER, start);
        } else if (nameStart(c)) {
          word();
        } else {
          pos++;
        }
      }
    }

    private void word() {
      int start = skipWhile(LineScan::namePart);
      String word = line.substring(start, pos);
      if (word.equals("true") || word.equals("false") || word.equals("null")) {
        emit(TokenKind.KEYWORD, start);
      }
    }
  }
}
