package dev.hearth.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DebouncerTest extends FxTest {
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void manyTriggersAreOneRun() {
    Debouncer debouncer = new Debouncer(Duration.ofMillis(20), runs::incrementAndGet);
    fx(
        () -> {
          debouncer.trigger();
          debouncer.trigger();
        });
    waitUntil("it ran", () -> runs.get() > 0);
    fx(debouncer::flush);

    assertThat(runs).hasValue(1);
  }

  @Test
  void flushRunsAtOnceAndOnlyWhenDue() {
    Debouncer debouncer = new Debouncer(Duration.ofHours(1), runs::incrementAndGet);
    fx(debouncer::flush);
    assertThat(runs).hasValue(0);
    fx(
        () -> {
          debouncer.trigger();
          debouncer.flush();
          debouncer.flush();
        });
    assertThat(runs).hasValue(1);
  }

  @Test
  void closingForgetsWhatWasDue() {
    Debouncer debouncer = new Debouncer(Duration.ofMillis(1), runs::incrementAndGet);
    fx(
        () -> {
          debouncer.trigger();
          debouncer.close();
          debouncer.flush();
        });
    assertThat(runs).hasValue(0);
  }
}
