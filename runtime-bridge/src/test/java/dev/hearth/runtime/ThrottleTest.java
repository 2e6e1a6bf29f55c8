package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Reserved concurrency and the account's limit with real processes. */
class ThrottleTest extends LocalLambdaTestBase {
  private static final InvokeOutcome RESERVED =
      new InvokeOutcome.Throttled("ReservedFunctionConcurrentInvocationLimitExceeded");

  @Test
  void aReservationThrottlesExactlyWhatIsAboveIt() throws Exception {
    deploy("init.ok");
    lambda.changeInvokeSettings("fn", settings -> settings.withReservedConcurrency(3));
    List<FutureTask<InvokeResult>> running = hang(3);
    for (int i = 0; i < 5; i++) {
      assertThat(act("count").outcome()).isEqualTo(RESERVED);
    }
    end(running);
    assertThat(act("count").succeeded()).isTrue();
    assertThat(lambda.invokeSettings("fn").reservedConcurrency()).isEqualTo(3);
  }

  @Test
  void aReservationOfZeroStopsTheFunctionUntilItIsRemoved() {
    deploy("init.ok");
    lambda.changeInvokeSettings("fn", settings -> settings.withReservedConcurrency(0));
    assertThat(act("count").outcome()).isEqualTo(RESERVED);
    lambda.changeInvokeSettings("fn", settings -> settings.withReservedConcurrency(null));
    assertThat(act("count").succeeded()).isTrue();
  }

  @Test
  void theAccountThrottlesAboveItsLimit() throws Exception {
    open(options().withConcurrencyLimit(2));
    deploy("init.ok");
    List<FutureTask<InvokeResult>> running = hang(2);
    assertThat(act("count").outcome())
        .isEqualTo(new InvokeOutcome.Throttled("ConcurrentInvocationLimitExceeded"));
    end(running);
  }

  @Test
  void oneWhoCallsInARowIsNeverThrottledByItself() {
    deploy("init.ok");
    lambda.changeInvokeSettings("fn", settings -> settings.withReservedConcurrency(1));
    for (int i = 0; i < 10; i++) {
      assertThat(act("late 5").succeeded()).isTrue();
    }
    assertThat(events.all(RuntimeEvent.EnvironmentStarted.class)).hasSize(1);
  }

  private List<FutureTask<InvokeResult>> hang(int count) {
    List<FutureTask<InvokeResult>> running = new ArrayList<>();
    Set<String> started = new HashSet<>();
    for (int i = 0; i < count; i++) {
      running.add(later(() -> act("hang")));
      started.add(
          events
              .await(RuntimeEvent.InvokeStarted.class, e -> !started.contains(e.requestId()))
              .requestId());
    }
    return running;
  }

  private void end(List<FutureTask<InvokeResult>> running) throws Exception {
    lambda.stopEnvironments("fn");
    for (FutureTask<InvokeResult> call : running) {
      assertThat(call.get().outcome()).isEqualTo(new InvokeOutcome.Cancelled());
    }
  }
}
