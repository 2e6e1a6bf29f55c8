package dev.hearth.app.ui.kit.code.lex;

import java.util.Set;

/** Java 25: text blocks, annotations, contextual keywords. */
final class JavaLexer extends LineLexer {
  private enum Mode {
    CODE,
    TEXT_BLOCK,
    COMMENT
  }

  private static final String TRIPLE = "\"\"\"";
  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "false",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "null",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "true",
          "try",
          "void",
          "volatile",
          "while");

  /** Keywords only when a name follows. */
  private static final Set<String> CONTEXTUAL =
      Set.of("record", "sealed", "permits", "var", "yield", "when", "module", "requires");

  JavaLexer() {
    super(Mode.CODE);
  }

  @Override
  LineScan scan(String line, LexState state, TokenSink sink) {
    return new Scan(line, state, sink);
  }

  private static final class Scan extends LineScan {
    private boolean afterDot;

    Scan(String line, LexState state, TokenSink sink) {
      super(line, state, sink);
    }

    @Override
    LexState run() {
      while (pos < end) {
        switch ((Mode) state.mode()) {
          case CODE -> code();
          case TEXT_BLOCK -> textBlock(pos);
          case COMMENT -> blockComment(pos);
        }
      }
      return state;
    }

    private void code() {
      char c = line.charAt(pos);
      if (at("//")) {
        rest(TokenKind.COMMENT);
      } else if (at("/*")) {
        state = state.push(Mode.COMMENT, "");
        pos += 2;
        blockComment(pos - 2);
      } else if (at(TRIPLE)) {
        state = state.push(Mode.TEXT_BLOCK, "");
        pos += 3;
        textBlock(pos - 3);
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else if (nameStart(c)) {
        name();
      } else if (digit(c) || c == '.' && digit(peek(1))) {
        number();
      } else if (c == '@' && nameStart(peek(1)) && !line.startsWith("interface", pos + 1)) {
        int start = pos++;
        skipWhile(ch -> ch == '.' || namePart(ch));
        emit(TokenKind.ANNOTATION, start);
      } else {
        afterDot = c == '.';
        pos++;
      }
    }

    private void name() {
      int start = skipWhile(LineScan::namePart);
      String word = line.substring(start, pos);
      char next = nextVisible();
      boolean spaced = peek(0) == ' ';
      if (word.equals("non") && at("-sealed")) {
        pos += "-sealed".length();
        emit(TokenKind.KEYWORD, start);
      } else if (KEYWORDS.contains(word)
          || CONTEXTUAL.contains(word) && spaced && !afterDot && nameStart(next)) {
        emit(TokenKind.KEYWORD, start);
      } else if (next == '(') {
        emit(TokenKind.NAME, start);
      }
      afterDot = false;
    }

    private void textBlock(int start) {
      while (pos < end) {
        if (line.charAt(pos) == '\\') {
          pos = Math.min(end, pos + 2);
        } else if (at(TRIPLE)) {
          pos += 3;
          emit(TokenKind.STRING, start);
          state = state.pop();
          return;
        } else {
          pos++;
        }
      }
      emit(TokenKind.STRING, start);
    }
  }
}
