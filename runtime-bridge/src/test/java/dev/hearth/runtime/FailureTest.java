package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every failure of lifecycle.md sections 2 and 3 that a process alone can cause. */
class FailureTest extends LocalLambdaTestBase {
  private static String platform(InvokeResult result, String type, String text) {
    return "{\"errorType\":\""
        + type
        + "\",\"errorMessage\":\"RequestId: "
        + result.requestId()
        + " Error: "
        + text
        + "\"}";
  }

  /** After a failure the environment keeps its identity and folder and loses its memory. */
  private void assertReset(InvokeResult failed) {
    InvokeResult next = act("count");
    assertThat(text(next)).isEqualTo("1");
    assertThat(next.environmentId()).isEqualTo(failed.environmentId());
    assertThat(next.coldStart()).isTrue();
    assertThat(next.logTail()).doesNotContain("Init Duration");
    assertThat(next.measurements().durationNanos()).isGreaterThanOrEqualTo(next.init().total());
    assertThat(text(act("exists before"))).isEqualTo("true");
    assertThat(act("count").coldStart()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0,Runtime exited without providing a reason",
    "exit 3,Runtime exited with error: exit status 3",
    "exit 127,Runtime exited with error: exit status 127",
    "signal 9,Runtime exited with error: signal: killed",
    "signal 15,Runtime exited with error: signal: terminated",
  })
  void theProcessEnds(String word, String text) {
    deploy("init.ok");
    act("write before");
    InvokeResult result = act(word);
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.Crashed.class);
    assertThat(text(result)).isEqualTo(platform(result, "Runtime.ExitError", text));
    assertThat(result.logTail()).endsWith(" MB\tStatus: error\tError Type: Runtime.ExitError\n");
    assertReset(result);
  }

  @Test
  void aSegmentationFault() {
    deploy("init.ok");
    assertThat(text(act("signal 11")))
        .contains("Runtime exited with error: signal: segmentation fault");
  }

  @Test
  void theTimeoutKillsTheWholeGroup() throws Exception {
    deploy(configuration("init.ok").withTimeout(1));
    act("write before");
    InvokeResult result = act("child");
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.TimedOut.class);
    assertThat(text(result))
        .isEqualTo(platform(result, "Sandbox.Timedout", "Task timed out after 1.00 seconds"));
    assertThat(result.logTail())
        .endsWith(" MB\tStatus: timeout\n")
        .contains("Billed Duration: 1000 ms");
    assertThat(result.measurements().durationNanos()).isGreaterThanOrEqualTo(1_000_000_000L);
    assertThat(events.lines(result.requestId(), LogStream.STDOUT).getFirst()).startsWith("child ");
    assertThat(environmentProcesses()).isEmpty();
    assertReset(result);
  }

  @Test
  void outOfMemory() {
    deploy("init.ok");
    act("write before");
    InvokeResult result = act("keep 2000");
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.OutOfMemory.class);
    assertThat(text(result))
        .isEqualTo(
            platform(result, "Runtime.OutOfMemory", "Runtime exited with error: signal: killed"));
    assertThat(result.logTail()).endsWith("\tStatus: error\tError Type: Runtime.OutOfMemory\n");
    // Exactly the limit where the kernel enforces it, somewhat above where it is watched.
    assertThat(result.measurements().peakMemoryBytes()).isGreaterThanOrEqualTo(128L << 20);
    assertReset(result);
  }

  @Test
  void aResponseThatIsTooLargeFailsTheCallAndKeepsTheProcess() {
    deploy("init.ok");
    act("count");
    InvokeResult result = act("big 6291557");
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.FunctionError.class);
    assertThat(text(result))
        .isEqualTo(
            "{\"errorMessage\":\"Response payload size exceeded maximum allowed payload size"
                + " (6291556 bytes).\",\"errorType\":\"Function.ResponseSizeTooLarge\"}");
    assertThat(act("big 6291556").outcome().body()).hasSize(6_291_556);
    assertThat(text(act("count"))).isEqualTo("4");
  }

  @Test
  void aPostedErrorIsPassedOnAndKeepsTheProcess() {
    deploy("init.ok");
    InvokeResult result = act("error");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.FunctionError.class,
            error -> assertThat(error.errorType()).isEqualTo("ValueError"));
    assertThat(text(result))
        .isEqualTo("{\"errorMessage\":\"oh\",\"errorType\":\"ValueError\",\"stackTrace\":[]}");
    assertThat(result.logTail()).endsWith(" MB\tInit Duration: " + initMillis(result) + " ms\t\n");
    assertThat(text(act("count"))).isEqualTo("2");
  }

  private static String initMillis(InvokeResult result) {
    return "%.2f".formatted(result.init().total() / 1e6);
  }

  @Test
  void aCutResponse() {
    deploy("init.ok");
    act("write before");
    InvokeResult result = act("cut");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.Crashed.class,
            crash -> assertThat(crash.errorType()).isEqualTo("Runtime.TruncatedResponse"));
    assertReset(result);
  }

  @Test
  void anInitErrorIsTriedAgainInsideTheCallAndThenReturned() {
    deploy("init.error");
    InvokeResult result = act("count");
    assertThat(text(result))
        .isEqualTo(
            "{\"errorMessage\":\"no luck\",\"errorType\":\"Runtime.NoLuck\",\"requestId\":\"\"}");
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.FunctionError.class);
    assertThat(events.lines(null, LogStream.PLATFORM))
        .anyMatch(
            line ->
                line.matches(
                    "INIT_REPORT Init Duration: \\d+\\.\\d\\d ms\tPhase: init\tStatus: error\t"
                        + "Error Type: Runtime.NoLuck"));
    assertThat(result.logTail())
        .matches(
            "(?s).*INIT_REPORT Init Duration: \\S+ ms\tPhase: invoke\tStatus: error\t"
                + "Error Type: Runtime.NoLuck\nEND .*\tStatus: error\tError Type: Runtime.NoLuck\n")
        .doesNotContain("\tInit Duration");
    assertThat(events.all(RuntimeEvent.InitDone.class))
        .hasSize(2)
        .allMatch(done -> "Runtime.NoLuck".equals(done.errorType()));
  }

  @Test
  void anInitThatFailsOnceSucceedsInsideTheCall() {
    deploy("init.once");
    InvokeResult result = act("count");
    assertThat(text(result)).isEqualTo("1");
    assertThat(result.logTail()).doesNotContain("Init Duration").doesNotContain("Status");
    assertThat(result.measurements().durationNanos()).isGreaterThanOrEqualTo(result.init().total());
    assertThat(text(act("count"))).isEqualTo("2");
  }

  @Test
  void anInitThatExits() {
    deploy("init.exit");
    InvokeResult result = act("count");
    assertThat(text(result))
        .isEqualTo(
            platform(result, "Runtime.ExitError", "Runtime exited with error: exit status 3"));
    assertThat(events.lines(null, LogStream.STDOUT)).containsExactly("leaving early");
    assertThat(events.lines(null, LogStream.PLATFORM))
        .anyMatch(
            line -> line.endsWith("Phase: init\tStatus: error\tError Type: Runtime.ExitError"));
    assertThat(events.lines(result.requestId(), LogStream.STDOUT)).containsExactly("leaving early");
  }

  @Test
  void aProcessThatEndsWhileItWaitsForItsFirstEvent() {
    deploy(configuration("init.leave").withTimeout(30));
    for (int i = 0; i < 5; i++) {
      assertThat(text(act("count"))).contains("Runtime.ExitError", "exit status 5");
    }
  }

  @Test
  void anInitThatHangsIsRepeatedUnderTheFunctionTimeout() {
    open(options().withInitTimeout(Duration.ofMillis(200)));
    deploy(configuration("init.hang").withTimeout(1));
    InvokeResult result = act("count");
    assertThat(text(result))
        .isEqualTo(platform(result, "Sandbox.Timedout", "Task timed out after 1.00 seconds"));
    assertThat(events.lines(null, LogStream.PLATFORM))
        .anyMatch(
            line ->
                line.matches(
                    "INIT_REPORT Init Duration: \\d{3,4}\\.\\d\\d ms\tPhase: init\tStatus:"
                        + " timeout"));
    assertThat(result.logTail()).contains("\tPhase: invoke\tStatus: timeout\n");
  }

  @Test
  void aSlowInitSucceedsUnderTheFunctionTimeout() {
    open(options().withInitTimeout(Duration.ofMillis(100)));
    deploy("init.slow");
    InvokeResult result = act("count");
    assertThat(text(result)).isEqualTo("1");
    assertThat(result.measurements().durationNanos()).isGreaterThan(300_000_000L);
  }

  @Test
  void aBootstrapThatMayNotBeExecuted() throws Exception {
    Path code = Files.createDirectory(folder.resolve("code"));
    Files.writeString(code.resolve("bootstrap"), "#!/bin/sh\n");
    lambda.deploy(
        new dev.hearth.runtime.function.DeployedFunction(
            configuration("any"),
            new dev.hearth.runtime.function.CodePackage(code, "2".repeat(64)),
            "$LATEST"));
    InvokeResult result = act("count");
    assertThat(text(result))
        .isEqualTo(
            platform(
                result,
                "Runtime.InvalidEntrypoint",
                "fork/exec /var/task/bootstrap: permission denied"));
    assertThat(events.await(RuntimeEvent.EnvironmentGone.class, e -> true).reason())
        .isEqualTo(GoneReason.INIT_FAILED);
  }

  @Test
  void answeringTwiceOrForAnotherRequestIsRefused() {
    deploy("init.ok");
    assertThat(text(act("twice"))).isEqualTo("\"once\"");
    assertThat(text(act("twice"))).isEqualTo("[202,400]");
    assertThat(text(act("wrongid"))).isEqualTo("400");
  }

  @Test
  void askingForAnEventDuringOneIsRefused() {
    deploy("init.ok");
    assertThat(text(act("nextagain")))
        .isEqualTo(
            "[403,{\"errorMessage\":\"State transition from Running to Ready failed for runtime."
                + " Error: State transition is not allowed\","
                + "\"errorType\":\"InvalidStateTransition\"}\n]");
  }

  @Test
  void theCallerHasItsAnswerWhileTheRuntimeIsSlowToComeBack() {
    deploy("init.ok");
    act("count");
    AtomicLong answered = new AtomicLong();
    InvokeResult result =
        lambda.invoke(
            InvokeRequest.of("fn", "\"late 500\"".getBytes(StandardCharsets.UTF_8)),
            outcome -> answered.set(System.nanoTime()));
    assertThat(text(result)).isEqualTo("\"early\"");
    assertThat(result.measurements().endedNanos() - answered.get()).isGreaterThan(300_000_000L);
    assertThat(result.measurements().respondedNanos()).isLessThan(answered.get());
  }

  @Test
  void theDurationLastsUntilTheRuntimeIsBack() {
    deploy("init.ok");
    act("count");
    InvokeResult result = act("late 300");
    assertThat(result.measurements().durationNanos())
        .isEqualTo(result.measurements().endedNanos() - result.measurements().startedNanos())
        .isGreaterThan(300_000_000L);
    assertThat(act("count").environmentId()).isEqualTo(result.environmentId());
  }

  @Test
  void aTimeoutAfterTheAnswerResetsAndShowsInTheReport() {
    deploy(configuration("init.ok").withTimeout(1));
    act("write before");
    InvokeResult result = act("late 30000");
    assertThat(text(result)).isEqualTo("\"early\"");
    assertThat(result.logTail()).endsWith(" MB\tStatus: timeout\n");
    assertThat(result.measurements().durationNanos()).isGreaterThanOrEqualTo(1_000_000_000L);
    assertReset(result);
  }

  @Test
  void outputAfterTheAnswerBelongsToTheCall() {
    deploy("init.ok");
    InvokeResult result = act("latesay");
    events.await(RuntimeEvent.InvokeDone.class, e -> true);
    assertThat(events.lines(result.requestId(), LogStream.STDOUT))
        .containsExactly("after the answer");
  }

  @Test
  void aProcessThatEndsAfterItsAnswerIsStartedAgain() {
    deploy("init.ok");
    act("write before");
    InvokeResult result = act("latexit 128");
    assertThat(text(result)).isEqualTo("\"early\"");
    assertThat(result.logTail()).endsWith(" MB\tStatus: error\tError Type: Runtime.ExitError\n");
    assertReset(result);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void severalConnections(int rounds) {
    deploy("init.ok");
    for (int i = 0; i < rounds; i++) {
      assertThat(text(act("reconnect"))).isEqualTo("\"reconnected\"");
      assertThat(text(invoke("{\"x\":1}"))).isEqualTo("{\"x\":1}");
    }
    assertThat(events.all(RuntimeEvent.EnvironmentStarted.class)).hasSize(1);
  }

  @Test
  void chunkedResponsesAndTheirTrailers() {
    deploy("init.ok");
    assertThat(text(act("chunked"))).isEqualTo("\"chunk\r\ned\"".replace("\r\n", ""));
    InvokeResult failed = act("midfail");
    assertThat(text(failed)).isEqualTo("{\"errorMessage\":\"mid\",\"errorType\":\"errorString\"}");
    assertThat(failed.outcome()).isInstanceOf(InvokeOutcome.FunctionError.class);
  }

  @Test
  void keepsNoMoreLinesThanTheLimitAndSaysSo() {
    deploy(configuration("init.ok").withTimeout(60));
    InvokeResult result = act("spill 100");
    assertThat(text(result)).isEqualTo("\"spilled\"");
    var lines = events.lines(result.requestId(), LogStream.STDOUT);
    assertThat(lines.size()).isBetween(8_000, 10_000);
    var platform = events.lines(result.requestId(), LogStream.PLATFORM);
    assertThat(platform).hasSize(4);
    assertThat(platform.get(1))
        .isEqualTo(
            "%,d more lines not kept (a call keeps 10,000 lines or 8 MB)"
                .formatted(100_001 - lines.size()));
    assertThat(result.logTail()).contains("the end\n", "\nEND ", "\nREPORT ");
    assertThat(result.logTail().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
  }

  @Test
  void statesFollowTheLifeCycle() {
    deploy(configuration("init.ok").withTimeout(1));
    InvokeResult result = act("hang");
    act("count");
    lambda.close();
    EnvironmentState before = null;
    for (RuntimeEvent event : events.all()) {
      if (event instanceof RuntimeEvent.EnvironmentStateChanged changed) {
        assertThat(changed.environmentId()).isEqualTo(result.environmentId());
        assertThat(before == null || before.next().contains(changed.state())).isTrue();
        before = changed.state();
      }
    }
    assertThat(before).isEqualTo(EnvironmentState.SHUT_DOWN);
  }
}
