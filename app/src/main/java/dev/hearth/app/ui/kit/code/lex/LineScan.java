package dev.hearth.app.ui.kit.code.lex;

import java.util.function.IntPredicate;

/** One pass over one line: the cursor and the small readers that all lexers share. */
abstract class LineScan {
  final String line;
  final int end;
  final TokenSink sink;
  LexState state;
  int pos;

  LineScan(String line, LexState state, TokenSink sink) {
    this.line = line;
    this.end = line.length();
    this.state = state;
    this.sink = sink;
  }

  /** Scans the line to its end; the state after it. */
  abstract LexState run();

  /** The character at an offset from the cursor; 0 past the end. */
  final char peek(int offset) {
    int at = pos + offset;
    return at < end ? line.charAt(at) : 0;
  }

  final boolean at(String text) {
    return line.startsWith(text, pos);
  }

  final void emit(TokenKind kind, int start) {
    if (pos > start) {
      sink.token(kind, start, pos);
    }
  }

  /** The rest of the line as one token. */
  final void rest(TokenKind kind) {
    int start = pos;
    pos = end;
    emit(kind, start);
  }

  final int skipWhile(IntPredicate accept) {
    int start = pos;
    while (pos < end && accept.test(line.charAt(pos))) {
      pos++;
    }
    return start;
  }

  /** The first character after the cursor that is no blank; 0 when there is none. */
  final char nextVisible() {
    for (int i = pos; i < end; i++) {
      if (!Character.isWhitespace(line.charAt(i))) {
        return line.charAt(i);
      }
    }
    return 0;
  }

  /** Whether only blanks stand before a column. */
  final boolean firstOnLine(int column) {
    for (int i = 0; i < column; i++) {
      if (!Character.isWhitespace(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Goes to the first occurrence of {@code close} or to the end of the line.
   *
   * @return whether it was found; the cursor is then after it
   */
  final boolean skipPast(String close) {
    int at = line.indexOf(close, pos);
    pos = at < 0 ? end : at + close.length();
    return at >= 0;
  }

  /** Skips over a quoted text with backslash escapes whose opening quote is at the cursor. */
  final boolean skipQuoted(char quote) {
    pos++;
    while (pos < end) {
      char c = line.charAt(pos++);
      if (c == '\\' && pos < end) {
        pos++;
      } else if (c == quote) {
        return true;
      }
    }
    return false;
  }

  /** Tells a quoted text with backslash escapes whose opening quote is at the cursor. */
  final void quoted(char quote) {
    int start = pos;
    skipQuoted(quote);
    emit(TokenKind.STRING, start);
  }

  /**
   * Tells the rest of a comment that ends with {@code *&#47;}, and leaves its state if it ends
   * here.
   *
   * @return whether it ended
   */
  final boolean blockComment(int start) {
    boolean closed = skipPast("*/");
    emit(TokenKind.COMMENT, start);
    if (closed) {
      state = state.pop();
    }
    return closed;
  }

  /** Whether the line ends with a backslash that escapes the line break. */
  final boolean continued() {
    int slashes = 0;
    while (slashes < end && line.charAt(end - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  /**
   * Reads a number of the C family and Python: prefixes, separators, exponents, suffixes. A dot
   * belongs to it unless a name follows.
   */
  final void number() {
    int start = pos;
    boolean prefixed = peek(0) == '0' && "xXbBoO".indexOf(peek(1)) >= 0;
    while (pos < end) {
      char c = line.charAt(pos);
      boolean sign =
          (c == '+' || c == '-')
              && !prefixed
              && pos > start
              && (line.charAt(pos - 1) == 'e' || line.charAt(pos - 1) == 'E');
      boolean dot = c == '.' && peek(1) != '.' && !Character.isLetter(peek(1));
      if (!(Character.isLetterOrDigit(c) || c == '_' || sign || dot)) {
        break;
      }
      pos++;
    }
    emit(TokenKind.NUMBER, start);
  }

  static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean nameStart(int c) {
    return c == '_' || c == '$' || Character.isLetter(c);
  }

  static boolean namePart(int c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }
}
