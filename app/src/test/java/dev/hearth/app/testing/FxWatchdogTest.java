package dev.hearth.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FxWatchdogTest extends FxTest {
  private static final long LONG = 1_500_000_000;

  private FxWatchdog watchdog;

  @BeforeEach
  void watch() {
    watchdog = fxGet(() -> new FxWatchdog(0, () -> 1));
  }

  @AfterEach
  void stop() {
    watchdog.stop();
    startCounting();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void compute() {
    long end = cpu() + LONG;
    while (cpu() < end) {
      Thread.onSpinWait();
    }
  }

  private List<String> late() {
    fx(() -> {});
    return fxGet(watchdog::takeLate);
  }

  @Test
  void tellsOfATaskThatComputesTooLongAndWhereItWas() {
    // Another thread may load classes meanwhile, which excuses a stretch: then the next one is
    // told.
    waitUntil(
        "told",
        () -> {
          boolean told = !watchdog.takeLate().isEmpty();
          if (!told) {
            compute();
          }
          return told;
        });
  }

  @Test
  void slowCoreMayTakeLonger() {
    watchdog.stop();
    watchdog = fxGet(() -> new FxWatchdog(0, () -> 100));
    fx(FxWatchdogTest::compute);
    assertThat(late()).isEmpty();
  }

  @Test
  void waitingIsNotComputing() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    fxGet(() -> never.await(LONG, TimeUnit.NANOSECONDS));
    assertThat(late()).isEmpty();
  }

  @Test
  void whatTheTestItselfDoesIsLeftOut() {
    fx(
        () -> {
          compute();
          watchdog.restart();
        });
    assertThat(late()).isEmpty();
  }
}
