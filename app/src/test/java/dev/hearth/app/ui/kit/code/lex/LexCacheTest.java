package dev.hearth.app.ui.kit.code.lex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LexCacheTest {
  private static final int LINES = 20_000;

  private final List<String> lines = new ArrayList<>(Collections.nCopies(LINES, "x = f(1)"));
  private final LexCache cache = new LexCache(Language.PYTHON.lexer());

  @Test
  void anEditRelexesOnlyTheChangedLine() {
    cache.prepare(LINES, lines::get);
    edit(10_000, 1, "x = f(12)");

    assertThat(cache.prepare(LINES, lines::get)).isEqualTo(1);
  }

  @Test
  void insertedLinesAreLexedAndNoOthers() {
    cache.prepare(LINES, lines::get);
    edit(10_000, 1, "a = 1", "b = 2", "c = 3");

    assertThat(cache.prepare(LINES + 2, lines::get)).isEqualTo(3);
  }

  @Test
  void bracesOutsideStringsDoNotChangeWhatFollows() {
    LexCache script = new LexCache(Language.JAVASCRIPT.lexer());
    script.prepare(LINES, lines::get);
    lines.set(5, "if (a) {");
    script.replaced(5, 1, 1);

    assertThat(script.prepare(LINES, lines::get)).isLessThan(4);
  }

  @Test
  void openingAStringRelexesDownToWhatIsShown() {
    cache.prepare(LINES, lines::get);
    edit(100, 1, "s = '''");

    assertThat(cache.prepare(160, lines::get)).isEqualTo(60);
    assertThat(cache.startOf(150, lines::get)).isNotEqualTo(Language.PYTHON.lexer().start());
    edit(100, 1, "s = ''");
    assertThat(cache.prepare(LINES, lines::get)).isEqualTo(61);
  }

  @Test
  void linesBelowTheViewAreNotLexed() {
    assertThat(cache.prepare(60, lines::get)).isEqualTo(60);
  }

  @Test
  void aLineOverTheLimitIsLexedInPart() {
    String longLine = "'''" + "x".repeat(1_000_000);
    int[] last = {0};
    LexState start = Language.PYTHON.lexer().start();
    LexState after = cache.lex(longLine, start, (kind, from, to) -> last[0] = to);

    assertThat(last[0]).isEqualTo(LexCache.MAX_COLUMNS);
    assertThat(after).isEqualTo(start);
  }

  @Test
  void randomEditsGiveTheSameStatesAsLexingAnew() {
    Random random = new Random(7);
    String[] snippets = {"x = 1", "s = '''", "f'{a", "f'''{", "}", "'''", "# c", ""};
    for (int round = 0; round < 300; round++) {
      if (lines.size() > 80) {
        edit(40, lines.size() - 40, "x = 1");
      }
      int first = random.nextInt(lines.size());
      int removed = 1 + random.nextInt(Math.min(4, lines.size() - first));
      String[] inserted = new String[1 + random.nextInt(4)];
      for (int i = 0; i < inserted.length; i++) {
        inserted[i] = snippets[random.nextInt(snippets.length)];
      }
      edit(first, removed, inserted);
      int upTo = random.nextInt(lines.size());
      LexCache fresh = new LexCache(Language.PYTHON.lexer());
      for (int line = 0; line <= upTo; line++) {
        assertThat(cache.startOf(line, lines::get))
            .as("round %s line %s", round, line)
            .isEqualTo(fresh.startOf(line, lines::get));
      }
    }
  }

  private void edit(int first, int removed, String... inserted) {
    lines.subList(first, first + removed).clear();
    lines.addAll(first, List.of(inserted));
    cache.replaced(first, removed, inserted.length);
  }
}
