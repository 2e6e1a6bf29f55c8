package dev.hearth.app.ui.kit.code;

import dev.hearth.app.ui.kit.code.lex.LexCache;
import dev.hearth.app.ui.kit.code.lex.TokenKind;
import java.util.Arrays;
import java.util.Optional;

/** Finds the bracket that belongs to the one at the caret; brackets in strings don't count. */
final class Brackets {
  private static final String OPEN = "([{";
  private static final String CLOSE = ")]}";

  /** Farther than this a partner is not looked for: it would be out of sight anyway. */
  static final int MAX_LINES = 2_000;

  private final Lines lines;
  private final LexCache cache;

  Brackets(Lines lines, LexCache cache) {
    this.lines = lines;
    this.cache = cache;
  }

  /** Two brackets that belong together, in any order. */
  record Pair(Place first, Place second) {}

  /** The other bracket of a pair; 0 for any other character. */
  static char partner(char c) {
    int open = OPEN.indexOf(c);
    int close = CLOSE.indexOf(c);
    return open >= 0 ? CLOSE.charAt(open) : close >= 0 ? OPEN.charAt(close) : 0;
  }

  /** The pair that the character before the caret, else the one after it, belongs to. */
  Optional<Pair> at(Place caret) {
    String line = lines.line(caret.line());
    Optional<Pair> before =
        caret.column() > 0 && caret.column() <= line.length()
            ? match(new Place(caret.line(), caret.column() - 1))
            : Optional.empty();
    return before.isPresent() || caret.column() >= line.length() ? before : match(caret);
  }

  private Optional<Pair> match(Place place) {
    if (place.column() > LexCache.MAX_COLUMNS) {
      return Optional.empty();
    }
    char c = lines.line(place.line()).charAt(place.column());
    char wanted = partner(c);
    if (wanted == 0 || code(place.line())[place.column()] != c) {
      return Optional.empty();
    }
    int step = OPEN.indexOf(c) >= 0 ? 1 : -1;
    int depth = 0;
    int last = step > 0 ? lines.count() - 1 : 0;
    int limit = Math.abs(last - place.line()) > MAX_LINES ? place.line() + step * MAX_LINES : last;
    for (int line = place.line(); line != limit + step; line += step) {
      char[] code = code(line);
      int column = line == place.line() ? place.column() : step > 0 ? 0 : code.length - 1;
      for (; column >= 0 && column < code.length; column += step) {
        if (code[column] == c) {
          depth++;
        } else if (code[column] == wanted && --depth == 0) {
          return Optional.of(new Pair(place, new Place(line, column)));
        }
      }
    }
    return Optional.empty();
  }

  /** A line's characters with strings and comments blanked out. */
  private char[] code(int index) {
    String line = lines.line(index);
    char[] code = line.substring(0, Math.min(line.length(), LexCache.MAX_COLUMNS)).toCharArray();
    cache.lex(
        line,
        cache.startOf(index, lines::line),
        (kind, start, end) -> {
          if (kind == TokenKind.STRING || kind == TokenKind.COMMENT) {
            Arrays.fill(code, start, end, ' ');
          }
        });
    return code;
  }
}
