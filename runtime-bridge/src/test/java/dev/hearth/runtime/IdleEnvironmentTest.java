package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** lifecycle.md section 1, rule 6, by the virtual clock. */
class IdleEnvironmentTest extends LocalLambdaTestBase {
  @Test
  void endsAfterTheIdleTimeSinceItsLastCall() {
    VirtualClock clock = VirtualClock.pausedAt(Instant.EPOCH);
    open(options().withClock(clock));
    deploy("init.ok");
    act("count");
    clock.advance(Duration.ofMinutes(9));
    assertThat(text(act("count"))).isEqualTo("2");
    clock.advance(Duration.ofMinutes(9));
    assertThat(text(act("count"))).isEqualTo("3");
    clock.advance(Duration.ofMinutes(10));
    assertThat(events.await(RuntimeEvent.EnvironmentGone.class, e -> true).reason())
        .isEqualTo(GoneReason.IDLE_TIMEOUT);
    assertThat(text(act("count"))).isEqualTo("1");
  }
}
