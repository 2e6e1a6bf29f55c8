package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every failure of lifecycle.md sections 2 to 4 in python and node: payload, log, the end of the
 * REPORT line, and whether memory is kept.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class FailureContractTest {
  @TempDir static Path cache;
  @TempDir Path folder;
  private final EventRecorder events = new EventRecorder();
  private LocalLambda lambda;

  /** What becomes of the environment's memory. */
  enum After {
    /** The process goes on. */
    KEPT,
    /** A new process starts inside the next call, in the same environment. */
    RESET
  }

  /**
   * One rule.
   *
   * @param name the rule in words, with its section
   * @param payload a regular expression; {@code <id>} stands for the request id
   * @param log a regular expression that one line of the function's output fits; null for none
   * @param tail what ends the REPORT line after the memory
   */
  record Rule(
      String name,
      RuntimeFamily family,
      String handler,
      String source,
      String payload,
      String log,
      String tail,
      After after) {
    @Override
    public String toString() {
      return family.displayName() + ": " + name;
    }
  }

  private static final String COUNT = "count = 0\ndef handler(event, context):\n    ";
  private static final String NODE = "let count = 0;\nexports.handler = async (event) => {\n  ";
  private static final String EXIT = "Status: error\tError Type: Runtime.ExitError";
  private static final String NONE = "";

  private static Rule python(
      String name, String body, String payload, String log, String tail, After after) {
    String source =
        "import os, sys, time\n"
            + COUNT
            + "global count\n    count += 1\n    if event == 'count': return count\n    "
            + body
            + "\n";
    return new Rule(name, RuntimeFamily.PYTHON, "app.handler", source, payload, log, tail, after);
  }

  private static Rule pythonInit(
      String name, String source, String handler, String payload, String type) {
    return new Rule(
        name,
        RuntimeFamily.PYTHON,
        handler,
        source,
        payload,
        null,
        "Status: error\tError Type: " + type,
        null);
  }

  private static Rule node(
      String name, String body, String payload, String log, String tail, After after) {
    String source = NODE + "count++;\n  if (event === 'count') return count;\n  " + body + "\n};\n";
    return new Rule(name, RuntimeFamily.NODEJS, "index.handler", source, payload, log, tail, after);
  }

  private static Rule nodeInit(
      String name, String source, String handler, String payload, String type) {
    return new Rule(
        name,
        RuntimeFamily.NODEJS,
        handler,
        source,
        payload,
        null,
        "Status: error\tError Type: " + type,
        null);
  }

  private static String platform(String type, String text) {
    return "\\{\"errorType\":\""
        + type
        + "\",\"errorMessage\":\"RequestId: <id> Error: "
        + text
        + "\"}";
  }

  static Stream<Rule> rules() {
    return Stream.concat(pythonRules(), nodeRules());
  }

  private static Stream<Rule> pythonRules() {
    return Stream.of(
        python(
            "a raised error keeps the environment (3, 4)",
            "raise ValueError('oh')",
            "\\{\"errorMessage\": \"oh\", \"errorType\": \"ValueError\", \"requestId\": \"<id>\","
                + " \"stackTrace\": \\[\"  File .*app.py\\\\\", line \\d+, in handler\\\\n.*\"]}",
            "\\[ERROR] ValueError: oh\\rTraceback \\(most recent call last\\):\\r.*",
            NONE,
            After.KEPT),
        python(
            "a result that can't be serialised is a MarshalError (4)",
            "return {1, 2}",
            ".*\"errorMessage\": \"Unable to marshal response: Object of type set is not JSON"
                + " serializable\", \"errorType\": \"Runtime.MarshalError\".*",
            "\\[ERROR] Runtime.MarshalError: .*",
            NONE,
            After.KEPT),
        python(
            "a timeout kills and resets (3)",
            "time.sleep(30)",
            platform("Sandbox.Timedout", "Task timed out after 1.00 seconds"),
            null,
            "Status: timeout",
            After.RESET),
        python(
            "sys.exit ends without a reason (3)",
            "sys.exit(0)",
            platform("Runtime.ExitError", "Runtime exited without providing a reason"),
            null,
            EXIT,
            After.RESET),
        python(
            "another exit status is named (3)",
            "os._exit(42)",
            platform("Runtime.ExitError", "Runtime exited with error: exit status 42"),
            null,
            EXIT,
            After.RESET),
        python(
            "a signal is named as Go names it (3)",
            "os.kill(os.getpid(), 11)",
            platform(
                "Runtime.ExitError",
                "Runtime exited with error: signal: segmentation fault( \\(core dumped\\))?"),
            null,
            EXIT,
            After.RESET),
        python(
            "out of memory is the kill and its own type (3)",
            "x = bytearray(400 << 20); time.sleep(5)",
            platform("Runtime.OutOfMemory", "Runtime exited with error: signal: killed"),
            null,
            "Status: error\tError Type: Runtime.OutOfMemory",
            After.RESET),
        python(
            "a response that is too large keeps the environment (3)",
            "return 'x' * 6291557",
            "\\{\"errorMessage\":\"Response payload size exceeded maximum allowed payload size"
                + " \\(6291556 bytes\\).\",\"errorType\":\"Function.ResponseSizeTooLarge\"}",
            null,
            NONE,
            After.KEPT),
        pythonInit(
            "an import that fails (2, 4)",
            "import nowhere\ndef handler(e, c): pass\n",
            "app.handler",
            ".*\"errorMessage\": \"Unable to import module 'app': No module named 'nowhere'\","
                + " \"errorType\": \"Runtime.ImportModuleError\", \"requestId\": \"\".*",
            "Runtime.ImportModuleError"),
        pythonInit(
            "a syntax error (4)",
            "def handler(e, c) return 1\n",
            "app.handler",
            ".*\"errorMessage\": \"Syntax error in module 'app':"
                + " .*\"Runtime.UserCodeSyntaxError\".*",
            "Runtime.UserCodeSyntaxError"),
        pythonInit(
            "a handler that is missing (4)",
            "def other(e, c): pass\n",
            "app.handler",
            ".*\"Handler 'handler' missing on module 'app'\", \"errorType\":"
                + " \"Runtime.HandlerNotFound\".*",
            "Runtime.HandlerNotFound"),
        pythonInit(
            "an error while the module loads has an empty request id (2)",
            "raise KeyError('boom')\n",
            "app.handler",
            ".*\"errorType\": \"KeyError\", \"requestId\": \"\".*",
            "Runtime.Unknown"),
        pythonInit(
            "an exit while the module loads (2)",
            "import os\nos._exit(9)\n",
            "app.handler",
            platform("Runtime.ExitError", "Runtime exited with error: exit status 9"),
            "Runtime.ExitError"));
  }

  private static Stream<Rule> nodeRules() {
    return Stream.of(
        node(
            "a thrown error keeps the environment (3, 4)",
            "throw new TypeError('oh');",
            "\\{\"errorType\":\"TypeError\",\"errorMessage\":\"oh\",\"trace\":\\[\"TypeError:"
                + " oh\".*]}",
            ".*\\tERROR\\tInvoke Error \\t\\{\"errorType\":\"TypeError\",\"errorMessage\":\"oh\".*",
            NONE,
            After.KEPT),
        node(
            "what is no error has its type and text (4)",
            "throw 'plain';",
            "\\{\"errorType\":\"string\",\"errorMessage\":\"plain\",\"trace\":\\[]}",
            null,
            NONE,
            After.KEPT),
        node(
            "a timeout kills and resets (3)",
            "await new Promise((r) => setTimeout(r, 30000));",
            platform("Sandbox.Timedout", "Task timed out after 1.00 seconds"),
            null,
            "Status: timeout",
            After.RESET),
        node(
            "process.exit ends without a reason (3)",
            "process.exit(0);",
            platform("Runtime.ExitError", "Runtime exited without providing a reason"),
            null,
            EXIT,
            After.RESET),
        node(
            "a promise that is never settled (3)",
            "await new Promise(() => {});",
            ".*\"errorType\":\"Runtime.NodeJsExit\".*",
            null,
            NONE,
            After.KEPT),
        node(
            "an uncaught error is posted, then the process exits (runtime-api 2.7)",
            "setTimeout(() => { throw new Error('late'); }, 5); await new Promise((r) =>"
                + " setTimeout(r, 500));",
            "\\{\"errorType\":\"Error\",\"errorMessage\":\"late\".*",
            ".*\\tERROR\\tUncaught Exception \\t.*",
            EXIT,
            After.RESET),
        nodeInit(
            "an import that fails (2, 4)",
            "require('nowhere');",
            "index.handler",
            ".*\"errorType\":\"Runtime.ImportModuleError\",\"errorMessage\":\"Error: Cannot find"
                + " module 'nowhere'\\\\nRequire stack:\\\\n- .*",
            "Runtime.ImportModuleError"),
        nodeInit(
            "a syntax error (4)",
            "exports.handler = (",
            "index.handler",
            ".*\"errorType\":\"Runtime.UserCodeSyntaxError\".*",
            "Runtime.UserCodeSyntaxError"),
        nodeInit(
            "a handler that is missing (4)",
            "exports.other = 1;",
            "index.handler",
            ".*\"errorType\":\"Runtime.HandlerNotFound\",\"errorMessage\":\"index.handler is"
                + " undefined or not exported\".*",
            "Runtime.HandlerNotFound"),
        nodeInit(
            "a handler that is no function (4)",
            "exports.handler = 1;",
            "index.handler",
            ".*\"errorMessage\":\"index.handler is not a function\".*",
            "Runtime.HandlerNotFound"));
  }

  @BeforeEach
  void open() {
    lambda = LocalLambda.open(LocalLambdaOptions.of(folder.resolve("scratch"), cache));
    lambda.subscribe(events);
  }

  @AfterEach
  void close() {
    lambda.close();
  }

  private InvokeResult call(String event) {
    return lambda.invoke(InvokeRequest.of("fn", event.getBytes(StandardCharsets.UTF_8)));
  }

  private void deploy(Rule rule) throws IOException {
    Path code = Files.createDirectories(folder.resolve("code"));
    boolean python = rule.family() == RuntimeFamily.PYTHON;
    Files.writeString(code.resolve(python ? "app.py" : "index.js"), rule.source());
    FunctionConfiguration configuration =
        FunctionConfiguration.of(
                "fn", RuntimeIdentifier.parse(python ? "python3.11" : "nodejs20.x"), rule.handler())
            .withMemorySize(256)
            .withTimeout(rule.tail().equals("Status: timeout") ? 1 : 20);
    lambda.deploy(
        new DeployedFunction(
            configuration, new CodePackage(code, "0".repeat(64)), DeployedFunction.LATEST));
  }

  private static String text(InvokeResult result) {
    return new String(result.outcome().body(), StandardCharsets.UTF_8);
  }

  /** On a busy machine a process can end by itself before anybody has looked at its memory. */
  private static String memory(Rule rule) {
    String measured = "Max Memory Used: \\d+ MB\t";
    return rule.tail().endsWith("Runtime.ExitError") ? "(" + measured + ")?" : measured;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isKept(Rule rule) throws IOException {
    assumeTrue(lambda.interpreters().stream().anyMatch(i -> i.family() == rule.family()));
    deploy(rule);
    if (rule.after() != null) {
      assertThat(text(call("\"count\""))).isEqualTo("1");
    }
    InvokeResult failed = call("\"fail\"");
    assertThat(text(failed)).matches("(?s)" + rule.payload().replace("<id>", failed.requestId()));
    assertThat(failed.logTail())
        .contains("START RequestId: " + failed.requestId() + " Version: $LATEST\n")
        .contains("END RequestId: " + failed.requestId() + "\n")
        .matches("(?s).*Memory Size: 256 MB\t" + memory(rule) + rule.tail() + "\n");
    if (rule.log() != null) {
      assertThat(events.lines(failed.requestId(), LogStream.STDOUT))
          .anyMatch(line -> line.matches("(?s)" + rule.log()));
    }
    if (rule.after() == null) {
      assertThat(events.lines(null, LogStream.PLATFORM))
          .anyMatch(line -> line.matches("INIT_REPORT .*\tPhase: init\t" + rule.tail()));
      assertThat(failed.logTail()).contains("\tPhase: invoke\t" + rule.tail() + "\n");
      return;
    }
    InvokeResult next = call("\"count\"");
    assertThat(next.environmentId()).isEqualTo(failed.environmentId());
    assertThat(text(next)).isEqualTo(rule.after() == After.KEPT ? "3" : "1");
    assertThat(next.logTail()).doesNotContain("Init Duration");
  }
}
