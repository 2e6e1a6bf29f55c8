package dev.hearth.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class VirtualClockTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private final AtomicLong real = new AtomicLong(5_000);

  @Test
  void runsWithTheMachineUntilItIsPausedOrSpedUp() {
    try (VirtualClock clock = VirtualClock.running(real::get, START)) {
      real.addAndGet(1_000_000_000L);
      assertThat(clock.now()).isEqualTo(START.plusSeconds(1));
      assertThat(clock.aheadNanos()).isZero();
      clock.setSpeed(60);
      real.addAndGet(1_000_000_000L);
      assertThat(clock.now()).isEqualTo(START.plusSeconds(61));
      clock.setSpeed(0);
      real.addAndGet(1_000_000_000L);
      assertThat(clock.now()).isEqualTo(START.plusSeconds(61));
      clock.setSpeed(1);
      real.addAndGet(1_000_000_000L);
      assertThat(clock.now()).isEqualTo(START.plusSeconds(62));
      assertThat(clock.aheadNanos()).isEqualTo(58_000_000_000L);
    }
  }

  @Test
  void whatIsDueOnTheWayIsDoneAtItsOwnTimeInOrder() {
    try (VirtualClock clock = VirtualClock.pausedAt(START)) {
      List<String> done = new ArrayList<>();
      long start = clock.nanos();
      clock.schedule(start + seconds(120), () -> done.add("second " + clock.now()));
      clock.schedule(
          start + seconds(60),
          () -> {
            done.add("first " + clock.now());
            clock.schedule(clock.nanos() + seconds(30), () -> done.add("added " + clock.now()));
          });
      clock.schedule(start + seconds(200), () -> done.add("too late"));
      clock.advance(Duration.ofSeconds(180));
      assertThat(done)
          .containsExactly(
              "first " + START.plusSeconds(60),
              "added " + START.plusSeconds(90),
              "second " + START.plusSeconds(120));
      assertThat(clock.now()).isEqualTo(START.plusSeconds(180));
    }
  }

  @Test
  void aStepGoesToWhatIsDueNext() {
    try (VirtualClock clock = VirtualClock.pausedAt(START)) {
      List<Instant> done = new ArrayList<>();
      clock.schedule(clock.nanos() + seconds(3_600), () -> done.add(clock.now()));
      assertThat(clock.advanceToNext()).isTrue();
      assertThat(done).containsExactly(START.plusSeconds(3_600));
      assertThat(clock.advanceToNext()).isFalse();
      assertThat(clock.now()).isEqualTo(START.plusSeconds(3_600));
    }
  }

  @Test
  void aCancelledTimerDoesNotRun() {
    try (VirtualClock clock = VirtualClock.pausedAt(START)) {
      List<String> done = new ArrayList<>();
      clock.schedule(clock.nanos() + 1, () -> done.add("cancelled")).cancel();
      clock.schedule(
          clock.nanos() + 1,
          () -> {
            throw new IllegalStateException("a faulty one does not stop the others");
          });
      clock.schedule(clock.nanos() + 2, () -> done.add("kept"));
      clock.advance(Duration.ofSeconds(1));
      assertThat(done).containsExactly("kept");
    }
  }

  @Test
  void aFastForwardedClockReachesAnHourAtOnce() throws InterruptedException {
    try (VirtualClock clock = VirtualClock.running()) {
      CountDownLatch reached = new CountDownLatch(1);
      clock.schedule(clock.nanos() + seconds(3_600), reached::countDown);
      clock.setSpeed(VirtualClock.MAX_SPEED);
      assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void tellsOfEachChange() {
    try (VirtualClock clock = VirtualClock.pausedAt(START)) {
      List<Integer> speeds = new ArrayList<>();
      Subscription subscription = clock.onChange(() -> speeds.add(clock.speed()));
      clock.setSpeed(60);
      clock.advance(Duration.ofSeconds(1));
      subscription.close();
      clock.setSpeed(1);
      assertThat(speeds).containsExactly(60, 60);
    }
  }

  @Test
  void refusesToGoBackAndToRunTooFast() {
    try (VirtualClock clock = VirtualClock.pausedAt(START)) {
      assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> clock.setSpeed(VirtualClock.MAX_SPEED + 1))
          .hasMessage("A speed of 100,001 is out of range. Use 0 to 100,000.");
    }
  }

  private static long seconds(long count) {
    return count * 1_000_000_000L;
  }
}
