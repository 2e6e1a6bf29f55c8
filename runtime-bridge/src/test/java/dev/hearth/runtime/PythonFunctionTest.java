package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Real python functions through the whole local Lambda. */
class PythonFunctionTest extends LanguageTestBase {
  PythonFunctionTest() {
    super(RuntimeFamily.PYTHON, "python3.12", "app.handler", "app.py");
  }

  @Test
  void coldWarmAndWhatSurvives() throws IOException {
    deploy(
        """
        import os, tempfile
        count = 0
        def handler(event, context):
            global count
            count += 1
            path = os.path.join(tempfile.gettempdir(), "note")
            known = os.path.exists(path)
            open(path, "a").close()
            return {"count": count, "known": known, "event": event,
                    "id": context.aws_request_id, "arn": context.invoked_function_arn}
        """);
    InvokeResult cold = invoke("{\"a\": \"é\"}");
    assertThat(text(cold))
        .contains("\"count\": 1", "\"known\": false", cold.requestId(), ":function:fn");
    assertThat(cold.init().runtimeBoot()).isPositive();
    assertThat(cold.init().handlerImport()).isPositive();
    assertThat(cold.init().processStart() + cold.init().runtimeBoot() + cold.init().handlerImport())
        .isLessThanOrEqualTo(cold.init().total());
    assertThat(cold.measurements().peakMemoryBytes()).isBetween(4L << 20, 100L << 20);
    assertThat(text(invoke("1"))).contains("\"count\": 2", "\"known\": true");
  }

  @Test
  void anExceptionKeepsTheProcessAndReachesTheLog() throws IOException {
    deploy(
        """
        count = 0
        def handler(event, context):
            global count
            count += 1
            if event == 1:
                raise ValueError("boom")
            return count
        """);
    InvokeResult failed = invoke("1");
    assertThat(failed.outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.FunctionError.class,
            error -> assertThat(error.errorType()).isEqualTo("ValueError"));
    assertThat(text(failed))
        .startsWith("{\"errorMessage\": \"boom\", \"errorType\": \"ValueError\"");
    assertThat(failed.logTail()).contains("[ERROR] ValueError: boom");
    assertThat(text(invoke("2"))).isEqualTo("2");
  }

  @Test
  void printsOfInitAndCallsAreKeptApart() throws IOException {
    deploy(
        """
        import sys
        print("loading")
        def handler(event, context):
            print("one\\ntwo")
            print("wrong", file=sys.stderr)
        """);
    InvokeResult result = invoke("1");
    assertThat(text(result)).isEqualTo("null");
    assertThat(events.lines(null, LogStream.STDOUT)).containsExactly("loading");
    assertThat(events.lines(result.requestId(), LogStream.STDOUT)).containsExactly("one", "two");
    assertThat(events.lines(result.requestId(), LogStream.STDERR)).containsExactly("wrong");
  }

  @Test
  void anImportErrorIsReturnedAfterASecondTry() throws IOException {
    deploy("import does_not_exist\n");
    InvokeResult result = invoke("1");
    assertThat(text(result))
        .contains("Runtime.ImportModuleError", "No module named 'does_not_exist'")
        .contains("\"requestId\": \"\"");
    assertThat(result.logTail()).contains("Error Type: Runtime.ImportModuleError\n");
  }

  @Test
  void exitAndMemory() throws IOException {
    deploy(
        """
        import sys
        def handler(event, context):
            if event == "exit":
                sys.exit(5)
            if event == "eat":
                x = bytearray(300_000_000)
                return len(x) + sum(x[::4096])
            return "fine"
        """);
    assertThat(text(invoke("\"exit\""))).contains("Runtime.ExitError", "exit status 5");
    assertThat(invoke("\"eat\"").outcome()).isInstanceOf(InvokeOutcome.OutOfMemory.class);
    assertThat(text(invoke("0"))).isEqualTo("\"fine\"");
  }

  @Test
  void aLoopWithoutEndTimesOutAndItsProcessorTimeIsMeasured() throws IOException {
    deploy(
        """
        def handler(event, context):
            while event:
                pass
            return "fine"
        """,
        3);
    InvokeResult slow = invoke("1");
    assertThat(slow.outcome()).isInstanceOf(InvokeOutcome.TimedOut.class);
    assertThat(slow.measurements().cpuNanos()).isGreaterThan(100_000_000L);
    assertThat(text(invoke("0"))).isEqualTo("\"fine\"");
  }

  @Test
  void parallelCallsRunInParallel() throws Exception {
    deploy(
        """
        import time
        def handler(event, context):
            time.sleep(event)
            return context.log_stream_name
        """);
    FutureTask<InvokeResult> one = later(() -> invoke("2"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    InvokeResult two = invoke("0");
    assertThat(text(one.get())).isNotEqualTo(text(two));
  }

  @Test
  void seesNothingOfTheDevelopersEnvironment() throws IOException {
    assumeFalse(System.getenv("PATH") == null);
    deploy(
        """
        import os
        def handler(event, context):
            return sorted(os.environ)
        """);
    assertThat(text(invoke("1")))
        .contains("\"AWS_ACCESS_KEY_ID\"", "\"TMPDIR\"", "\"LAMBDA_TASK_ROOT\"", "\"PATH\"")
        .doesNotContain("JAVA_HOME", "\"USER\"", "OLDPWD");
  }

  @Test
  void anInternalExtensionIsToldOfCallsAndItsRuntimeGetsSigterm() throws IOException {
    deploy(
        """
        import http.client, json, os, signal, sys, threading
        seen = []
        def serve():
            api = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
            api.request('POST', '/2020-01-01/extension/register', json.dumps({'events': ['INVOKE']}),
                        {'Lambda-Extension-Name': 'inside'})
            answer = api.getresponse()
            answer.read()
            registered.set()
            while True:
                api.request('GET', '/2020-01-01/extension/event/next',
                            headers={'Lambda-Extension-Identifier': answer.headers['Lambda-Extension-Identifier']})
                seen.append(json.loads(api.getresponse().read())['eventType'])
        registered = threading.Event()
        threading.Thread(target=serve, daemon=True).start()
        registered.wait()
        def bye(*args):
            print('got SIGTERM', flush=True)
            os._exit(0)
        signal.signal(signal.SIGTERM, bye)
        def handler(event, context):
            return len(seen)
        """);
    invoke("{}");
    assertThat(Integer.parseInt(text(invoke("{}")))).isPositive();
    assertThat(events.lines(null, LogStream.PLATFORM))
        .contains("EXTENSION\tName: inside\tState: Ready\tEvents: [INVOKE]");
    lambda.close();
    assertThat(events.lines(null, LogStream.STDOUT)).contains("got SIGTERM");
  }

  @Test
  void theMetadataEndpointTellsTheZoneToWhoHasTheToken() throws IOException {
    deploy(
        """
        import os, urllib.request, urllib.error
        def ask(headers):
            url = 'http://%s/2026-01-15/metadata/execution-environment' % os.environ['AWS_LAMBDA_METADATA_API']
            try:
                with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
                    return answer.read().decode().strip()
            except urllib.error.HTTPError as e:
                return e.code
        def handler(event, context):
            return [ask({}), ask({'Authorization': 'Bearer ' + os.environ['AWS_LAMBDA_METADATA_TOKEN']})]
        """);
    assertThat(text(invoke("{}")))
        .isEqualTo("[401, \"{\\\"AvailabilityZoneID\\\":\\\"use1-az1\\\"}\"]");
  }
}
