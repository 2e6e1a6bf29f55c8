package dev.hearth.app.project.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.app.project.json.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompareTest {
  private static final long MILLI = 1_000_000;

  @Test
  void theTestIsThatOfTheTextbook() {
    // By hand: U = 25 of 25, mean 12.5, variance 22.9, z = 12 / 4.787.
    MannWhitney apart = MannWhitney.of(longs(1, 2, 3, 4, 5), longs(6, 7, 8, 9, 10));
    assertThat(apart.superiority()).isEqualTo(1);
    assertThat(apart.chance()).isCloseTo(0.0122, within(0.0002));
    MannWhitney same = MannWhitney.of(longs(1, 2, 3), longs(1, 2, 3));
    assertThat(same.superiority()).isEqualTo(0.5);
    assertThat(same.chance()).isEqualTo(1, within(1e-6));
    assertThatThrownBy(() -> MannWhitney.of(longs(), longs(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long[] longs(long... values) {
    return values;
  }

  @Test
  void chanceIsFoundAsOftenAsItShould() {
    int found = 0;
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      long[] a = random.longs(40, 0, 1_000).toArray();
      long[] b = random.longs(30, 0, 1_000).toArray();
      found += MannWhitney.of(a, b).chance() < 0.05 ? 1 : 0;
    }
    assertThat(found).isBetween(30, 70);
  }

  @Test
  void groupsAreComparedInOneSentence() {
    Random random = new Random(2);
    long[] fast = random.longs(50, 10 * MILLI, 14 * MILLI).toArray();
    long[] slow = random.longs(50, 15 * MILLI, 20 * MILLI).toArray();
    assertThat(GroupComparison.of(fast, slow).sentence("v6", "v7"))
        .startsWith("v7 is ")
        .contains("% slower than v6")
        .endsWith("(p < 0.001).");
    assertThat(GroupComparison.of(fast, fast).sentence("v6", "v7"))
        .startsWith("No difference beyond chance");
    assertThat(GroupComparison.of(longs(1), longs(2)).sentence("v6", "v7"))
        .startsWith("Too few calls");
  }

  @Test
  void linesAreSharedWhereTheyCanBe() {
    List<LineDiff.Line> lines =
        LineDiff.of(List.of("a", "b", "c", "d"), List.of("a", "x", "c", "d", "e"));
    assertThat(lines.stream().map(l -> l.side().name().charAt(0) + l.text()))
        .containsExactly("Ba", "Fb", "Sx", "Bc", "Bd", "Se");
  }

  @Test
  void eitherTextComesBackFromItsLines() {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      List<String> a = letters(random);
      List<String> b = letters(random);
      List<LineDiff.Line> lines = LineDiff.of(a, b);
      assertThat(side(lines, LineDiff.Side.SECOND)).isEqualTo(a);
      assertThat(side(lines, LineDiff.Side.FIRST)).isEqualTo(b);
    }
  }

  private static List<String> letters(Random random) {
    return random
        .ints(random.nextInt(12), 'a', 'e')
        .mapToObj(c -> String.valueOf((char) c))
        .collect(Collectors.toList());
  }

  private static List<String> side(List<LineDiff.Line> lines, LineDiff.Side without) {
    return lines.stream().filter(l -> l.side() != without).map(LineDiff.Line::text).toList();
  }

  @Test
  void anHttpStatusIsFoundAtTheTopOnly() {
    assertThat(status("{\"headers\":{\"statusCode\":1},\"statusCode\":404}")).isEqualTo(404);
    assertThat(status("{\"body\":{\"statusCode\":404}}")).isEqualTo(-1);
    assertThat(status("{\"statusCode\":\"200\"}")).isEqualTo(-1);
    assertThat(status("{\"statusCode\":99}")).isEqualTo(-1);
    assertThat(status("{\"statusCode\":")).isEqualTo(-1);
    assertThat(status("[1]")).isEqualTo(-1);
  }

  private static int status(String json) {
    return HttpAnswer.status(json.getBytes(StandardCharsets.UTF_8)).orElse(-1);
  }
}
