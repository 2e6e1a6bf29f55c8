package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** runtime-api.md section 3: the first 6 MiB at once, then 2 MiB a second. */
class ResponseBandwidthTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theFirstSixMebibytesAreFree() {
    ResponseBandwidth bandwidth = new ResponseBandwidth(0);
    assertThat(bandwidth.take(6 << 20, 0)).isZero();
    assertThat(bandwidth.take(1 << 20, 0)).isEqualTo(SECOND / 2);
  }

  @Test
  void earnsTwoMebibytesASecondUpToTheBurst() {
    ResponseBandwidth bandwidth = new ResponseBandwidth(0);
    assertThat(bandwidth.take(6 << 20, 0)).isZero();
    assertThat(bandwidth.take(2 << 20, SECOND)).isZero();
    assertThat(bandwidth.take(6 << 20, 100 * SECOND)).isZero();
    assertThat(bandwidth.take(2 << 20, 100 * SECOND)).isEqualTo(SECOND);
  }
}
