package dev.hearth.app.ui.kit.code.lex;

/** JSON, also in pieces: lines of a log, broken text while it is being typed. */
final class JsonLexer extends LineLexer {
  private enum Mode {
    CODE
  }

  JsonLexer() {
    super(Mode.CODE);
  }

  @Override
  LineScan scan(String line, LexState state, TokenSink sink) {
    return new Scan(line, state, sink);
  }

  private static final class Scan extends LineScan {
    Scan(String line, LexState state, TokenSink sink) {
      super(line, state, sink);
    }

    @Override
    LexState run() {
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
      return state;
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
