package dev.hearth.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleSeriesTest {
  @Test
  void aFullSeriesLosesNoPeakAndStaysInOrder() {
    SampleSeries series = new SampleSeries(64);
    Random random = new Random(3);
    long highest = 0;
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong(1_000_000);
      highest = Math.max(highest, value);
      series.add(i * 7L, value);
    }

    long found = 0;
    for (int i = 0; i < series.size(); i++) {
      found = Math.max(found, series.value(i));
      assertThat(i == 0 || series.time(i - 1) < series.time(i)).isTrue();
    }
    assertThat(series.size()).isLessThanOrEqualTo(64);
    assertThat(found).isEqualTo(highest).isEqualTo(series.highest());
  }

  @Test
  void olderSamplesArePutBeforeNewerOnes() {
    SampleSeries series = new SampleSeries(10);
    series.add(30, 3);
    series.add(10, 1);
    series.add(20, 2);
    series.add(20, 9);

    assertThat(series.size()).isEqualTo(3);
    assertThat(series.value(1)).isEqualTo(9);
    assertThat(series.firstAtOrAfter(11)).isEqualTo(1);
    assertThat(series.firstAtOrAfter(31)).isEqualTo(3);
  }
}
