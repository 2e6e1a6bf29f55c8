package dev.hearth.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
  private static final long MEGABYTE = 1 << 20;
  private static final long MILLI = 1_000_000;

  @Test
  void aLeakIsToldWithItsEvidence() {
    assertThat(
            DriftWatch.sentences(calls(20, i -> 40 * MEGABYTE + i * 1_258_291L, i -> 10 * MILLI)))
        .containsExactly(
            "Memory grows 1.2 MB a call over 20 warm calls and reaches the limit of 128 MB in"
                + " about 54 calls.");
  }

  @Test
  void noiseIsNoTrend() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      assertThat(
              DriftWatch.sentences(
                  calls(
                      60,
                      i -> 40 * MEGABYTE + random.nextLong(20 * MEGABYTE),
                      i -> 10 * MILLI + random.nextLong(10 * MILLI))))
          .isEmpty();
    }
  }

  @Test
  void aRiseTooSmallToMatterIsNotTold() {
    assertThat(DriftWatch.sentences(calls(20, i -> 40 * MEGABYTE + i * 1_000L, i -> 10 * MILLI)))
        .isEmpty();
  }

  @Test
  void slowerAndSlowerIsTold() {
    assertThat(DriftWatch.sentences(calls(30, i -> 40 * MEGABYTE, i -> (10 + i) * MILLI)))
        .singleElement()
        .asString()
        .contains("from 14.0 ms to 34.0 ms over 30 warm calls");
  }

  @Test
  void fewCallsSayNothing() {
    assertThat(DriftWatch.sentences(calls(5, i -> i * 20 * MEGABYTE, i -> i * MILLI))).isEmpty();
    assertThat(DriftWatch.sentences(List.of())).isEmpty();
  }

  @Test
  void theTrendIsThatOfTheTextbook() {
    // Eight values in order: S = 28, variance = 8 * 7 * 21 / 18.
    assertThat(DriftWatch.trend(1, 2, 3, 4, 5, 6, 7, 8))
        .isEqualTo(27 / Math.sqrt(8 * 7 * 21 / 18.0));
    assertThat(DriftWatch.trend(5, 5, 5, 5)).isZero();
  }

  private static List<InvocationRecord> calls(
      int count, IntToLongFunction peak, IntToLongFunction duration) {
    List<InvocationRecord> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(
          new InvocationRecord(
              "r" + i,
              1,
              "f",
              1,
              "e",
              InvocationStatus.OK,
              null,
              false,
              i,
              i,
              0,
              duration.applyAsLong(i),
              1,
              128,
              peak.applyAsLong(i),
              1,
              1));
    }
    return calls;
  }
}
