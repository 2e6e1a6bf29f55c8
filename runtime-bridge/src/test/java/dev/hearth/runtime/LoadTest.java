package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proof of the load at a size that a build can afford; {@link LoadBenchmark} runs all of it.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LoadTest {
  @TempDir Path folder;

  @BeforeEach
  void needsACompiler() {
    assumeTrue(TestBootstrap.available(), "needs a C compiler");
  }

  @Test
  void noCallIsLostAndNoEnvironmentServesTwoAtOnce() throws Exception {
    LoadProof.Counted counted = LoadProof.calls(folder, 60, 10);
    assertThat(counted.succeeded()).isEqualTo(600);
    assertThat(counted.overlaps()).isZero();
    assertThat(counted.most()).isLessThanOrEqualTo(60);
    assertThat(counted.environments()).isLessThanOrEqualTo(60);
  }

  @Test
  void theCountOf429IsExact() throws Exception {
    LoadProof.Counted counted = LoadProof.burst(folder, 20, 200);
    assertThat(counted.throttled()).isEqualTo(200);
    assertThat(counted.most()).isEqualTo(20);
    assertThat(counted.overlaps()).isZero();
  }

  @Test
  void killedEnvironmentsLoseNoAcceptedEvent() throws Exception {
    LoadProof.Delivered delivered = LoadProof.kills(folder, 200, 10, 7);
    assertThat(delivered.killed()).isEqualTo(10);
    assertThat(delivered.lost()).isZero();
    assertThat(delivered.unknown()).isZero();
    assertThat(delivered.overlaps()).isZero();
  }
}
