package dev.hearth.app.ui.kit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.ui.kit.code.lex.Language;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** In these texts {@code ‸} is the caret and {@code ‹} the other end of the selection. */
class EditCommandsTest {
  @Test
  void enterKeepsTheIndentation() {
    assertThat(run(Language.JAVA, "  a;‸b", EditCommands::newLine)).isEqualTo("  a;\n  ‸b");
    assertThat(run(Language.JAVA, "  ‸", EditCommands::newLine)).isEqualTo("  \n  ‸");
  }

  @Test
  void enterIndentsAfterAnOpeningBracketOrColon() {
    assertThat(run(Language.JAVA, "if (a) {‸", EditCommands::newLine)).isEqualTo("if (a) {\n    ‸");
    assertThat(run(Language.JAVA, "  {‸}", EditCommands::newLine)).isEqualTo("  {\n    ‸\n  }");
    assertThat(run(Language.PYTHON, "def f():  ‸", EditCommands::newLine))
        .isEqualTo("def f():  \n    ‸");
    assertThat(run(Language.JSON, "{\"a\":‸", EditCommands::newLine)).isEqualTo("{\"a\":\n‸");
  }

  @Test
  void enterLeavesAPythonBlockAfterReturn() {
    assertThat(run(Language.PYTHON, "def f():\n    return 1‸", EditCommands::newLine))
        .isEqualTo("def f():\n    return 1\n‸");
    assertThat(run(Language.PYTHON, "def f():\n    returned = 1‸", EditCommands::newLine))
        .isEqualTo("def f():\n    returned = 1\n    ‸");
  }

  @Test
  void tabGoesToTheNextStopOrIndentsTheLines() {
    assertThat(run(Language.PYTHON, "ab‸c", EditCommands::indent)).isEqualTo("ab  ‸c");
    assertThat(run(Language.PYTHON, "a‹b\n\nc‸d\ne", EditCommands::indent))
        .isEqualTo("    a‹b\n\n    c‸d\ne");
    assertThat(run(Language.PYTHON, "\ta\n‸b", EditCommands::indent)).isEqualTo("\ta\n\t‸b");
  }

  @Test
  void shiftTabTakesOneLevel() {
    assertThat(maybe(Language.PYTHON, "      ‹a\n  b‸", EditCommands::outdent))
        .isEqualTo("    ‹a\nb‸");
    assertThat(maybe(Language.PYTHON, "a‸", EditCommands::outdent)).isEqualTo("a‸");
  }

  @Test
  void commentsComeAndGo() {
    assertThat(maybe(Language.PYTHON, "  a‸\n", EditCommands::toggleComment)).isEqualTo("  # a‸\n");
    assertThat(maybe(Language.JAVA, "  ‹a\n\n    b‸\nc", EditCommands::toggleComment))
        .isEqualTo("  // ‹a\n\n  //   b‸\nc");
    assertThat(maybe(Language.PYTHON, "  #‹ a\n  #b‸", EditCommands::toggleComment))
        .isEqualTo("  ‹a\n  b‸");
    assertThat(maybe(Language.PYTHON, "‹# a\nb‸", EditCommands::toggleComment))
        .isEqualTo("# ‹# a\n# b‸");
    assertThat(maybe(Language.JSON, "a‸", EditCommands::toggleComment)).isEqualTo("a‸");
  }

  @Test
  void linesMoveAndDouble() {
    assertThat(maybe(Language.JAVA, "a\nb‸b\nc", EditCommands::moveUp)).isEqualTo("b‸b\na\nc");
    assertThat(maybe(Language.JAVA, "a‹\nb\n‸c\nd", EditCommands::moveDown))
        .isEqualTo("c\na‹\nb\n‸d");
    assertThat(maybe(Language.JAVA, "‸a\nb", EditCommands::moveUp)).isEqualTo("‸a\nb");
    assertThat(maybe(Language.JAVA, "a\nb‸", EditCommands::moveDown)).isEqualTo("a\nb‸");
    assertThat(run(Language.JAVA, "a‸b\nc", EditCommands::duplicate)).isEqualTo("ab\na‸b\nc");
    assertThat(run(Language.JAVA, "x‹ab\nc‸d", EditCommands::duplicate))
        .isEqualTo("xab\nc‹ab\nc‸d");
    assertThat(run(Language.JAVA, "a\nb‸b\nc", EditCommands::deleteLines)).isEqualTo("a\n‸c");
    assertThat(run(Language.JAVA, "a\nb‸", EditCommands::deleteLines)).isEqualTo("a‸");
    assertThat(run(Language.JAVA, "a‸", EditCommands::deleteLines)).isEqualTo("‸");
  }

  @Test
  void bracketsAndQuotesCloseThemselves() {
    assertThat(type(Language.JAVA, "f‸", '(')).isEqualTo("f(‸)");
    assertThat(type(Language.JAVA, "f‸x", '(')).isEqualTo("f‸x");
    assertThat(type(Language.JAVA, "f(‸)", ')')).isEqualTo("f()‸");
    assertThat(type(Language.JAVA, "x = ‸;", '"')).isEqualTo("x = \"‸\";");
    assertThat(type(Language.JAVA, "don‸", '\'')).isEqualTo("don‸");
    assertThat(type(Language.PYTHON, "x = f‸", '"')).isEqualTo("x = f\"‸\"");
    assertThat(type(Language.PYTHON, "\"\"‸", '"')).isEqualTo("\"\"‸");
    assertThat(type(Language.JAVA, "a‹bc‸d", '[')).isEqualTo("a[‹bc‸]d");
    assertThat(type(Language.JAVA, "{\n    ‸", '}')).isEqualTo("{\n}‸");
    assertThat(type(Language.JAVA, "a‹b‸", 'x')).isEqualTo("a‹b‸");
  }

  @Test
  void backspaceTakesPairsAndLevels() {
    assertThat(maybe(Language.JAVA, "f(‸)", EditCommands::backspace)).isEqualTo("f‸");
    assertThat(maybe(Language.JAVA, "    x\n      ‸a", EditCommands::backspace))
        .isEqualTo("    x\n    ‸a");
    assertThat(maybe(Language.JAVA, "ab‸", EditCommands::backspace)).isEqualTo("ab‸");
  }

  @Test
  void homeGoesToTheTextThenToTheStart() {
    EditCommands commands = commands(Language.JAVA, "    ab");
    assertThat(commands.homeColumn(new Place(0, 6))).isEqualTo(4);
    assertThat(commands.homeColumn(new Place(0, 4))).isZero();
    assertThat(commands.homeColumn(new Place(0, 0))).isEqualTo(4);
  }

  @Test
  void theUnitIsWhatTheTextUses() {
    assertThat(EditCommands.unitOf(lines("a\n   b\n      c"), Language.JAVA)).isEqualTo("   ");
    assertThat(EditCommands.unitOf(lines("a\n\tb"), Language.JAVA)).isEqualTo("\t");
    assertThat(EditCommands.unitOf(lines("a\n b"), Language.JSON)).isEqualTo("  ");
  }

  private static String type(Language language, String marked, char c) {
    return maybe(language, marked, (commands, selected) -> commands.typed(c, selected));
  }

  private static String run(
      Language language, String marked, BiFunction<EditCommands, Selected, Edit> command) {
    return maybe(language, marked, command.andThen(Optional::of));
  }

  private static String maybe(
      Language language,
      String marked,
      BiFunction<EditCommands, Selected, Optional<Edit>> command) {
    String text = marked.replaceAll("[‸‹]", "");
    Place caret = place(marked.replace("‹", ""), '‸');
    Place anchor = marked.contains("‹") ? place(marked.replace("‸", ""), '‹') : caret;
    Optional<Edit> edit = command.apply(commands(language, text), new Selected(anchor, caret));
    return edit.map(e -> mark(apply(text, e), e.after())).orElse(marked);
  }

  private static String apply(String text, Edit edit) {
    return text.substring(0, offset(text, edit.start()))
        + edit.text()
        + text.substring(offset(text, edit.end()));
  }

  private static String mark(String text, Selected selected) {
    int caret = offset(text, selected.caret());
    int anchor = offset(text, selected.anchor());
    StringBuilder out = new StringBuilder(text);
    if (caret == anchor) {
      return out.insert(caret, '‸').toString();
    }
    out.insert(Math.max(caret, anchor), caret > anchor ? '‸' : '‹');
    return out.insert(Math.min(caret, anchor), caret > anchor ? '‹' : '‸').toString();
  }

  private static int offset(String text, Place place) {
    int at = 0;
    for (int i = 0; i < place.line(); i++) {
      at = text.indexOf('\n', at) + 1;
    }
    return at + place.column();
  }

  private static Place place(String text, char mark) {
    String before = text.substring(0, text.indexOf(mark));
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return new Place(line, before.length() - before.lastIndexOf('\n') - 1);
  }

  private static EditCommands commands(Language language, String text) {
    Lines lines = lines(text);
    return new EditCommands(lines, language, EditCommands.unitOf(lines, language));
  }

  private static Lines lines(String text) {
    String[] split = text.split("\n", -1);
    return new Lines() {
      @Override
      public int count() {
        return split.length;
      }

      @Override
      public String line(int index) {
        return split[index];
      }
    };
  }
}
