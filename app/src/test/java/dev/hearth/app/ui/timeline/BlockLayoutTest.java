package dev.hearth.app.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.state.SpanKind;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockLayoutTest {
  private static final int WIDTH = 200;
  private static final SpanKind[] DRAWN = {SpanKind.INVOKE, SpanKind.INIT, SpanKind.ERROR};

  private record Drawn(SpanKind kind, int x, int width) {}

  /** Collects what would be drawn. */
  private static final class Recorder implements BlockLayout.Sink {
    private final List<Drawn> blocks = new ArrayList<>();
    private final List<Drawn> runs = new ArrayList<>();

    @Override
    public void block(SpanKind kind, int x, int width, long nanos) {
      blocks.add(new Drawn(kind, x, width));
    }

    @Override
    public void run(SpanKind kind, int x, int width) {
      runs.add(new Drawn(kind, x, width));
    }
  }

  /**
   * For any history and any scale: wide blocks are all drawn, every pixel of a narrow block shows
   * the most important kind that falls on it, and nothing appears far from any block.
   */
  @Test
  void showsWhatDrawingEveryBlockWouldShow() {
    Random random = new Random(7);
    for (int round = 0; round < 400; round++) {
      SpanSeries spans = history(random, 1 + random.nextInt(400));
      long total = spans.start(spans.size() - 1) + 3_000_000;
      TimeScale scale =
          new TimeScale(random.nextLong(total), Math.max(20.0, random.nextDouble() * total / 100));
      Recorder recorder = new Recorder();
      new BlockLayout().layOut(spans, scale, WIDTH, total, recorder);
      check(spans, scale, total, recorder);
    }
  }

  private static void check(SpanSeries spans, TimeScale scale, long now, Recorder recorder) {
    SpanKind[] narrow = new SpanKind[WIDTH];
    boolean[] wide = new boolean[WIDTH];
    List<Drawn> blocks = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      long x = Math.round(Math.clamp(scale.x(spans.start(i)), -2, WIDTH + 2));
      long right =
          Math.max(x + 1, Math.round(Math.clamp(scale.x(spans.end(i, now)), -2, WIDTH + 2)));
      boolean visible = spans.end(i) > scale.time(-1) && spans.start(i) < scale.time(WIDTH + 1);
      if (visible && right - x >= BlockLayout.WIDE) {
        blocks.add(new Drawn(spans.kind(i), (int) x, (int) (right - x)));
        Arrays.fill(wide, (int) Math.max(0, x), (int) Math.min(WIDTH, right), true);
      } else if (visible) {
        for (int at = (int) Math.max(0, x); at < Math.min(WIDTH, right); at++) {
          boolean stronger = narrow[at] == null || spans.kind(i).compareTo(narrow[at]) > 0;
          narrow[at] = stronger ? spans.kind(i) : narrow[at];
        }
      }
    }
    assertThat(recorder.blocks).isEqualTo(blocks);
    SpanKind[] drawn = new SpanKind[WIDTH];
    for (Drawn run : recorder.runs) {
      for (int x = run.x(); x < run.x() + run.width(); x++) {
        assertThat(drawn[x]).as("runs do not overlap").isNull();
        drawn[x] = run.kind();
      }
    }
    for (int x = 0; x < WIDTH; x++) {
      if (narrow[x] != null && !wide[x]) {
        assertThat(drawn[x]).isEqualTo(narrow[x]);
      } else if (drawn[x] != null && !wide[x]) {
        assertThat(narrow[Math.max(0, x - 1)] != null || narrow[Math.max(0, x - 2)] != null)
            .as("only blocks are widened, by two pixels at most")
            .isTrue();
      }
      if (narrow[x] == SpanKind.ERROR && wide[x]) {
        assertThat(recorder.blocks).isNotEmpty();
      }
    }
  }

  private static SpanSeries history(Random random, int count) {
    SpanSeries spans = new SpanSeries();
    long at = 0;
    for (int i = 0; i < count; i++) {
      long start = at + random.nextInt(1_000_000);
      at = start + random.nextInt(random.nextInt(10) == 0 ? 5_000_000 : 100_000);
      boolean open = i == count - 1 && random.nextBoolean();
      spans.add(start, open ? SpanSeries.OPEN : at, DRAWN[random.nextInt(3)], "r" + i);
    }
    return spans;
  }

  @Test
  void oneFailureAmongAThousandCallsOfAPixelIsSeen() {
    SpanSeries spans = new SpanSeries();
    for (int i = 0; i < 1_000; i++) {
      spans.add(i * 10L, i * 10L + 5, i == 500 ? SpanKind.ERROR : SpanKind.INVOKE, "r" + i);
    }
    Recorder recorder = new Recorder();
    new BlockLayout().layOut(spans, new TimeScale(0, 100_000), WIDTH, 0, recorder);

    assertThat(recorder.runs).hasSize(1);
    assertThat(recorder.runs.getFirst().kind()).isEqualTo(SpanKind.ERROR);
  }
}
