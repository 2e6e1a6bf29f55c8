package dev.hearth.app.ui.kit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.ui.kit.code.lex.Language;
import dev.hearth.app.ui.kit.code.lex.LexCache;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BracketsTest {
  @Test
  void matchesInBothDirectionsOverLines() {
    assertThat(at("f(a,\n  [b])", 0, 2)).contains(pair(0, 1, 1, 5));
    assertThat(at("f(a,\n  [b])", 1, 6)).contains(pair(1, 5, 0, 1));
  }

  @Test
  void theBracketBeforeTheCaretWinsOverTheOneAfter() {
    assertThat(at("()[]", 0, 2)).contains(pair(0, 1, 0, 0));
    assertThat(at("x[]", 0, 1)).contains(pair(0, 1, 0, 2));
  }

  @Test
  void bracketsInStringsAndCommentsDoNotCount() {
    assertThat(at("f(')' # )\n)", 0, 2)).contains(pair(0, 1, 1, 0));
    assertThat(at("'('", 0, 2)).isEmpty();
  }

  @Test
  void anOpenBracketHasNoPartner() {
    assertThat(at("f(", 0, 2)).isEmpty();
    assertThat(at("(" + "\n".repeat(Brackets.MAX_LINES + 5) + ")", 0, 1)).isEmpty();
  }

  private static Optional<Brackets.Pair> at(String text, int line, int column) {
    String[] split = text.split("\n", -1);
    Lines lines =
        new Lines() {
          @Override
          public int count() {
            return split.length;
          }

          @Override
          public String line(int index) {
            return split[index];
          }
        };
    return new Brackets(lines, new LexCache(Language.PYTHON.lexer())).at(new Place(line, column));
  }

  private static Brackets.Pair pair(int line, int column, int otherLine, int otherColumn) {
    return new Brackets.Pair(new Place(line, column), new Place(otherLine, otherColumn));
  }
}
