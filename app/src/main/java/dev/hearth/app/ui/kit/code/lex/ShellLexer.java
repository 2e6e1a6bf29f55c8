package dev.hearth.app.ui.kit.code.lex;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** POSIX shell and bash: quoting over lines, nested substitutions, here-documents. */
final class ShellLexer extends LineLexer {
  private enum Mode {
    /** Outermost, or inside {@code $( )}. */
    CODE,
    DOUBLE_QUOTED,
    SINGLE_QUOTED,
    HERE_DOCUMENT
  }

  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "then",
          "elif",
          "else",
          "fi",
          "for",
          "while",
          "until",
          "do",
          "done",
          "case",
          "esac",
          "in",
          "function",
          "select",
          "time",
          "return",
          "exit",
          "break",
          "continue",
          "export",
          "local",
          "readonly",
          "declare",
          "set",
          "unset",
          "shift",
          "source",
          "exec",
          "eval",
          "trap");

  /** Keywords after which another command stands. */
  private static final Set<String> COMMAND_FOLLOWS =
      Set.of("if", "then", "elif", "else", "while", "until", "do", "time", "exec");

  ShellLexer() {
    super(Mode.CODE);
  }

  @Override
  LineScan scan(String line, LexState state, TokenSink sink) {
    return new Scan(line, state, sink);
  }

  private static final class Scan extends LineScan {
    private final Deque<String> hereDocuments = new ArrayDeque<>();
    private boolean commandExpected;
    private boolean assigning;

    Scan(String line, LexState state, TokenSink sink) {
      super(line, state, sink);
      commandExpected = state.mode() == Mode.CODE;
    }

    @Override
    LexState run() {
      if (state.mode() == Mode.HERE_DOCUMENT && closesHereDocument()) {
        rest(TokenKind.KEYWORD);
        return state.pop();
      }
      while (pos < end) {
        switch ((Mode) state.mode()) {
          case CODE -> code();
          case DOUBLE_QUOTED -> doubleQuoted(pos);
          case SINGLE_QUOTED -> singleQuoted(pos);
          case HERE_DOCUMENT -> hereDocument();
        }
      }
      // The first document opened is read first, so it goes on top.
      while (!hereDocuments.isEmpty()) {
        state = state.push(Mode.HERE_DOCUMENT, hereDocuments.removeLast());
      }
      return state;
    }

    private void code() {
      char c = line.charAt(pos);
      switch (c) {
        case ' ', '\t' -> {
          pos++;
          commandExpected |= assigning;
          assigning = false;
        }
        case '#' -> comment();
        case '\'' -> quote(Mode.SINGLE_QUOTED);
        case '"' -> quote(Mode.DOUBLE_QUOTED);
        case '$' -> dollar();
        case '<' -> redirect();
        case '\\' -> pos = Math.min(end, pos + 2);
        case ';', '&', '|', '`', '{', '!' -> {
          pos++;
          commandExpected = true;
        }
        case '(' -> {
          if (state.outer() != null) {
            state = state.withDepth(state.depth() + 1);
          }
          pos++;
          commandExpected = true;
        }
        case ')' -> closeParenthesis();
        default -> word();
      }
    }

    private void comment() {
      char before = pos == 0 ? ' ' : line.charAt(pos - 1);
      if (Character.isWhitespace(before) || ";&|(".indexOf(before) >= 0) {
        rest(TokenKind.COMMENT);
      } else {
        word();
      }
    }

    private void closeParenthesis() {
      pos++;
      if (state.depth() > 0) {
        state = state.withDepth(state.depth() - 1);
      } else {
        // Outermost: the end of a pattern in a case.
        state = state.pop();
        commandExpected = true;
      }
    }

    private void quote(Mode mode) {
      commandExpected = false;
      boolean ansi = mode == Mode.SINGLE_QUOTED && pos > 0 && line.charAt(pos - 1) == '$';
      state = state.push(mode, ansi ? "$" : "");
      pos++;
      if (mode == Mode.SINGLE_QUOTED) {
        singleQuoted(pos - 1);
      } else {
        doubleQuoted(pos - 1);
      }
    }

    private void singleQuoted(int start) {
      boolean escapes = state.tag().equals("$");
      while (pos < end) {
        char c = line.charAt(pos++);
        if (escapes && c == '\\') {
          pos = Math.min(end, pos + 1);
        } else if (c == '\'') {
          state = state.pop();
          break;
        }
      }
      emit(TokenKind.STRING, start);
    }

    private void doubleQuoted(int start) {
      int from = start;
      while (pos < end) {
        char c = line.charAt(pos);
        if (c == '\\') {
          pos = Math.min(end, pos + 2);
        } else if (c == '"') {
          pos++;
          emit(TokenKind.STRING, from);
          state = state.pop();
          return;
        } else if (c == '$' && expands(peek(1))) {
          emit(TokenKind.STRING, from);
          dollar();
          if (state.mode() != Mode.DOUBLE_QUOTED) {
            return;
          }
          from = pos;
        } else {
          pos++;
        }
      }
      emit(TokenKind.STRING, from);
    }

    private static boolean expands(char next) {
      return next == '(' || next == '{' || namePart(next) || "@*#?!-".indexOf(next) >= 0;
    }

    /** A variable, a substitution, or just a dollar sign. */
    private void dollar() {
      int start = pos++;
      char next = peek(0);
      if (next == '(') {
        pos++;
        state = state.push(Mode.CODE, "");
        commandExpected = true;
        return;
      }
      if (next == '\'' && state.mode() == Mode.CODE) {
        quote(Mode.SINGLE_QUOTED);
        return;
      }
      commandExpected = false;
      if (next == '{') {
        skipBraces();
      } else if (digit(next) || next != 0 && "@*#?!-$".indexOf(next) >= 0) {
        pos++;
      } else {
        skipWhile(c -> c != '$' && namePart(c));
      }
      if (pos > start + 1) {
        emit(TokenKind.NAME, start);
      }
    }

    private void skipBraces() {
      int depth = 0;
      while (pos < end) {
        char c = line.charAt(pos++);
        if (c == '\\' && pos < end) {
          pos++;
        } else if (c == '{') {
          depth++;
        } else if (c == '}' && --depth == 0) {
          return;
        }
      }
    }

    /** {@code <<EOF}, {@code <<-EOF}, {@code <<'EOF'}; {@code <<<} is a string, not a document. */
    private void redirect() {
      if (!at("<<") || at("<<<")) {
        skipWhile(c -> c == '<');
        return;
      }
      pos += 2;
      boolean tabs = peek(0) == '-';
      if (tabs) {
        pos++;
      }
      skipWhile(c -> c == ' ');
      int start = skipWhile(c -> namePart(c) || "'\"\\-.".indexOf(c) >= 0);
      String raw = line.substring(start, pos);
      String word = raw.replaceAll("['\"\\\\]", "");
      if (!word.isEmpty() && !digit(word.charAt(0))) {
        emit(TokenKind.KEYWORD, start);
        String kind = (tabs ? "-" : " ") + (raw.equals(word) ? "$" : " ");
        hereDocuments.add(kind + word);
      }
    }

    private boolean closesHereDocument() {
      String text = state.tag().charAt(0) == '-' ? line.stripLeading() : line;
      return text.equals(state.tag().substring(2));
    }

    private void hereDocument() {
      if (state.tag().charAt(1) != '$') {
        rest(TokenKind.STRING);
        return;
      }
      int from = pos;
      while (pos < end) {
        char next = peek(1);
        if (peek(0) == '$' && (next == '{' || nameStart(next) && next != '$')) {
          emit(TokenKind.STRING, from);
          dollar();
          from = pos;
        } else {
          pos++;
        }
      }
      emit(TokenKind.STRING, from);
    }

    private void word() {
      int start = pos++;
      skipWhile(c -> !Character.isWhitespace(c) && "'\"$;&|()<>`\\".indexOf(c) < 0);
      String word = line.substring(start, pos);
      boolean keyword = word.equals("in") || commandExpected;
      if (keyword && KEYWORDS.contains(word)) {
        emit(TokenKind.KEYWORD, start);
        commandExpected = COMMAND_FOLLOWS.contains(word);
      } else if (commandExpected && at("()")) {
        emit(TokenKind.NAME, start);
        commandExpected = false;
      } else if (commandExpected && word.indexOf('=') > 0) {
        assigning = true;
      } else if (commandExpected) {
        if (!word.equals("}") && !word.startsWith("[")) {
          emit(TokenKind.NAME, start);
        }
        commandExpected = false;
      }
    }
  }
}
