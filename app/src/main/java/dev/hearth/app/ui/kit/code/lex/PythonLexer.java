package dev.hearth.app.ui.kit.code.lex;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Python 3: all string prefixes, nested f-strings, triple quotes, decorators, soft keywords. */
final class PythonLexer extends LineLexer {
  private enum Mode {
    CODE,
    STRING,
    /** The format after the colon in an f-string's field. */
    FORMAT
  }

  private static final Set<String> KEYWORDS =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield");
  private static final Set<String> SOFT_KEYWORDS = Set.of("match", "case", "type");

  PythonLexer() {
    super(Mode.CODE);
  }

  @Override
  LineScan scan(String line, LexState state, TokenSink sink) {
    return new Scan(line, state, sink);
  }

  private static final class Scan extends LineScan {
    private boolean afterDef;
    private boolean afterDot;

    Scan(String line, LexState state, TokenSink sink) {
      super(line, state, sink);
    }

    @Override
    LexState run() {
      while (pos < end) {
        switch ((Mode) state.mode()) {
          case CODE -> code();
          case STRING -> string(pos);
          case FORMAT -> format();
        }
      }
      return atLineEnd();
    }

    /** Strings in single quotes end with the line unless it is continued. */
    private LexState atLineEnd() {
      if (state.mode() == Mode.STRING && continued()) {
        return state;
      }
      LexState result = state;
      for (@Nullable LexState at = state; at != null; at = at.outer()) {
        if (at.mode() == Mode.STRING && delimiter(at).length() == 1) {
          result = at.pop();
        }
      }
      return result;
    }

    private void code() {
      char c = line.charAt(pos);
      if (c == '#') {
        rest(TokenKind.COMMENT);
      } else if (nameStart(c)) {
        name();
      } else if (digit(c) || c == '.' && digit(peek(1))) {
        number();
      } else if (c == '"' || c == '\'') {
        open("");
      } else if (c == '@' && firstOnLine(pos)) {
        int start = skipWhile(ch -> ch == '@' || ch == '.' || namePart(ch));
        emit(TokenKind.ANNOTATION, start);
      } else {
        if (state.outer() != null) {
          bracketInField(c);
        }
        afterDot = c == '.';
        pos++;
      }
    }

    private void bracketInField(char c) {
      switch (c) {
        case '(', '[', '{' -> state = state.withDepth(state.depth() + 1);
        case ')', ']' -> state = state.withDepth(Math.max(0, state.depth() - 1));
        case '}' -> state = state.depth() > 0 ? state.withDepth(state.depth() - 1) : state.pop();
        case ':' -> {
          if (state.depth() == 0 && peek(1) != '=') {
            state = state.withMode(Mode.FORMAT, "");
          }
        }
        default -> {}
      }
    }

    private void name() {
      int start = skipWhile(LineScan::namePart);
      String word = line.substring(start, pos);
      char next = peek(0);
      if ((next == '"' || next == '\'') && isPrefix(word)) {
        open(word.toLowerCase(Locale.ROOT));
        return;
      }
      if (afterDot) {
        if (nextVisible() == '(') {
          emit(TokenKind.NAME, start);
        }
      } else if (KEYWORDS.contains(word) || isSoftKeyword(word, start)) {
        emit(TokenKind.KEYWORD, start);
        afterDef = word.equals("def") || word.equals("class");
        return;
      } else if (afterDef || nextVisible() == '(') {
        emit(TokenKind.NAME, start);
      }
      afterDef = false;
      afterDot = false;
    }

    /** {@code match x:}, {@code case 1:} and {@code type T = ...} at the start of a line. */
    private boolean isSoftKeyword(String word, int start) {
      if (!SOFT_KEYWORDS.contains(word) || !firstOnLine(start) || peek(0) != ' ') {
        return false;
      }
      char next = nextVisible();
      if (word.equals("type")) {
        return nameStart(next);
      }
      int colon = line.lastIndexOf(':');
      return next != '=' && next != '.' && next != ')' && next != ',' && colon > pos;
    }

    private static boolean isPrefix(String word) {
      return word.length() <= 2 && word.chars().allMatch(c -> "rRbBuUfFtT".indexOf(c) >= 0);
    }

    /** The cursor is at the opening quote; the prefix stands before it. */
    private void open(String prefix) {
      int start = pos - prefix.length();
      char quote = line.charAt(pos);
      String triple = String.valueOf(quote).repeat(3);
      String delimiter = at(triple) ? triple : String.valueOf(quote);
      state = state.push(Mode.STRING, prefix + delimiter);
      pos += delimiter.length();
      afterDot = false;
      string(start);
    }

    private static String delimiter(LexState at) {
      String tag = at.tag();
      int quote = 0;
      while (Character.isLetter(tag.charAt(quote))) {
        quote++;
      }
      return tag.substring(quote);
    }

    /** Reads on in a string up to its end, a field, or the end of the line. */
    private void string(int start) {
      String delimiter = delimiter(state);
      boolean fields = state.tag().charAt(0) == 'f' || state.tag().charAt(0) == 't';
      fields |= state.tag().length() > 1 && "ft".indexOf(state.tag().charAt(1)) >= 0;
      while (pos < end) {
        char c = line.charAt(pos);
        if (c == '\\') {
          pos = Math.min(end, pos + 2);
        } else if (at(delimiter)) {
          pos += delimiter.length();
          emit(TokenKind.STRING, start);
          state = state.pop();
          return;
        } else if (fields && (c == '{' || c == '}') && peek(1) == c) {
          pos += 2;
        } else if (fields && c == '{') {
          emit(TokenKind.STRING, start);
          pos++;
          state = state.push(Mode.CODE, "");
          return;
        } else {
          pos++;
        }
      }
      emit(TokenKind.STRING, start);
    }

    private void format() {
      int start = skipWhile(c -> c != '{' && c != '}');
      emit(TokenKind.STRING, start);
      if (pos < end) {
        boolean opens = line.charAt(pos++) == '{';
        state = opens ? state.push(Mode.CODE, "") : state.pop();
      }
    }
  }
}
