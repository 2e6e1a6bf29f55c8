package dev.hearth.app.ui.kit.code.lex;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Ruby: interpolation, percent literals, here-documents, symbols, labels, patterns. */
final class RubyLexer extends LineLexer {
  private enum Mode {
    /** Outermost, or inside {@code #{ }}. */
    CODE,
    /** Any quoted text; the tag is its kind, opening and closing character. */
    QUOTED,
    HERE_DOCUMENT,
    /** Between {@code =begin} and {@code =end}. */
    BLOCK_COMMENT,
    /** After {@code __END__}. */
    DATA
  }

  /** Kinds of quoted text: whether {@code #{ }} is code in it. */
  private static final char CODE_INSIDE = '#';

  private static final char PLAIN = ' ';

  private static final Set<String> KEYWORDS =
      Set.of(
          "BEGIN",
          "END",
          "__FILE__",
          "__LINE__",
          "__method__",
          "alias",
          "and",
          "begin",
          "break",
          "case",
          "class",
          "def",
          "defined?",
          "do",
          "else",
          "elsif",
          "end",
          "ensure",
          "false",
          "for",
          "if",
          "in",
          "module",
          "next",
          "nil",
          "not",
          "or",
          "raise",
          "redo",
          "require",
          "require_relative",
          "rescue",
          "retry",
          "return",
          "self",
          "super",
          "then",
          "true",
          "undef",
          "unless",
          "until",
          "when",
          "while",
          "yield");

  /** Keywords that are values, after which a slash divides. */
  private static final Set<String> VALUES = Set.of("end", "false", "nil", "self", "super", "true");

  RubyLexer() {
    super(Mode.CODE);
  }

  @Override
  LineScan scan(String line, LexState state, TokenSink sink) {
    return new Scan(line, state, sink);
  }

  private static final class Scan extends LineScan {
    private final Deque<String> hereDocuments = new ArrayDeque<>();
    private boolean afterDef;
    private boolean afterDot;

    /** Whether a value stands before the cursor, so that an operator follows. */
    private boolean value;

    Scan(String line, LexState state, TokenSink sink) {
      super(line, state, sink);
    }

    @Override
    LexState run() {
      if (wholeLine()) {
        return state;
      }
      while (pos < end) {
        switch ((Mode) state.mode()) {
          case CODE -> code();
          case QUOTED -> quotedText(pos);
          case HERE_DOCUMENT -> hereDocument();
          case BLOCK_COMMENT, DATA -> rest(TokenKind.COMMENT);
        }
      }
      // The first document opened is read first, so it goes on top.
      while (!hereDocuments.isEmpty()) {
        state = state.push(Mode.HERE_DOCUMENT, hereDocuments.removeLast());
      }
      return state;
    }

    /** Lines that open or close something as a whole. */
    private boolean wholeLine() {
      if (state.mode() == Mode.HERE_DOCUMENT && closesHereDocument()) {
        rest(TokenKind.KEYWORD);
        state = state.pop();
        return true;
      }
      if (state.mode() == Mode.BLOCK_COMMENT && line.startsWith("=end")) {
        rest(TokenKind.COMMENT);
        state = state.pop();
        return true;
      }
      if (state.mode() != Mode.CODE || state.outer() != null) {
        return false;
      }
      boolean comment = line.startsWith("=begin");
      if (comment || line.equals("__END__")) {
        rest(TokenKind.COMMENT);
        state = state.push(comment ? Mode.BLOCK_COMMENT : Mode.DATA, "");
        return true;
      }
      return false;
    }

    private void code() {
      char c = line.charAt(pos);
      if (c == ' ' || c == '\t') {
        pos++;
      } else if (c == '#') {
        rest(TokenKind.COMMENT);
      } else if (digit(c)) {
        number();
        operand();
      } else if (c == '@' || c == '$' && nameStart(peek(1))) {
        int start = skipWhile(ch -> ch == '@' || ch == '$');
        skipWhile(LineScan::namePart);
        emit(TokenKind.NAME, start);
        operand();
      } else if (nameStart(c)) {
        name();
      } else if (c == '"' || c == '`' || c == '\'') {
        open(c == '\'' ? PLAIN : CODE_INSIDE, pos, pos + 1);
      } else if (c == ':') {
        colon();
      } else if (c == '%' && percentLiteral() || c == '<' && hereDocumentStarts()) {
        operand();
      } else if (c == '/' && patternStarts()) {
        open(CODE_INSIDE, pos, pos + 1);
      } else {
        operator(c);
      }
    }

    private void operand() {
      value = true;
      afterDot = false;
      afterDef = false;
    }

    private void operator(char c) {
      if (state.outer() != null && c == '{') {
        state = state.withDepth(state.depth() + 1);
      } else if (state.outer() != null && c == '}') {
        state = state.depth() > 0 ? state.withDepth(state.depth() - 1) : state.pop();
      }
      value = c == ')' || c == ']' || c == '}';
      afterDot = c == '.' && peek(1) != '.' && (pos == 0 || line.charAt(pos - 1) != '.');
      pos++;
    }

    private void name() {
      int start = skipWhile(LineScan::namePart);
      if ((peek(0) == '?' || peek(0) == '!') && peek(1) != '=') {
        pos++;
      }
      String word = line.substring(start, pos);
      boolean label = peek(0) == ':' && peek(1) != ':' && !afterDot;
      boolean defining = afterDef;
      afterDef = false;
      if (label) {
        pos++;
        emit(TokenKind.NAME, start);
        value = false;
      } else if (!afterDot && KEYWORDS.contains(word)) {
        emit(TokenKind.KEYWORD, start);
        value = VALUES.contains(word);
        afterDef =
            word.equals("def")
                || word.equals("class")
                || word.equals("module")
                || defining && word.equals("self");
      } else {
        boolean called = peek(0) == '(';
        if (defining || called) {
          emit(TokenKind.NAME, start);
        }
        value = true;
      }
      if (afterDef && defining) {
        skipWhile(ch -> ch == '.'); // def self.name
      }
      afterDot = false;
    }

    /** A symbol, a quoted symbol, or just colons. */
    private void colon() {
      if (at("::")) {
        pos += 2;
        value = false;
      } else if (peek(1) == '"' || peek(1) == '\'') {
        open(peek(1) == '"' ? CODE_INSIDE : PLAIN, pos, pos + 2);
      } else if (nameStart(peek(1))) {
        int start = pos++;
        skipWhile(LineScan::namePart);
        if ((peek(0) == '?' || peek(0) == '!' || peek(0) == '=')
            && peek(1) != '='
            && peek(1) != '>') {
          pos++;
        }
        emit(TokenKind.STRING, start);
        operand();
      } else {
        operator(':');
      }
    }

    /** After a name that may be a method, a slash opens a pattern only when it leans on it. */
    private boolean patternStarts() {
      boolean spaceBefore = pos > 0 && line.charAt(pos - 1) == ' ';
      return !value || spaceBefore && peek(1) != ' ' && peek(1) != '=';
    }

    /** {@code %w[a b]}, {@code %(text)} and their kin. */
    private boolean percentLiteral() {
      char kind = Character.isLetter(peek(1)) ? peek(1) : 0;
      char opens = kind == 0 ? peek(1) : peek(2);
      boolean known = kind == 0 || "wWiIqQrsx".indexOf(kind) >= 0;
      boolean bracket = "([{<".indexOf(opens) >= 0;
      if (value || !known || opens == 0 || !bracket && (kind == 0 || "|!/-".indexOf(opens) < 0)) {
        return false;
      }
      boolean plain = kind != 0 && "wiqs".indexOf(kind) >= 0;
      open(plain ? PLAIN : CODE_INSIDE, pos, pos + (kind == 0 ? 2 : 3));
      return true;
    }

    /**
     * Enters quoted text and reads on in it.
     *
     * @param start where its colour begins
     * @param inside after its opening character
     */
    private void open(char kind, int start, int inside) {
      char opens = line.charAt(inside - 1);
      int bracket = "([{<".indexOf(opens);
      char closes = bracket < 0 ? opens : ")]}>".charAt(bracket);
      state = state.push(Mode.QUOTED, "" + kind + opens + closes);
      pos = inside;
      quotedText(start);
      operand();
    }

    private void quotedText(int start) {
      char opens = state.tag().charAt(1);
      char closes = state.tag().charAt(2);
      while (pos < end) {
        char c = line.charAt(pos);
        if (c == '\\') {
          pos = Math.min(end, pos + 2);
        } else if (c == closes && state.depth() == 0) {
          pos++;
          skipWhile(ch -> opens == '/' && "imxounse".indexOf(ch) >= 0);
          emit(TokenKind.STRING, start);
          state = state.pop();
          value = true;
          return;
        } else if (c == '#' && peek(1) == '{' && state.tag().charAt(0) == CODE_INSIDE) {
          emit(TokenKind.STRING, start);
          pos += 2;
          state = state.push(Mode.CODE, "");
          value = false;
          return;
        } else {
          nest(c, opens, closes);
          pos++;
        }
      }
      emit(TokenKind.STRING, start);
    }

    private void nest(char c, char opens, char closes) {
      if (opens != closes && (c == opens || c == closes)) {
        state = state.withDepth(state.depth() + (c == opens ? 1 : -1));
      }
    }

    /** {@code <<~EOS}, {@code <<-'EOS'}, {@code <<EOS}; a shift has a value before it. */
    private boolean hereDocumentStarts() {
      if (!at("<<")) {
        return false;
      }
      char indent = peek(2) == '~' || peek(2) == '-' ? peek(2) : ' ';
      int at = indent == ' ' ? 2 : 3;
      char quote = "\"'`".indexOf(peek(at)) >= 0 ? peek(at) : 0;
      int from = pos + at + (quote == 0 ? 0 : 1);
      int to = from;
      while (to < end && namePart(line.charAt(to))) {
        to++;
      }
      boolean word = to > from && !digit(line.charAt(from));
      // Without a sign for the indentation only what cannot be a shift is taken for a document.
      boolean shift =
          word
              && indent == ' '
              && (value || quote == 0 && !Character.isUpperCase(line.charAt(from)));
      if (!word || shift) {
        return false;
      }
      int start = pos;
      pos = quote == 0 ? to : Math.min(end, to + 1);
      emit(TokenKind.KEYWORD, start);
      hereDocuments.add(
          "" + indent + (quote == '\'' ? PLAIN : CODE_INSIDE) + line.substring(from, to));
      return true;
    }

    private boolean closesHereDocument() {
      String text = state.tag().charAt(0) == ' ' ? line : line.stripLeading();
      return text.equals(state.tag().substring(2));
    }

    private void hereDocument() {
      int from = pos;
      boolean inside = state.tag().charAt(1) == CODE_INSIDE;
      while (pos < end) {
        if (inside && line.charAt(pos) == '\\') {
          pos = Math.min(end, pos + 2);
        } else if (inside && at("#{")) {
          emit(TokenKind.STRING, from);
          pos += 2;
          state = state.push(Mode.CODE, "");
          value = false;
          return;
        } else {
          pos++;
        }
      }
      emit(TokenKind.STRING, from);
    }
  }
}
