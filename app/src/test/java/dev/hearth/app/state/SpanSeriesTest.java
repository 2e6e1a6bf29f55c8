package dev.hearth.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanSeriesTest {
  private final SpanSeries spans = new SpanSeries();

  @Test
  void searchesFindWhatAScanFinds() {
    Random random = new Random(1);
    long at = 0;
    for (int i = 0; i < 500; i++) {
      long start = at + random.nextInt(20);
      at = start + random.nextInt(30);
      spans.add(start, at, SpanKind.INVOKE, "r" + i);
    }
    for (int i = 0; i < 2_000; i++) {
      long time = random.nextLong(at + 50) - 20;
      int first = 0;
      while (first < spans.size() && spans.end(first) <= time) {
        first++;
      }
      int last = spans.size();
      while (last > 0 && spans.start(last - 1) >= time) {
        last--;
      }
      assertThat(spans.firstEndingAfter(time)).isEqualTo(first);
      assertThat(spans.endOfStartingBefore(time)).isEqualTo(last);
    }
  }

  @Test
  void aLateBlockIsPutWhereItsStartBelongs() {
    spans.add(10, 20, SpanKind.INVOKE, "a");
    spans.add(50, SpanSeries.OPEN, SpanKind.INVOKE, "c");
    spans.add(30, 40, SpanKind.ERROR, "b");

    assertThat(spans.request(1)).isEqualTo("b");
    assertThat(spans.kind(1)).isEqualTo(SpanKind.ERROR);
    assertThat(spans.openIndex(SpanKind.INVOKE)).isEqualTo(2);
    assertThat(spans.end(2, 70)).isEqualTo(70);
    assertThat(spans.recentIndexOf("a")).isZero();
    assertThat(spans.indexOf("x")).isEqualTo(-1);
  }

  @Test
  void theOldestCanBeForgotten() {
    for (int i = 0; i < 100; i++) {
      spans.add(i * 10L, i * 10L + 5, SpanKind.INVOKE, "r" + i);
    }
    spans.dropOldest(30);

    assertThat(spans.size()).isEqualTo(70);
    assertThat(spans.request(0)).isEqualTo("r30");
    assertThat(spans.indexOf("r29")).isEqualTo(-1);
    assertThat(spans.recentIndexOf("r40")).isEqualTo(-1);
    assertThat(spans.indexOf("r40")).isEqualTo(10);
  }
}
