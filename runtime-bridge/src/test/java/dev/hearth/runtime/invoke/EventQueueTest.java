package dev.hearth.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.InvokeSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** events-and-failure.md section 1, row by row, without a process and without waiting. */
class EventQueueTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:done";
  private static final String FAILED = "arn:aws:sqs:us-east-1:000000000000:failed";
  private static final String ID = "11111111-2222-4333-8444-555555555555";

  private final VirtualClock clock = VirtualClock.pausedAt(START);
  private final MemoryInvokeStore store = new MemoryInvokeStore();
  private final Script script = new Script();
  private InvokeSettings settings = InvokeSettings.NONE;
  private EventQueue queue = queue();

  private EventQueue queue() {
    return new EventQueue(store, clock, script, _ -> settings, Runnable::run);
  }

  @AfterEach
  void close() {
    clock.close();
  }

  /** Answers as told, succeeds after that, and notes when it was called with what. */
  private final class Script implements EventAttempt.Target {
    private final Deque<InvokeOutcome> outcomes = new ArrayDeque<>();
    private final List<InvokeRequest> calls = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();
    private final Set<String> missing = new HashSet<>();
    private boolean closing;
    private Runnable during = () -> {};

    @Override
    public @Nullable InvokeResult invoke(InvokeRequest request) {
      during.run();
      calls.add(request);
      times.add(Duration.between(START, clock.now()));
      InvokeOutcome outcome =
          outcomes.isEmpty() ? new InvokeOutcome.Succeeded(bytes("{\"ok\":1.0}")) : outcomes.poll();
      return missing.contains(request.functionName())
          ? null
          : new InvokeResult(request.requestId(), null, "env", outcome, null, null, "");
    }

    @Override
    public boolean isDeployed(String functionName) {
      return !missing.contains(functionName);
    }

    @Override
    public boolean closing() {
      return closing;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static InvokeOutcome error() {
    return new InvokeOutcome.FunctionError(
        "ValueError", bytes("{\"errorMessage\":\"no\",\"errorType\":\"ValueError\"}"));
  }

  private void configure(EventInvokeConfig config) {
    settings = settings.withEventInvokeConfig("$LATEST", config);
  }

  private static EventInvokeConfig config(@Nullable Integer attempts, @Nullable Integer age) {
    return new EventInvokeConfig(attempts, age, QUEUE, FAILED, Instant.EPOCH);
  }

  private void accept() {
    queue.accept(new InvokeRequest("fn", bytes("{\"n\":1.10}"), ID, null, null, null));
  }

  private static List<Duration> seconds(long... values) {
    List<Duration> times = new ArrayList<>();
    for (long value : values) {
      times.add(Duration.ofSeconds(value));
    }
    return times;
  }

  private String body(int index) {
    return new String(store.delivered().get(index).body(), StandardCharsets.UTF_8);
  }

  @Test
  void aSuccessSendsItsRecord() {
    configure(config(null, null));
    accept();
    assertThat(queue.pending()).isEmpty();
    assertThat(store.delivered()).extracting(DeliveredRecord::targetArn).containsExactly(QUEUE);
    assertThat(body(0))
        .isEqualTo(
            """
            {"version":"1.0","timestamp":"2026-03-01T10:00:00.000Z","requestContext":\
            {"requestId":"11111111-2222-4333-8444-555555555555","functionArn":\
            "arn:aws:lambda:us-east-1:000000000000:function:fn:$LATEST","condition":"Success",\
            "approximateInvokeCount":1},"requestPayload":{"n":1.10},"responseContext":\
            {"statusCode":200,"executedVersion":"$LATEST"},"responsePayload":{"ok":1.0}}\
            """);
  }

  @Test
  void aFunctionErrorIsRepeatedAfterOneAndTwoMinutesWithTheSameRequestId() {
    configure(config(null, null));
    script.outcomes.addAll(List.of(error(), error(), error()));
    accept();
    assertThat(queue.pending()).extracting(QueuedEvent::problem).containsExactly("ValueError");
    clock.advance(Duration.ofHours(1));
    assertThat(script.times).isEqualTo(seconds(0, 60, 180));
    assertThat(script.calls).extracting(InvokeRequest::requestId).containsOnly(ID);
    assertThat(body(0))
        .contains("\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":3}")
        .contains(
            "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\","
                + "\"functionError\":\"Unhandled\"},\"responsePayload\":"
                + "{\"errorMessage\":\"no\",\"errorType\":\"ValueError\"}}");
    assertThat(store.delivered().getFirst().targetArn()).isEqualTo(FAILED);
  }

  @Test
  void timeoutExitAndOutOfMemoryAreFunctionErrorsToo() {
    configure(config(2, null));
    script.outcomes.addAll(
        List.of(
            new InvokeOutcome.TimedOut(bytes("{}")),
            new InvokeOutcome.Crashed("Runtime.ExitError", bytes("{}")),
            new InvokeOutcome.OutOfMemory(bytes("{}"))));
    accept();
    clock.advance(Duration.ofHours(1));
    assertThat(body(0)).contains("RetriesExhausted").contains("\"approximateInvokeCount\":3");
  }

  @Test
  void maximumRetryAttemptsMayBeZero() {
    configure(config(0, null));
    script.outcomes.add(error());
    accept();
    assertThat(script.times).isEqualTo(seconds(0));
    assertThat(body(0)).contains("RetriesExhausted").contains("\"approximateInvokeCount\":1");
  }

  @Test
  void anAttemptMustStartWithinTheMaximumAge() {
    configure(config(null, 60));
    script.outcomes.addAll(List.of(error(), error(), error()));
    accept();
    assertThat(body(0)).contains("EventAgeExceeded").contains("\"approximateInvokeCount\":1");
    script.outcomes.clear();
    script.outcomes.addAll(List.of(error(), error(), error()));
    configure(config(null, 180));
    accept();
    clock.advance(Duration.ofHours(1));
    assertThat(body(1)).contains("EventAgeExceeded").contains("\"approximateInvokeCount\":2");
  }

  @Test
  void throttlesBackOffFromOneSecondToFiveMinutesAndAreNotCounted() {
    configure(config(null, null));
    for (int i = 0; i < 11; i++) {
      script.outcomes.add(new InvokeOutcome.Throttled("ConcurrentInvocationLimitExceeded"));
    }
    accept();
    clock.advance(Duration.ofHours(1));
    assertThat(script.times).isEqualTo(seconds(0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1_111));
    assertThat(body(0)).contains("Success").contains("\"approximateInvokeCount\":1");
  }

  @Test
  void throttlesEndWithTheMaximumAge() {
    configure(config(null, 100));
    for (int i = 0; i < 20; i++) {
      script.outcomes.add(new InvokeOutcome.CouldNotRun("There is no python."));
    }
    accept();
    clock.advance(Duration.ofHours(1));
    assertThat(script.times).isEqualTo(seconds(0, 1, 3, 7, 15, 31, 63));
    assertThat(body(0))
        .contains("EventAgeExceeded")
        .contains("\"approximateInvokeCount\":0")
        .contains("\"timestamp\":\"2026-03-01T10:01:40.000Z\"")
        .doesNotContain("responseContext");
  }

  @Test
  void reservedConcurrencyOfZeroGivesUpWithoutAnAttempt() {
    configure(config(null, null));
    settings = settings.withReservedConcurrency(0).withDeadLetterConfig(FAILED + "-dlq");
    accept();
    assertThat(script.calls).isEmpty();
    assertThat(store.delivered())
        .extracting(DeliveredRecord::kind)
        .containsExactly(DeliveredRecord.Kind.DEAD_LETTER, DeliveredRecord.Kind.ON_FAILURE);
    assertThat(body(1))
        .contains("\"condition\":\"ZeroReservedConcurrency\",\"approximateInvokeCount\":0}")
        .doesNotContain("responsePayload");
  }

  @Test
  void theDeadLetterIsTheEventItselfWithItsAttributes() {
    settings = settings.withDeadLetterConfig(FAILED);
    configure(new EventInvokeConfig(0, null, null, null, Instant.EPOCH));
    script.outcomes.add(error());
    accept();
    assertThat(body(0)).isEqualTo("{\"n\":1.10}");
    assertThat(store.delivered().getFirst().attributes())
        .containsEntry("RequestID", ID)
        .containsEntry("ErrorCode", "200")
        .containsEntry("ErrorMessage", "no");
  }

  @Test
  void aBusGetsTheRecordAsDetail() {
    String bus = "arn:aws:events:us-east-1:000000000000:event-bus/default";
    configure(new EventInvokeConfig(null, null, bus, null, Instant.EPOCH));
    accept();
    assertThat(body(0))
        .contains("\"detail-type\":\"Lambda Function Invocation Result - Success\"")
        .contains("\"source\":\"lambda\"")
        .contains(
            "\"resources\":[\"" + bus + "\",\"arn:aws:lambda:us-east-1:000000000000:function:fn:")
        .contains("\"detail\":{\"version\":\"1.0\"");
  }

  @Test
  void aBucketGetsItsKeyAndATopicNoMoreThanItTakes() {
    configure(new EventInvokeConfig(0, null, null, "arn:aws:s3:::b", Instant.EPOCH));
    script.outcomes.add(error());
    accept();
    assertThat(store.delivered().getFirst().attributes().get("Key"))
        .startsWith("aws/lambda/async/fn/2026/03/01/2026-03-01T10.00.00-");
    configure(
        new EventInvokeConfig(
            0, null, "arn:aws:sns:us-east-1:000000000000:t", null, Instant.EPOCH));
    script.outcomes.add(new InvokeOutcome.Succeeded(bytes("\"" + "x".repeat(300_000) + "\"")));
    accept();
    assertThat(store.delivered().get(1).problem()).contains("more than the 262,144");
  }

  @Test
  void aFunctionIsInvokedWithTheRecord() {
    String next = "arn:aws:lambda:us-east-1:000000000000:function:next:live";
    configure(new EventInvokeConfig(null, null, next, null, Instant.EPOCH));
    settings = settings.withEventInvokeConfig("live", EventInvokeConfig.DEFAULT);
    accept();
    assertThat(script.calls)
        .extracting(InvokeRequest::functionName)
        .containsExactly("fn", "next:live");
    assertThat(new String(script.calls.get(1).payload(), StandardCharsets.UTF_8))
        .contains("\"condition\":\"Success\"");
    assertThat(script.calls.get(1).invokedArn()).isEqualTo(next);
    script.missing.add("next:live");
    accept();
    assertThat(store.delivered().get(1).problem()).isEqualTo("There is no function next:live.");
  }

  @Test
  void aLoopOfFunctionsIsStopped() {
    String self = "arn:aws:lambda:us-east-1:000000000000:function:fn:x";
    configure(new EventInvokeConfig(null, null, self, FAILED, Instant.EPOCH));
    settings =
        settings.withEventInvokeConfig(
            "x", new EventInvokeConfig(null, null, self, FAILED, Instant.EPOCH));
    accept();
    assertThat(script.calls).hasSize(Lineage.LIMIT);
    assertThat(store.delivered().getLast().targetArn()).isEqualTo(FAILED);
    assertThat(new String(store.delivered().getLast().body(), StandardCharsets.UTF_8))
        .contains("\"condition\":\"RecursiveInvocation\"");
    assertThat(queue.pending()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsTriedByTheNextOne() {
    script.outcomes.add(error());
    accept();
    queue.stop();
    store.release();
    queue = queue();
    assertThat(queue.adopt()).extracting(QueuedEvent::attempts).containsExactly(1);
    assertThat(queue.adopt()).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(script.calls).hasSize(2);
    assertThat(queue.pending()).isEmpty();
  }

  @Test
  void aCallThatEndsBecauseAllIsClosedIsTriedAgainByTheNextProcess() {
    script.outcomes.add(new InvokeOutcome.Cancelled());
    script.during =
        () -> {
          script.closing = true;
          queue.stop();
        };
    accept();
    queue.close();
    script.closing = false;
    script.during = () -> {};
    queue = queue();
    assertThat(queue.adopt()).extracting(QueuedEvent::refusals).containsExactly(0);
    assertThat(script.calls).hasSize(2);
    assertThat(queue.pending()).isEmpty();
  }

  @Test
  void aStoppedEnvironmentIsNoAttempt() {
    configure(config(0, null));
    script.outcomes.add(new InvokeOutcome.Cancelled());
    accept();
    clock.advance(Duration.ofSeconds(1));
    assertThat(body(0)).contains("Success").contains("\"approximateInvokeCount\":1");
  }

  @Test
  void canBeTriedBeforeItsTimeAndDiscarded() {
    script.outcomes.addAll(List.of(error(), error()));
    accept();
    assertThat(queue.retryNow(ID)).isTrue();
    assertThat(script.times).isEqualTo(seconds(0, 0));
    assertThat(queue.discard(ID)).isTrue();
    assertThat(queue.discard(ID)).isFalse();
    clock.advance(Duration.ofHours(1));
    assertThat(script.calls).hasSize(2);
    assertThat(store.load(ID)).isEmpty();
    assertThat(store.delivered()).isEmpty();
  }
}
