package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** External and internal extensions as real processes (runtime-api.md section 4). */
class ExtensionTest extends ExtensionTestBase {
  @Test
  void isToldOfCallsAndOfTheEnd() throws IOException {
    extension(
        "watcher",
        """
        print('hello from outside', flush=True)
        note(str(register('INVOKE', 'SHUTDOWN')))
        while True:
            event = next_event()
            note(' '.join([event['eventType'], event.get('requestId', ''),
                           event.get('invokedFunctionArn', ''), event.get('shutdownReason', ''),
                           event.get('tracing', {}).get('type', '')]))
            if event['eventType'] == 'SHUTDOWN':
                note('deadline in %s' % (0 < event['deadlineMs'] - time.time() * 1000 <= 2000))
                break
        """);
    deployExtended(30);
    InvokeResult result = act("count");
    assertThat(text(result)).isEqualTo("1");
    assertThat(events.lines(null, LogStream.PLATFORM))
        .contains("EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE, SHUTDOWN]");
    assertThat(events.lines(null, LogStream.EXTENSION)).containsExactly("hello from outside");
    lambda.close();
    assertThat(noted())
        .containsExactly(
            "(200,"
                + " '{\"functionName\":\"fn\",\"functionVersion\":\"$LATEST\",\"handler\":\"init.ok\"}\\n"
                + "')",
            "INVOKE "
                + result.requestId()
                + " arn:aws:lambda:us-east-1:000000000000:function:fn  X-Amzn-Trace-Id",
            "SHUTDOWN   spindown ",
            "deadline in True");
  }

  @Test
  void theCallLastsUntilTheExtensionIsBackAndTheCallerDoesNotWait() throws IOException {
    extension(
        "slow",
        """
        register('INVOKE')
        while True:
            next_event()
            time.sleep(2)
        """);
    deployExtended(30);
    act("count");
    AtomicLong answered = new AtomicLong();
    InvokeResult result =
        lambda.invoke(
            InvokeRequest.of("fn", "\"count\"".getBytes(StandardCharsets.UTF_8)),
            outcome -> answered.set(System.nanoTime()));
    assertThat(result.measurements().durationNanos()).isGreaterThan(2_000_000_000L);
    assertThat(result.measurements().endedNanos() - answered.get()).isGreaterThan(200_000_000L);
  }

  @Test
  void itsVariablesAreTheFunctionsWithoutTheRuntimes() throws IOException {
    extension(
        "env",
        """
        note(','.join(sorted(n for n in os.environ if n in (
            'NOTES', 'AWS_REGION', 'AWS_LAMBDA_FUNCTION_NAME', '_HANDLER', 'LAMBDA_TASK_ROOT',
            'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_XRAY_CONTEXT_MISSING'))))
        register('INVOKE')
        while True: next_event()
        """);
    deployExtended(30);
    act("count");
    assertThat(noted()).containsExactly("AWS_LAMBDA_FUNCTION_NAME,AWS_REGION,NOTES");
  }

  @ParameterizedTest
  @CsvSource({
    "sys.exit(7),Extension.Crash,exit status 7",
    "os.kill(os.getpid(); 9),Extension.Crash,signal: killed",
    "sys.exit(0),Extension.Crash,exit code 0",
    "fail('exit'); sys.exit(1),Extension.ExitError,exit status 1",
  })
  void itsEndDuringACallIsTheCallsFailure(String end, String type, String text) throws IOException {
    extension(
        "mortal",
        """
        register('INVOKE')
        next_event()
        if os.path.exists(os.environ['NOTES']):
            while True: next_event()
        note('dying')
        """
            + end.replace("(os.getpid(); 9)", "(os.getpid(), 9)"));
    deployExtended(30);
    InvokeResult result = act("sleep 4000");
    assertThat(text(result))
        .isEqualTo(
            "{\"errorType\":\"%s\",\"errorMessage\":\"RequestId: %s Error: %s\"}"
                .formatted(type, result.requestId(), text));
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.Crashed.class);
    assertThat(result.logTail()).endsWith("\tStatus: error\tError Type: " + type + "\n");
    InvokeResult next = act("count");
    assertThat(text(next)).isEqualTo("1");
    assertThat(next.environmentId()).isEqualTo(result.environmentId());
    assertThat(next.logTail()).doesNotContain("Init Duration");
  }

  @ParameterizedTest
  @CsvSource({
    "'register(); fail(\"init\"); sys.exit(2)',Extension.InitError,InitError,exit status 2",
    "sys.exit(3),Extension.Crash,Started,exit status 3",
    "register(); sys.exit(4),Extension.Crash,Registered,exit status 4",
  })
  void itsEndDuringInitFailsTheInitTwice(String end, String type, String state, String text)
      throws IOException {
    extension("mortal", end);
    deployExtended(30);
    InvokeResult result = act("count");
    assertThat(text(result)).contains("\"" + type + "\"", "Error: " + text);
    assertThat(events.lines(null, LogStream.PLATFORM))
        .anyMatch(line -> line.startsWith("EXTENSION\tName: mortal\tState: " + state))
        .anyMatch(line -> line.endsWith("\tPhase: init\tStatus: error\tError Type: " + type));
    assertThat(result.logTail()).contains("\tPhase: invoke\tStatus: error\tError Type: " + type);
  }

  @Test
  void oneThatMayNotBeExecutedIsALaunchError() throws IOException {
    assertThat(extension("locked", "").toFile().setExecutable(false)).isTrue();
    deployExtended(30);
    InvokeResult result = act("count");
    assertThat(text(result))
        .contains(
            "\"Extension.LaunchError\"", "fork/exec /opt/extensions/locked: permission denied");
    assertThat(events.lines(null, LogStream.PLATFORM))
        .contains(
            "EXTENSION\tName: locked\tState: LaunchError\tEvents: []\tError Type:"
                + " PermissionDenied");
  }

  @Test
  void aShellScriptCanBeOneWhereEnvironmentsHaveAViewOfTheirOwn() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
    lambda.close();
    lambda = TestLambda.open(options());
    lambda.subscribe(events);
    String means = lambda.sandboxDescription();
    assumeTrue(means.matches("(?s).*(namespaces|bubblewrap).*"), "no view of its own: " + means);
    Path file = opt.resolve("extensions").resolve("shell");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        #!/bin/bash
        exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/://}
        B=/2020-01-01/extension
        printf 'POST %s/register HTTP/1.1\\r\\nHost: localhost\\r\\nLambda-Extension-Name: shell\\r\\n' $B >&3
        printf 'Content-Length: 21\\r\\n\\r\\n{"events":["INVOKE"]}' >&3
        while IFS= read -r line <&3 && [ "$line" != $'\\r' ]; do
          case $line in Lambda-Extension-Identifier*) ID=${line%$'\\r'};; esac
        done
        read -r body <&3
        echo "registered in $(echo /opt/extensions/*)"
        while true; do
          printf 'GET %s/event/next HTTP/1.1\\r\\nHost: localhost\\r\\n%s\\r\\n\\r\\n' $B "$ID" >&3
          while IFS= read -r line <&3 && [ "$line" != $'\\r' ]; do :; done
          read -r body <&3 || exit
        done
        """);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    deployExtended(30);
    assertThat(text(act("count"))).isEqualTo("1");
    assertThat(text(act("count"))).isEqualTo("2");
    assertThat(events.lines(null, LogStream.EXTENSION))
        .singleElement()
        .asString()
        .endsWith("/extensions/shell");
  }

  @Test
  void theKillSwitchTurnsThemOff() throws IOException {
    extension("mortal", "sys.exit(1)");
    Files.createFile(opt.resolve("disable-extensions-jwigqn8j"));
    deployExtended(30);
    assertThat(text(act("count"))).isEqualTo("1");
  }

  @Test
  void aTimeoutTellsTheReasonAndTheNextCallStartsThemAgain() throws IOException {
    extension(
        "watcher",
        """
        register('INVOKE', 'SHUTDOWN')
        note('started')
        while True:
            event = next_event()
            if event['eventType'] == 'SHUTDOWN':
                note(event['shutdownReason'])
                break
        """);
    deployExtended(3);
    AtomicLong answered = new AtomicLong();
    InvokeResult result =
        lambda.invoke(
            InvokeRequest.of("fn", "\"hang\"".getBytes(StandardCharsets.UTF_8)),
            outcome -> answered.set(System.nanoTime()));
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.TimedOut.class);
    assertThat(noted()).containsExactly("started", "timeout");
    assertThat(text(act("count"))).isEqualTo("1");
    assertThat(noted()).containsExactly("started", "timeout", "started");
  }

  @Test
  void anExtensionThatTakesTooLongTimesTheCallOutAfterItsAnswer() throws IOException {
    extension(
        "stuck",
        """
        register('INVOKE')
        next_event()
        if not os.path.exists(os.environ['NOTES']):
            note('stuck')
            time.sleep(60)
        while True: next_event()
        """);
    deployExtended(3);
    InvokeResult result = act("count");
    assertThat(text(result)).isEqualTo("1");
    assertThat(result.logTail()).endsWith("\tStatus: timeout\n");
    assertThat(text(act("count"))).isEqualTo("1");
    assertThat(events.all(RuntimeEvent.EnvironmentStarted.class)).hasSize(1);
  }
}
