package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.function.SnapStart;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * SnapStart without snapshots: the hooks run, the report tells the restore (newer.md section 2).
 */
class SnapStartTest extends LanguageTestBase {
  SnapStartTest() {
    super(RuntimeFamily.PYTHON, "python3.12", "app.handler", "app.py");
  }

  private InvokeResult call(String version, String source) throws IOException {
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.writeString(code.resolve("app.py"), source);
    FunctionConfiguration configuration =
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse("python3.12"), "app.handler")
            .withMemorySize(256)
            .withTimeout(60)
            .withSnapStart(SnapStart.PUBLISHED_VERSIONS);
    DeployedFunction function =
        new DeployedFunction(configuration, new CodePackage(code, "0".repeat(64)), version);
    lambda.deploy(function);
    return lambda.invoke(
        InvokeRequest.of(function.qualifiedName(), "{}".getBytes(StandardCharsets.UTF_8)));
  }

  private static final String HOOKS =
      """
      import os, time, urllib.request
      from snapshot_restore_py import register_before_snapshot, register_after_restore
      seen = []
      register_before_snapshot(seen.append, 'before 1')
      register_before_snapshot(seen.append, 'before 2')
      register_after_restore(seen.append, 'after 1')
      register_after_restore(seen.append, 'after 2')
      register_after_restore(time.sleep, 0.05)
      """;

  @Test
  void hooksRunInTheirOrderAndTheReportTellsTheRestore() throws IOException {
    InvokeResult result = call("7", HOOKS + "def handler(e, c): return seen\n");
    assertThat(text(result)).isEqualTo("[\"before 2\", \"before 1\", \"after 1\", \"after 2\"]");
    assertThat(result.logTail())
        .containsPattern(
            "Max Memory Used: \\d+ MB\tRestore Duration: \\d+\\.\\d\\d ms\t"
                + "Billed Restore Duration: \\d+ ms\t\n")
        .doesNotContain("Init Duration");
    assertThat(result.measurements().billedMillis())
        .isGreaterThanOrEqualTo(50 + result.measurements().durationNanos() / 1_000_000);
    assertThat(events.lines(null, LogStream.PLATFORM))
        .anyMatch(line -> line.startsWith("INIT_REPORT Init Duration: "))
        .anyMatch(line -> line.startsWith("RESTORE_START Runtime Version: python:"));
  }

  @Test
  void credentialsComeByRequestAndThereIsNoLogStream() throws IOException {
    InvokeResult result =
        call(
            "7",
            HOOKS
                + """
                def handler(e, c):
                    ask = lambda token: urllib.request.urlopen(urllib.request.Request(
                        os.environ['AWS_CONTAINER_CREDENTIALS_FULL_URI'], headers={'Authorization': token}))
                    try:
                        ask('wrong')
                    except urllib.error.HTTPError as error:
                        refused = error.code
                    import json
                    got = json.load(ask(os.environ['AWS_CONTAINER_AUTHORIZATION_TOKEN']))
                    return [refused, sorted(got), os.environ['AWS_LAMBDA_INITIALIZATION_TYPE'],
                            'AWS_ACCESS_KEY_ID' in os.environ, 'AWS_LAMBDA_LOG_STREAM_NAME' in os.environ]
                """);
    assertThat(text(result))
        .isEqualTo(
            "[404, [\"AccessKeyId\", \"Expiration\", \"SecretAccessKey\", \"Token\"],"
                + " \"snap-start\", false, false]");
  }

  @Test
  void aRestoreThatTakesTooLongIsBrokenOff() throws IOException {
    restart(Duration.ofSeconds(2));
    InvokeResult result =
        call(
            "7",
            HOOKS
                + "register_after_restore(time.sleep, 600)\n"
                + "time.sleep(0.1)\n"
                + "def handler(e, c): return 1\n");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.RestoreFailed.class,
            failed ->
                assertThat(failed.errorType()).isEqualTo(InvokeOutcome.RestoreFailed.TIMEOUT));
    assertThat(result.logTail()).isEmpty();
    assertThat(events.lines(null, LogStream.PLATFORM))
        .anyMatch(line -> line.matches("INIT_REPORT Init Duration: [\\d.]+ ms\tPhase: init\t"))
        .anyMatch(
            line -> line.matches("RESTORE_REPORT Restore Duration: [\\d.]+ ms\tStatus: timeout"))
        .noneMatch(line -> line.startsWith("START"));
    assertThat(text(call("8", HOOKS + "def handler(e, c): return 1\n"))).isEqualTo("1");
  }

  /** With another limit for init and restore. */
  private void restart(Duration limit) {
    lambda.close();
    lambda =
        LocalLambda.open(
            LocalLambdaOptions.of(folder.resolve("scratch"), cache).withInitTimeout(limit));
    lambda.subscribe(events);
  }

  @Test
  void aFailingHookIsTheRestoresOrTheInitsFailure() throws IOException {
    String after =
        """
        from snapshot_restore_py import register_after_restore
        def bad(): raise ValueError('stale')
        register_after_restore(bad)
        def handler(e, c): return 1
        """;
    InvokeResult failed = call("7", after);
    assertThat(failed.outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.RestoreFailed.class,
            outcome ->
                assertThat(outcome.errorType()).isEqualTo(InvokeOutcome.RestoreFailed.ERROR));
    assertThat(text(failed))
        .contains("\"Runtime.AfterRestoreError\"", "\"errorMessage\": \"stale\"");
    assertThat(events.lines(null, LogStream.PLATFORM))
        .anyMatch(
            line ->
                line.startsWith("RESTORE_REPORT Restore Duration: ")
                    && line.endsWith("Status: error\tError Type: Runtime.AfterRestoreError"));
    assertThat(text(call("8", after.replace("after_restore", "before_snapshot"))))
        .contains("\"Runtime.BeforeSnapshotError\"");
  }

  @Test
  void theLatestVersionIsStartedOnDemand() throws IOException {
    InvokeResult result =
        call(
            DeployedFunction.LATEST,
            "import os\ndef handler(e, c): return os.environ['AWS_LAMBDA_INITIALIZATION_TYPE']\n");
    assertThat(text(result)).isEqualTo("\"on-demand\"");
    assertThat(result.logTail()).contains("Init Duration");
  }
}
