package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Calls that are cancelled or interrupted, wherever they are, and the ends of everything. */
class LocalLambdaCancellingTest extends LocalLambdaTestBase {
  @Test
  void cancelsARunningCall() throws Exception {
    deploy("init.ok");
    FutureTask<InvokeResult> running = later(() -> act("hang"));
    var started = events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    assertThat(lambda.cancel(started.requestId())).isTrue();
    assertThat(running.get().outcome()).isInstanceOf(InvokeOutcome.Cancelled.class);
    assertThat(lambda.cancel(started.requestId())).isFalse();
    assertThat(events.await(RuntimeEvent.EnvironmentGone.class, e -> true).reason())
        .isEqualTo(GoneReason.STOPPED);
    assertThat(text(act("count"))).isEqualTo("1");
  }

  @Test
  void cancelsACallDuringInit() throws Exception {
    deploy("init.hang");
    FutureTask<InvokeResult> running = later(() -> act("count"));
    var queued = events.await(RuntimeEvent.InvokeQueued.class, e -> true);
    events.await(
        RuntimeEvent.EnvironmentStateChanged.class, e -> e.state() == EnvironmentState.INIT);
    assertThat(lambda.cancel(queued.requestId())).isTrue();
    assertThat(running.get().outcome()).isInstanceOf(InvokeOutcome.Cancelled.class);
    assertThat(running.get().measurements()).isNull();
  }

  @Test
  void cancelsACallThatWaitsAtTheCap() throws Exception {
    open(options().withMaxEnvironmentsPerFunction(1));
    deploy("init.ok");
    FutureTask<InvokeResult> running = later(() -> act("sleep 600"));
    var first = events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    FutureTask<InvokeResult> waiting = later(() -> act("count"));
    var queued =
        events.await(
            RuntimeEvent.InvokeQueued.class, e -> !e.requestId().equals(first.requestId()));
    assertThat(lambda.cancel(queued.requestId())).isTrue();
    assertThat(waiting.get().outcome()).isInstanceOf(InvokeOutcome.Cancelled.class);
    assertThat(running.get().succeeded()).isTrue();
  }

  @Test
  void interruptingTheCallerCancels() throws Exception {
    deploy("init.ok");
    InvokeResult[] result = new InvokeResult[1];
    Thread caller = Thread.ofPlatform().start(() -> result[0] = act("hang"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    caller.interrupt();
    caller.join();
    assertThat(result[0].outcome()).isInstanceOf(InvokeOutcome.Cancelled.class);
  }

  @Test
  void aCallerThatIsInterruptedAlreadyStartsNothing() {
    deploy("init.ok");
    Thread.currentThread().interrupt();
    InvokeResult result = act("count");
    assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.Cancelled.class);
    assertThat(events.all(RuntimeEvent.InvokeDone.class)).hasSize(1);
    assertThat(events.all(RuntimeEvent.EnvironmentStarted.class)).isEmpty();
  }

  @Test
  void virtualThreadsMayCallAndBeInterrupted() throws Exception {
    deploy("init.ok");
    InvokeResult[] result = new InvokeResult[2];
    Thread caller = Thread.ofVirtual().start(() -> result[0] = act("count"));
    caller.join();
    assertThat(text(result[0])).isEqualTo("1");
    caller = Thread.ofVirtual().start(() -> result[1] = act("hang"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> !e.coldStart());
    caller.interrupt();
    caller.join();
    assertThat(result[1].outcome()).isInstanceOf(InvokeOutcome.Cancelled.class);
  }

  @Test
  void stopEndsEnvironmentsAndCalls() throws Exception {
    deploy("init.ok");
    FutureTask<InvokeResult> running = later(() -> act("hang"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    lambda.stopEnvironments("fn");
    assertThat(running.get().outcome()).isInstanceOf(InvokeOutcome.Cancelled.class);
    assertThat(events.all(RuntimeEvent.EnvironmentGone.class)).hasSize(1);
  }

  @Test
  void closeCancelsCallsAndWaits() throws Exception {
    deploy("init.ok");
    FutureTask<InvokeResult> running = later(() -> act("child"));
    var line = events.await(RuntimeEvent.LogLine.class, e -> e.text().startsWith("child "));
    lambda.close();
    assertThat(running.get().outcome()).isInstanceOf(InvokeOutcome.Cancelled.class);
    assertThat(line.text()).startsWith("child ");
    assertThat(environmentProcesses()).isEmpty();
    assertThat(events.all().getLast()).isInstanceOf(RuntimeEvent.EnvironmentGone.class);
    assertThatIllegalStateException().isThrownBy(() -> act("count"));
  }
}
