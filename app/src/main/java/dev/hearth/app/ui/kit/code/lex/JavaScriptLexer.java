package dev.hearth.app.ui.kit.code.lex;

import java.util.Set;

/** JavaScript and, near enough for colours, TypeScript: nested templates, regex literals. */
final class JavaScriptLexer extends LineLexer {
  private enum Mode {
    CODE,
    TEMPLATE,
    COMMENT
  }

  /** Tag of a code state whose last token was a value: a slash then divides. */
  private static final String VALUE = "value";

  private static final Set<String> KEYWORDS =
      Set.of(
          "async",
          "await",
          "break",
          "case",
          "catch",
          "class",
          "const",
          "continue",
          "debugger",
          "default",
          "delete",
          "do",
          "else",
          "enum",
          "export",
          "extends",
          "false",
          "finally",
          "for",
          "function",
          "if",
          "implements",
          "import",
          "in",
          "instanceof",
          "interface",
          "let",
          "new",
          "null",
          "of",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "static",
          "super",
          "switch",
          "this",
          "throw",
          "true",
          "try",
          "typeof",
          "undefined",
          "var",
          "void",
          "while",
          "with",
          "yield");
  private static final Set<String> VALUE_WORDS =
      Set.of("this", "super", "null", "true", "false", "undefined");
  private static final Set<String> CONTEXTUAL = Set.of("async", "of", "from", "as", "get", "set");

  JavaScriptLexer() {
    super(Mode.CODE);
  }

  @Override
  LineScan scan(String line, LexState state, TokenSink sink) {
    return new Scan(line, state, sink);
  }

  private static final class Scan extends LineScan {
    private boolean value;
    private boolean afterDot;
    private boolean afterFunction;

    Scan(String line, LexState state, TokenSink sink) {
      super(line, state, sink);
      value = state.tag().equals(VALUE);
    }

    @Override
    LexState run() {
      if (at("#!") && state.outer() == null) {
        rest(TokenKind.COMMENT);
      }
      while (pos < end) {
        switch ((Mode) state.mode()) {
          case CODE -> code();
          case TEMPLATE -> template(pos);
          case COMMENT -> comment(pos);
        }
      }
      return state.mode() == Mode.CODE ? state.withMode(Mode.CODE, value ? VALUE : "") : state;
    }

    private void code() {
      char c = line.charAt(pos);
      if (Character.isWhitespace(c)) {
        pos++;
      } else if (at("//")) {
        rest(TokenKind.COMMENT);
      } else if (at("/*")) {
        state = state.withMode(Mode.CODE, value ? VALUE : "").push(Mode.COMMENT, "");
        pos += 2;
        comment(pos - 2);
      } else if (nameStart(c) || c == '#' && nameStart(peek(1))) {
        name();
      } else if (digit(c) || c == '.' && digit(peek(1))) {
        number();
        value = true;
        afterDot = false;
      } else if (c == '"' || c == '\'') {
        quoted(c);
        value = true;
      } else if (c == '`') {
        state = state.push(Mode.TEMPLATE, "");
        pos++;
        template(pos - 1);
      } else if (c == '/' && !value && regex()) {
        value = true;
      } else if (c == '@' && nameStart(peek(1))) {
        pos++;
        skipWhile(LineScan::namePart);
      } else {
        punctuation(c);
      }
    }

    private void punctuation(char c) {
      // Braces matter only inside ${ }: counting the others would make every state differ.
      if (state.outer() != null && c == '{') {
        state = state.withDepth(state.depth() + 1);
      } else if (state.outer() != null && c == '}') {
        state = state.depth() == 0 ? state.pop() : state.withDepth(state.depth() - 1);
      }
      value = c == ')' || c == ']';
      afterDot = c == '.' && peek(1) != '.' && (pos == 0 || line.charAt(pos - 1) != '.');
      pos++;
    }

    private void name() {
      int start = pos++;
      skipWhile(LineScan::namePart);
      String word = line.substring(start, pos);
      boolean called = nextVisible() == '(';
      if (!afterDot && isKeyword(word)) {
        emit(TokenKind.KEYWORD, start);
        value = VALUE_WORDS.contains(word);
        afterFunction = word.equals("function") || word.equals("class");
      } else {
        if (called || afterFunction) {
          emit(TokenKind.NAME, start);
        }
        value = true;
        afterFunction = false;
      }
      afterDot = false;
    }

    /** Words that are keywords only where a name can't be what is meant. */
    private boolean isKeyword(String word) {
      char next = nextVisible();
      if (CONTEXTUAL.contains(word)) {
        boolean followed = nameStart(next) || "{*\"'`[".indexOf(next) >= 0 && next != 0;
        return (followed && peek(0) != '[') || word.equals("async") && next == '(' && !value;
      }
      return KEYWORDS.contains(word) && (next != ':' || word.equals("default") || beforeColon());
    }

    /** {@code a ? null : b} and {@code case true:}, where the colon is no sign of an object key. */
    private boolean beforeColon() {
      return line.lastIndexOf('?', pos) >= 0 || line.stripLeading().startsWith("case ");
    }

    /** Reads a regex literal that is complete on this line; else the slash is an operator. */
    private boolean regex() {
      boolean inClass = false;
      for (int i = pos + 1; i < end; i++) {
        char c = line.charAt(i);
        if (c == '\\') {
          i++;
        } else if (c == '[') {
          inClass = true;
        } else if (c == ']') {
          inClass = false;
        } else if (c == '/' && !inClass) {
          int start = pos;
          pos = i + 1;
          skipWhile(Character::isLetter);
          emit(TokenKind.STRING, start);
          return true;
        }
      }
      return false;
    }

    private void template(int start) {
      while (pos < end) {
        char c = line.charAt(pos);
        if (c == '\\') {
          pos = Math.min(end, pos + 2);
        } else if (c == '`') {
          pos++;
          emit(TokenKind.STRING, start);
          state = state.pop();
          value = true;
          return;
        } else if (c == '$' && peek(1) == '{') {
          emit(TokenKind.STRING, start);
          pos += 2;
          state = state.push(Mode.CODE, "");
          value = false;
          return;
        } else {
          pos++;
        }
      }
      emit(TokenKind.STRING, start);
    }

    private void comment(int start) {
      if (blockComment(start)) {
        value = state.tag().equals(VALUE);
      }
    }
  }
}
