package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls, cancellations, deployments and stops at once: whatever happens, the accounts agree. */
class ConcurrencyTest extends LocalLambdaTestBase {
  private static final String[] WORDS = {
    "count", "count", "count", "sleep 2", "exit 1", "error", "late 3", "latexit 0", "say 3", "hang"
  };
  private static final int CLIENTS = 6;
  private static final int CALLS = 60;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyCallEndsOnceAndEveryEnvironmentGoes(long seed) throws Exception {
    open(
        options()
            .withIdleTimeout(Duration.ofMillis(20))
            .withMaxEnvironmentsPerFunction(4)
            .withMaxWait(Duration.ofMillis(50)));
    DeployedFunction first = deploy(configuration("init.ok").withTimeout(1));
    List<FutureTask<InvokeResult>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(seed * 100 + i);
      clients.add(later(() -> client(random, first)));
    }
    for (FutureTask<InvokeResult> client : clients) {
      client.get();
    }
    lambda.close();
    checkCalls();
    checkEnvironments();
  }

  private InvokeResult client(Random random, DeployedFunction function) throws Exception {
    InvokeResult last = null;
    for (int n = 0; n < CALLS; n++) {
      String word = WORDS[random.nextInt(WORDS.length)];
      String id = UUID.randomUUID().toString();
      byte[] payload = ("\"" + word + "\"").getBytes(StandardCharsets.UTF_8);
      InvokeRequest request = new InvokeRequest("fn", payload, id, null, null, null);
      FutureTask<InvokeResult> call = later(() -> lambda.invoke(request));
      switch (random.nextInt(12)) {
        case 0, 1 -> lambda.cancel(id);
        case 2 -> lambda.stopEnvironments("fn");
        case 3 ->
            lambda.deploy(
                new DeployedFunction(
                    function.configuration(),
                    new CodePackage(function.code().taskRoot(), "" + random.nextInt(3)),
                    function.version()));
        default -> {}
      }
      if (word.equals("hang")) {
        while (!call.isDone() && !lambda.cancel(id)) {
          Thread.onSpinWait();
        }
      }
      last = call.get();
      assertThat(last.requestId()).isEqualTo(id);
    }
    return last;
  }

  private void checkCalls() {
    Map<String, Integer> open = new HashMap<>();
    for (RuntimeEvent event : events.all()) {
      switch (event) {
        case RuntimeEvent.InvokeQueued e -> open.merge(e.requestId(), 1, Integer::sum);
        case RuntimeEvent.InvokeDone e -> open.merge(e.result().requestId(), -1, Integer::sum);
        case RuntimeEvent.LogLine e when e.requestId() != null ->
            assertThat(open).as(e.text()).containsEntry(e.requestId(), 1);
        default -> {}
      }
    }
    assertThat(open).hasSize(CLIENTS * CALLS).allSatisfy((id, count) -> assertThat(count).isZero());
  }

  private void checkEnvironments() {
    Map<String, EnvironmentState> states = new HashMap<>();
    Set<String> gone = new HashSet<>();
    for (RuntimeEvent event : events.all()) {
      if (event instanceof RuntimeEvent.EnvironmentStateChanged changed) {
        EnvironmentState before = states.put(changed.environmentId(), changed.state());
        assertThat(before == null || before.next().contains(changed.state())).isTrue();
      } else if (event instanceof RuntimeEvent.EnvironmentGone end) {
        assertThat(gone.add(end.environmentId())).isTrue();
      }
    }
    assertThat(gone).isEqualTo(states.keySet());
    assertThat(states.values()).containsOnly(EnvironmentState.SHUT_DOWN);
  }
}
