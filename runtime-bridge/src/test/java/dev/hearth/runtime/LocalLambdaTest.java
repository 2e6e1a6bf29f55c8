package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalLambdaTest extends LocalLambdaTestBase {
  @Test
  void coldThenWarm() {
    deploy("init.ok");
    InvokeResult cold = invoke("{\"a\":1}");
    assertThat(text(cold)).isEqualTo("{\"a\":1}");
    assertThat(cold.coldStart()).isTrue();
    assertThat(cold.init().total()).isPositive();
    assertThat(cold.init().processStart()).isPositive().isLessThanOrEqualTo(cold.init().total());
    InvokeResult warm = act("count");
    assertThat(text(warm)).isEqualTo("2");
    assertThat(warm.coldStart()).isFalse();
    assertThat(warm.environmentId()).isEqualTo(cold.environmentId());
    var measured = warm.measurements();
    assertThat(measured.queuedNanos()).isLessThanOrEqualTo(measured.startedNanos());
    assertThat(measured.startedNanos()).isLessThan(measured.respondedNanos());
    assertThat(measured.respondedNanos()).isLessThanOrEqualTo(measured.endedNanos());
    assertThat(measured.durationNanos()).isEqualTo(measured.endedNanos() - measured.startedNanos());
    assertThat(measured.peakMemoryBytes()).isBetween(100_000L, 64L << 20);
    assertThat(measured.billedMillis())
        .isEqualTo(Math.ceilDiv(measured.durationNanos(), 1_000_000L));
  }

  @Test
  void billsAColdStartAndReportsIt() {
    deploy("init.slow");
    InvokeResult cold = invoke("1");
    long total = cold.init().total() + cold.measurements().durationNanos();
    assertThat(cold.measurements().billedMillis()).isEqualTo(Math.ceilDiv(total, 1_000_000L));
    assertThat(cold.logTail())
        .matches(
            "START RequestId: (\\S{36}) Version: \\$LATEST\n"
                + "END RequestId: \\1\n"
                + "REPORT RequestId: \\1\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: [3-9]\\d\\d"
                + " ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration:"
                + " [3-9]\\d\\d\\.\\d\\d ms\t\n");
    assertThat(invoke("1").logTail()).endsWith(" MB\t\n").doesNotContain("Init Duration");
  }

  @Test
  void publishesTheEventsOfACallInOrder() {
    deploy("init.ok");
    InvokeResult result = act("say 2");
    assertThat(
            events.all().stream()
                .filter(event -> !(event instanceof RuntimeEvent.MemorySample))
                .map(LocalLambdaTest::brief))
        .startsWith("InvokeQueued", "EnvironmentStarted", "STARTING")
        .containsSubsequence("INIT_START", "InitDone", "InvokeStarted", "INVOKING", "START")
        .containsSubsequence("START", "line", "line", "END", "REPORT", "InvokeDone", "IDLE");
    assertThat(events.lines(result.requestId(), LogStream.STDOUT))
        .containsExactly("line 0", "line 1");
    assertThat(events.lines(result.requestId(), LogStream.STDERR)).containsExactly("to stderr");
    assertThat(result.logTail()).contains("line 0\n", "line 1\n", "to stderr\n", "\nEND ");
    List<Long> times = events.all().stream().map(RuntimeEvent::nanos).toList();
    assertThat(times.getLast()).isGreaterThan(times.getFirst());
  }

  private static String brief(RuntimeEvent event) {
    return switch (event) {
      case RuntimeEvent.EnvironmentStateChanged changed -> changed.state().name();
      case RuntimeEvent.LogLine line -> line.text().split(" ")[0];
      default -> event.getClass().getSimpleName();
    };
  }

  @Test
  void everyLineIsGivenToItsCallAndPrecedesItsEnd() {
    deploy("init.ok");
    for (int i = 0; i < 200; i++) {
      InvokeResult result = act("say 3");
      assertThat(events.lines(result.requestId(), LogStream.STDOUT)).hasSize(3);
      assertThat(result.logTail()).contains("line 2\n");
    }
    List<String> order =
        events.all().stream()
            .filter(e -> e instanceof RuntimeEvent.LogLine || e instanceof RuntimeEvent.InvokeDone)
            .map(LocalLambdaTest::brief)
            .toList();
    for (int i = 0; i < order.size() - 1; i++) {
      if (order.get(i).equals("END")) {
        assertThat(order.get(i + 1)).isEqualTo("REPORT");
      }
      if (order.get(i).equals("InvokeDone")) {
        assertThat(order.get(i + 1)).isEqualTo("START");
      }
    }
  }

  @Test
  void tellsTheRuntimeEverything() {
    deploy("init.ok");
    lambda.invoke(InvokeRequest.of("fn", "1".getBytes(StandardCharsets.UTF_8)));
    InvokeRequest request =
        new InvokeRequest(
            "fn",
            "\"headers\"".getBytes(StandardCharsets.UTF_8),
            "8f0e5c0a-0000-4000-8000-000000000001",
            "arn:aws:lambda:us-east-1:000000000000:function:fn:$LATEST",
            "{\"custom\":{\"k\":\"é\"}}",
            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
            "tenant-1");
    long before = System.currentTimeMillis();
    String head = text(lambda.invoke(request));
    assertThat(head)
        .contains("\r\nContent-Type: application/json\r\n")
        .contains("\r\nLambda-Runtime-Aws-Request-Id: 8f0e5c0a-0000-4000-8000-000000000001\r\n")
        .contains(
            "\r\nLambda-Runtime-Invoked-Function-Arn:"
                + " arn:aws:lambda:us-east-1:000000000000:function:fn:$LATEST\r\n")
        .contains("\r\nLambda-Runtime-Client-Context: {\"custom\":{\"k\":\"é\"}}\r\n")
        .contains("\r\nLambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=")
        .contains("\r\nLambda-Runtime-Aws-Tenant-Id: tenant-1\r\n")
        .contains("\r\nLambda-Runtime-Invocation-Id: ");
    String deadline = head.replaceAll("(?s).*Deadline-Ms: (\\d+)\r\n.*", "$1");
    assertThat(Long.parseLong(deadline))
        .isBetween(before + 59_900, System.currentTimeMillis() + 60_000);
    assertThat(text(act("headers"))).doesNotContain("Client-Context", "Tenant").contains("Root=1-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_HANDLER=init.ok",
        "AWS_REGION=us-east-1",
        "AWS_DEFAULT_REGION=us-east-1",
        "AWS_EXECUTION_ENV=(unset)",
        "AWS_LAMBDA_FUNCTION_NAME=fn",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128",
        "AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/fn",
        "AWS_LAMBDA_MAX_CONCURRENCY=(unset)",
        "TZ=UTC-from-customer",
        "MINE=yes",
        "USER=(unset)",
      })
  void setsTheVariable(String pair) {
    deploy(
        configuration("init.ok").withEnvironment(Map.of("MINE", "yes", "TZ", "UTC-from-customer")));
    String[] parts = pair.split("=", 2);
    assertThat(text(act("env " + parts[0]))).isEqualTo("\"" + parts[1] + "\"");
  }

  @Test
  void namesTheLogStreamAfterTheEnvironment() {
    deploy("init.ok");
    InvokeResult result = act("env AWS_LAMBDA_LOG_STREAM_NAME");
    assertThat(text(result))
        .matches("\"\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST]" + result.environmentId() + "\"");
    assertThat(result.environmentId()).matches("[0-9a-f]{32}");
  }

  @Test
  void keepsTmpBetweenCallsAndRemovesItAtTheEnd() {
    deploy("init.ok");
    act("write note");
    assertThat(text(act("exists note"))).isEqualTo("true");
    lambda.stopEnvironments("fn");
    assertThat(text(act("exists note"))).isEqualTo("false");
  }

  @Test
  void parallelCallsGetEnvironmentsOfTheirOwn() throws Exception {
    deploy("init.ok");
    List<FutureTask<InvokeResult>> calls =
        List.of(
            later(() -> act("sleep 300")),
            later(() -> act("sleep 300")),
            later(() -> act("sleep 300")));
    Set<String> environments = new HashSet<>();
    for (FutureTask<InvokeResult> call : calls) {
      environments.add(call.get().environmentId());
      assertThat(call.get().succeeded()).isTrue();
    }
    assertThat(environments).hasSize(3);
    assertThat(environments).contains(act("count").environmentId());
    assertThat(events.all(RuntimeEvent.EnvironmentStarted.class)).hasSize(3);
  }

  @Test
  void neverServesTwoCallsAtOnceInOneEnvironment() throws Exception {
    open(options().withMaxEnvironmentsPerFunction(3));
    deploy("init.ok");
    List<FutureTask<InvokeResult>> clients =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(
                i ->
                    later(
                        () -> {
                          InvokeResult last = null;
                          for (int n = 0; n < 50; n++) {
                            last = invoke("{\"n\":" + n + "}");
                            assertThat(text(last)).isEqualTo("{\"n\":" + n + "}");
                          }
                          return last;
                        }))
            .toList();
    for (FutureTask<InvokeResult> client : clients) {
      client.get();
    }
    Set<String> busy = new HashSet<>();
    for (RuntimeEvent event : events.all()) {
      if (event instanceof RuntimeEvent.InvokeStarted started) {
        assertThat(busy.add(started.environmentId())).isTrue();
      } else if (event instanceof RuntimeEvent.InvokeDone done) {
        assertThat(busy.remove(done.result().environmentId())).isTrue();
      }
    }
    assertThat(events.all(RuntimeEvent.EnvironmentStarted.class)).hasSizeBetween(1, 3);
    assertThat(events.all(RuntimeEvent.InvokeDone.class)).hasSize(400);
  }

  @Test
  void aNewDeploymentRetiresIdleEnvironmentsAndLetsCallsFinish() throws Exception {
    DeployedFunction before = deploy("init.ok");
    String old = act("count").environmentId();
    FutureTask<InvokeResult> running = later(() -> act("sleep 400"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> !e.coldStart());
    lambda.deploy(
        new DeployedFunction(
            before.configuration(),
            new CodePackage(before.code().taskRoot(), "1".repeat(64)),
            before.version()));
    InvokeResult fresh = act("count");
    assertThat(text(fresh)).isEqualTo("1");
    assertThat(fresh.environmentId()).isNotEqualTo(old);
    assertThat(text(running.get())).isEqualTo("\"slept\"");
    events.await(
        RuntimeEvent.EnvironmentGone.class,
        gone -> gone.environmentId().equals(old) && gone.reason() == GoneReason.CODE_CHANGED);
    lambda.deploy(
        new DeployedFunction(
            before.configuration().withMemorySize(256),
            lambda.deployed("fn").orElseThrow().code(),
            before.version()));
    events.await(
        RuntimeEvent.EnvironmentGone.class,
        gone ->
            gone.environmentId().equals(fresh.environmentId())
                && gone.reason() == GoneReason.CONFIGURATION_CHANGED);
  }

  @Test
  void deployingTheSameAgainKeepsEnvironments() {
    deploy("init.ok");
    act("count");
    deploy("init.ok");
    assertThat(text(act("count"))).isEqualTo("2");
  }

  @Test
  void freezesIdleEnvironmentsAndThawsThem() {
    deploy("init.ok");
    act("count");
    events.await(
        RuntimeEvent.EnvironmentStateChanged.class, e -> e.state() == EnvironmentState.FROZEN);
    assertThat(text(act("count"))).isEqualTo("2");
  }

  @Test
  void theAnswerComesBeforeTheRuntimeIsReadyAndTheNextCallWaitsForIt() throws Exception {
    deploy("init.ok");
    act("count");
    List<Object> order = Collections.synchronizedList(new ArrayList<>());
    List<FutureTask<InvokeResult>> next = new ArrayList<>();
    lambda.subscribe(
        event -> {
          if (event instanceof RuntimeEvent.InvokeDone) {
            order.add("done");
          }
        });
    InvokeResult result =
        lambda.invoke(
            InvokeRequest.of("fn", "\"late 40\"".getBytes(StandardCharsets.UTF_8)),
            outcome -> {
              order.add(new String(outcome.body(), StandardCharsets.UTF_8));
              next.add(later(() -> act("count")));
            });
    assertThat(order.getFirst()).isEqualTo("\"early\"");
    assertThat(next.getFirst().get().environmentId()).isEqualTo(result.environmentId());
    assertThat(text(next.getFirst().get())).isEqualTo("3");
    assertThat(order).containsExactly("\"early\"", "done", "done");
  }

  @Test
  void theListenerHearsFailuresToo() {
    open(options().withMaxEnvironmentsPerFunction(1));
    deploy("init.error");
    List<InvokeOutcome> heard = new ArrayList<>();
    InvokeResult result =
        lambda.invoke(InvokeRequest.of("fn", "1".getBytes(StandardCharsets.UTF_8)), heard::add);
    assertThat(heard).containsExactly(result.outcome());
  }

  @Test
  void theMostRecentlyUsedEnvironmentIsPreferred() throws Exception {
    deploy("init.ok");
    FutureTask<InvokeResult> slow = later(() -> act("sleep 300"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    InvokeResult quick = act("count");
    assertThat(quick.environmentId()).isNotEqualTo(slow.get().environmentId());
    // On a busy machine the slow call may be over first.
    InvokeResult last = events.all(RuntimeEvent.InvokeDone.class).getLast().result();
    assertThat(act("count").environmentId()).isEqualTo(last.environmentId());
  }

  @Test
  void aCallThatWaitsAtTheCapMovesToTheNewDeployment() throws Exception {
    open(options().withMaxEnvironmentsPerFunction(1));
    DeployedFunction before = deploy("init.ok");
    FutureTask<InvokeResult> running = later(() -> act("sleep 500"));
    var first = events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    FutureTask<InvokeResult> waiting = later(() -> act("count"));
    events.await(RuntimeEvent.InvokeQueued.class, e -> !e.requestId().equals(first.requestId()));
    lambda.deploy(
        new DeployedFunction(
            before.configuration(),
            new CodePackage(before.code().taskRoot(), "3".repeat(64)),
            before.version()));
    assertThat(text(waiting.get())).isEqualTo("1");
    assertThat(text(running.get())).isEqualTo("\"slept\"");
  }

  @Test
  void throttlesAboveTheAccountLimit() throws Exception {
    open(options().withConcurrencyLimit(1));
    deploy("init.ok");
    FutureTask<InvokeResult> running = later(() -> act("sleep 300"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    InvokeResult refused = act("count");
    assertThat(refused.outcome())
        .isEqualTo(new InvokeOutcome.Throttled("ConcurrentInvocationLimitExceeded"));
    events.await(
        RuntimeEvent.InvokeDone.class, e -> e.result().requestId().equals(refused.requestId()));
    running.get();
    assertThat(act("count").succeeded()).isTrue();
  }

  @Test
  void callsAboveTheLocalCapWaitInOrderAndNotForEver() throws Exception {
    open(options().withMaxEnvironmentsPerFunction(1).withMaxWait(Duration.ofMillis(100)));
    deploy("init.ok");
    FutureTask<InvokeResult> running = later(() -> act("sleep 500"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    assertThat(act("count").outcome()).isInstanceOf(InvokeOutcome.Throttled.class);
    running.get();
    assertThat(text(act("count"))).isEqualTo("2");
  }

  @Test
  void knowsWhatIsDeployed() {
    DeployedFunction function = deploy("init.ok");
    assertThat(lambda.deployed("fn")).contains(function);
    assertThat(lambda.deployed()).containsExactly(function);
    lambda.remove("fn");
    assertThat(lambda.deployed()).isEmpty();
    assertThatExceptionOfType(UnknownFunctionException.class)
        .isThrownBy(() -> act("count"))
        .withMessage("Function not found: fn");
  }

  @Test
  void refusesARequestIdThatIsInUse() throws Exception {
    deploy("init.ok");
    InvokeRequest request = InvokeRequest.of("fn", "\"sleep 300\"".getBytes());
    FutureTask<InvokeResult> running = later(() -> lambda.invoke(request));
    events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    assertThatIllegalArgumentException().isThrownBy(() -> lambda.invoke(request));
    running.get();
  }
}
