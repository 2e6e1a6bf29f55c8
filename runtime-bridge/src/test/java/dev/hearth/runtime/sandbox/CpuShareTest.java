package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of lifecycle.md section 6. */
class CpuShareTest {
  private static long bytes(long megabytes) {
    return megabytes << 20;
  }

  @ParameterizedTest
  @CsvSource({
    "128,0.072",
    "512,0.289",
    "1769,1.000",
    "3538,2.000",
    "10240,5.789",
  })
  void followsTheMemory(int megabytes, double share) {
    assertThat(new CpuShare(16).of(bytes(megabytes))).isCloseTo(share, within(0.001));
    assertThat(new CpuShare(16).calls(bytes(megabytes)).processors())
        .isCloseTo(share, within(0.001));
  }

  @Test
  void isNeverMoreThanTheMachineHas() {
    CpuShare two = new CpuShare(2);

    assertThat(two.of(bytes(10_240))).isEqualTo(2);
    assertThat(two.missing())
        .isEqualTo("functions of more than 3,538 MB get the 2 processors that this machine has");
    assertThat(new CpuShare(6).missing()).isEmpty();
  }

  @Test
  void initHasTwoProcessorsAtAnySize() {
    assertThat(new CpuShare(8).init(bytes(128)).processors()).isEqualTo(2);
    assertThat(new CpuShare(8).init(bytes(10_240)).processors()).isCloseTo(5.789, within(0.001));
    assertThat(new CpuShare(1).init(bytes(128)).processors()).isEqualTo(1);
  }
}
