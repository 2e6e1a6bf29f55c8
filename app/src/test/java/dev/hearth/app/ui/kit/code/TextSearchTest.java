package dev.hearth.app.ui.kit.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.app.ui.kit.code.TextSearch.Result.Found;
import dev.hearth.app.ui.kit.code.TextSearch.Result.Unusable;
import org.junit.jupiter.api.Test;

class TextSearchTest {
  @Test
  void findsPlainTextInAnyCase() {
    assertThat(found("Total total TOTAL(", plain("total")).starts()).containsExactly(0, 6, 12);
    assertThat(found("Total total", new FindQuery("total", true, false, false)).starts())
        .containsExactly(6);
    assertThat(found("a.b(c", plain(".b(")).starts()).containsExactly(1);
    assertThat(found("Größe", plain("GRÖ")).count()).isEqualTo(1);
    assertThat(found("abc", plain("")).count()).isZero();
  }

  @Test
  void findsWholeWords() {
    assertThat(found("id order_id id2 (id)", new FindQuery("id", false, true, false)).starts())
        .containsExactly(0, 17);
  }

  @Test
  void findsExpressionsLineByLine() {
    assertThat(found("ab\nac\nxb", regex("^a.$")).starts()).containsExactly(0, 3);
    assertThat(found("aaa", regex("x*")).count()).isZero();
  }

  @Test
  void saysWhatIsWrongWithAnExpression() {
    assertThat(TextSearch.find("x", regex("(a")))
        .isEqualTo(new Unusable("Unclosed group at character 3"));
  }

  @Test
  void stopsAnExpressionThatRunsAway() {
    Unusable result = (Unusable) TextSearch.find("x".repeat(60), regex("(x+x+)+\\1y"));

    assertThat(result.message()).contains("takes too long");
  }

  @Test
  void capsTheMatches() {
    Found found = found("x".repeat(TextSearch.MAX_MATCHES + 1), plain("x"));

    assertThat(found.count()).isEqualTo(TextSearch.MAX_MATCHES);
    assertThat(found.capped()).isTrue();
    assertThat(found("x".repeat(TextSearch.MAX_MATCHES), plain("x")).capped()).isFalse();
  }

  @Test
  void nextMatchFromAnOffset() {
    Found found = found("a-a-a", plain("a"));

    assertThat(found.from(0)).isZero();
    assertThat(found.from(1)).isEqualTo(1);
    assertThat(found.from(5)).isEqualTo(-1);
  }

  @Test
  void replacesAllInOneStretch() throws Exception {
    assertThat(replaceAll("-a-A-", plain("a"), "$1\\n"))
        .isEqualTo(new TextSearch.Replacement(1, 4, "$1\\n-$1\\n", 2));
  }

  @Test
  void replacesWithGroups() throws Exception {
    assertThat(replaceAll("k=v; x=y", regex("(\\w)=(?<to>\\w)"), "${to}\\t$1\\$"))
        .isEqualTo(new TextSearch.Replacement(0, 8, "v\tk$; y\tx$", 2));
  }

  @Test
  void refusesGroupsThatAreNotThere() {
    assertThatThrownBy(() -> replaceAll("a", regex("a"), "$1"))
        .isInstanceOf(TextSearch.BadReplacement.class)
        .hasMessageContaining("group 1");
    assertThatThrownBy(() -> replaceAll("a", regex("a"), "${b}"))
        .isInstanceOf(TextSearch.BadReplacement.class);
    assertThatThrownBy(() -> replaceAll("a", regex("a"), "${"))
        .isInstanceOf(TextSearch.BadReplacement.class);
  }

  private static TextSearch.Replacement replaceAll(String text, FindQuery query, String with)
      throws TextSearch.BadReplacement {
    Found found = found(text, query);
    return TextSearch.replace(text, query, found, 0, found.count(), with);
  }

  private static Found found(String text, FindQuery query) {
    return (Found) TextSearch.find(text, query);
  }

  private static FindQuery plain(String text) {
    return new FindQuery(text, false, false, false);
  }

  private static FindQuery regex(String text) {
    return new FindQuery(text, false, false, true);
  }
}
