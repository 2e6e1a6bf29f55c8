package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.RuntimeFamily;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The python client against runtime-api.md 7.4 and 8 and lifecycle.md 4 and 5. */
class PythonClientTest extends RuntimeContract {
  private static final String RUNTIME = "python3.11";

  @Override
  RuntimeFamily family() {
    return RuntimeFamily.PYTHON;
  }

  private void handler(String body) throws Exception {
    file("app.py", "def handler(event, context):\n" + body.indent(4));
  }

  @Test
  void answersWithTheJsonOfTheResult() throws Exception {
    handler("return {'got': event, 'list': [1, 2.5, None, True]}");
    start(RUNTIME, "app.handler");
    var answer = invoke("{\"name\": \"Zoë\"}");
    assertThat(answer.path()).isEqualTo("/2018-06-01/runtime/invocation/" + ID + "/response");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.text())
        .isEqualTo("{\"got\": {\"name\": \"Zo\\u00eb\"}, \"list\": [1, 2.5, null, true]}");
  }

  @Test
  void doesNotEscapeNonAsciiFromPython312On() throws Exception {
    handler("return event");
    start("python3.12", "app.handler");
    assertThat(invoke("\"Zo\\u00eb\"").text()).isEqualTo("\"Zoë\"");
  }

  @Test
  void keepsDecimalsNamedTuplesAndBytesAsSimplejsonDoes() throws Exception {
    handler(
        """
        from decimal import Decimal
        from collections import namedtuple
        P = namedtuple("P", "x y")
        return {"d": Decimal("1.10"), "n": [Decimal("NaN")], "p": P(1, P(2, 3)), "b": b"abc", b"k": 1}
        """);
    start(RUNTIME, "app.handler");
    assertThat(invoke("{}").text())
        .isEqualTo(
            "{\"d\": 1.10, \"n\": [NaN], \"p\": {\"x\": 1, \"y\": {\"x\": 2, \"y\": 3}}, \"b\":"
                + " \"abc\", \"k\": 1}");
  }

  @Test
  void sendsBytesAsTheyAre() throws Exception {
    handler("return b'\\x00\\xff'");
    start(RUNTIME, "app.handler");
    var answer = invoke("{}");
    assertThat(answer.body()).containsExactly(0, 0xff);
    assertThat(answer.header("content-type")).isEqualTo("application/unknown");
  }

  @Test
  void asksForTheNextEventTogetherWithItsAnswer() throws Exception {
    handler("return event");
    start(RUNTIME, "app.handler");
    assertThat(invoke("[1]").text()).isEqualTo("[1]");
    assertThat(api.askedAhead).isTrue();
    String large = '"' + "x".repeat(3_000_000) + '"';
    assertThat(invoke(large).text()).isEqualTo(large);
    assertThat(invoke("[2]").text()).isEqualTo("[2]");
  }

  @Test
  void readsJsonOnlyForExactlyApplicationJson() throws Exception {
    handler("return str(type(event)) + ' ' + repr(event)");
    start(RUNTIME, "app.handler");
    assertThat(api.invoke(" [1] \n").text()).isEqualTo("\"<class 'list'> [1]\"");
    var plain = api.invoke("[1]", Map.of("Content-Type", "application/json; charset=utf-8"));
    assertThat(plain.text()).isEqualTo("\"<class 'bytes'> b'[1]'\"");
  }

  @Test
  void describesAnExceptionAndLogsItAsOneEvent() throws Exception {
    handler("def inner():\n    raise ValueError('bad\\nthing')\ninner()");
    RuntimeProcess process = start(RUNTIME, "app.handler");
    var answer = invoke("{}");
    assertThat(answer.path()).endsWith("/invocation/" + ID + "/error");
    assertThat(answer.header("Lambda-Runtime-Function-Error-Type")).isEqualTo("ValueError");
    String app = taskRoot.resolve("app.py").toString();
    assertThat(answer.text())
        .isEqualTo(
            ("{\"errorMessage\": \"bad\\n"
                 + "thing\", \"errorType\": \"ValueError\", \"requestId\": \"%s\", \"stackTrace\":"
                 + " [\"  File \\\"%s\\\", line 4, in handler\\n"
                 + "    inner()\\n"
                 + "\", \"  File \\\"%s\\\", line 3, in inner\\n"
                 + "    raise ValueError('bad\\\\n"
                 + "thing')\\n"
                 + "\"]}")
                .formatted(ID, app, app));
    assertThat(process.log())
        .isEqualTo(
            "[ERROR] ValueError: bad\rthing\rTraceback (most recent call last):"
                + "\r\u00a0\u00a0File \"%s\", line 4, in handler\r\u00a0\u00a0\u00a0\u00a0inner()"
                    .formatted(app)
                + "\r\u00a0\u00a0File \"%s\", line 3, in inner".formatted(app)
                + "\r\u00a0\u00a0\u00a0\u00a0raise ValueError('bad\\nthing')");
    JsonNode cause = json(answer.header("Lambda-Runtime-Function-XRay-Error-Cause"));
    assertThat(cause.at("/exceptions/0/stack/1/line").asInt()).isEqualTo(3);
    assertThat(invoke("{}").kind()).as("the process goes on").isEqualTo("error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nosuch.handler|Runtime.ImportModuleError|Unable to import module 'nosuch': No module named"
            + " 'nosuch'",
        "app.nosuch|Runtime.HandlerNotFound|Handler 'nosuch' missing on module 'app'",
        "app|Runtime.MalformedHandlerName|Bad handler 'app': not enough values to unpack (expected"
            + " 2, got 1)",
        "sys.exit|Runtime.BuiltInModuleConflict|Cannot use built-in module sys as a handler module",
        "needs.handler|Runtime.ImportModuleError|Unable to import module 'needs': No module named"
            + " 'left_pad'",
      })
  void namesTheFaultOfAHandler(String handler, String type, String message) throws Exception {
    handler("pass");
    file("needs.py", "import left_pad\n");
    RuntimeProcess process = start(RUNTIME, "app.handler", Map.of("_HANDLER", handler));
    var answer = api.answer();
    assertThat(answer.path()).isEqualTo("/2018-06-01/runtime/init/error");
    assertThat(answer.header("Lambda-Runtime-Function-Error-Type")).isEqualTo(type);
    JsonNode error = json(answer.text());
    assertThat(error.propertyNames())
        .containsExactly("errorMessage", "errorType", "requestId", "stackTrace");
    assertThat(error.path("errorType").asString()).isEqualTo(type);
    assertThat(error.path("errorMessage").asString()).isEqualTo(message);
    assertThat(error.path("requestId").asString()).isEmpty();
    assertThat(error.path("stackTrace")).isEmpty();
    assertThat(process.exitCode()).isEqualTo(1);
    assertThat(process.log())
        .isEqualTo("[ERROR] " + type + ": " + message + "\rTraceback (most recent call last):");
  }

  @Test
  void showsWhereASyntaxErrorIs() throws Exception {
    file("app.py", "def handler(event, context)\n    pass\n");
    start(RUNTIME, "app.handler");
    JsonNode error = json(api.answer().text());
    assertThat(error.path("errorType").asString()).isEqualTo("Runtime.UserCodeSyntaxError");
    assertThat(error.path("errorMessage").asString())
        .startsWith("Syntax error in module 'app': ")
        .endsWith("(app.py, line 1)");
    assertThat(error.at("/stackTrace/0").asString())
        .isEqualTo(
            "  File \"%s\" Line 1\n    def handler(event, context)\n"
                .formatted(taskRoot.resolve("app.py")));
  }

  @Test
  void reportsAnExceptionOfTheModuleWithItsOwnFrames() throws Exception {
    file("app.py", "raise KeyError('boot')\n");
    RuntimeProcess process = start(RUNTIME, "app.handler");
    JsonNode error = json(api.answer().text());
    assertThat(error.path("errorType").asString()).isEqualTo("KeyError");
    assertThat(error.path("errorMessage").asString()).isEqualTo("'boot'");
    assertThat(error.path("stackTrace").toString())
        .contains("app.py")
        .doesNotContain("hearth_python");
    assertThat(process.exitCode()).isEqualTo(1);
  }

  @Test
  void marshalFaultsAreFaultsOfTheInvocation() throws Exception {
    handler("return {1, 2}");
    start(RUNTIME, "app.handler");
    JsonNode error = json(invoke("{}").text());
    assertThat(error.path("errorType").asString()).isEqualTo("Runtime.MarshalError");
    assertThat(error.path("errorMessage").asString())
        .isEqualTo("Unable to marshal response: Object of type set is not JSON serializable");
    JsonNode broken = json(invoke("{\"a\": ").text());
    assertThat(broken.path("errorType").asString()).isEqualTo("Runtime.UnmarshalError");
    assertThat(broken.path("errorMessage").asString())
        .isEqualTo("Unable to unmarshal input: Expecting value: line 1 column 7 (char 6)");
  }

  @Test
  void reportsACircleInTheResult() throws Exception {
    handler("a = []\na.append(a)\nreturn a");
    start(RUNTIME, "app.handler");
    assertThat(json(invoke("{}").text()).path("errorMessage").asString())
        .isEqualTo("Unable to marshal response: Circular reference detected");
  }

  @Test
  void contextIsComplete() throws Exception {
    handler(
        """
        import os
        c, i, t = context.client_context, context.identity, context.get_remaining_time_in_millis()
        return [context.aws_request_id, context.function_name, context.function_version,
                context.invoked_function_arn, context.memory_limit_in_mb, context.log_group_name,
                context.log_stream_name, context.tenant_id, c.custom, c.env, c.client.app_title,
                i.cognito_identity_id, i.cognito_identity_pool_id, 0 < t <= 3000,
                os.environ["_X_AMZN_TRACE_ID"]]
        """);
    start(RUNTIME, "app.handler");
    api.send(
        ID,
        "{}",
        Map.of(
            "Lambda-Runtime-Client-Context",
                "{\"custom\":{\"a\":1},\"env\":{\"b\":2},\"client\":{\"app_title\":\"T\"}}",
            "Lambda-Runtime-Cognito-Identity",
                "{\"cognitoIdentityId\":\"i\",\"cognitoIdentityPoolId\":\"p\"}",
            "Lambda-Runtime-Aws-Tenant-Id", "blue"));
    assertThat(json(api.answer().text()))
        .isEqualTo(
            json(
                """
                ["%s", "fn", "$LATEST", "%s", "128", "/aws/lambda/fn", "2026/01/01/[$LATEST]0123456789abcdef",
                 "blue", {"a":1}, {"b":2}, "T", "i", "p", true, "%s"]
                """
                    .formatted(ID, TestRuntimeApi.ARN, TestRuntimeApi.TRACE)));
  }

  @Test
  void absentContextPartsAreNone() throws Exception {
    handler(
        "return [context.client_context, context.identity.cognito_identity_id, context.tenant_id]");
    start(RUNTIME, "app.handler");
    assertThat(invoke("{}").text()).isEqualTo("[null, null, null]");
  }

  @Test
  void printIsRawAndLoggingHasLambdasFormat() throws Exception {
    file(
        "app.py",
        """
        import logging
        logging.getLogger().warning("at import")
        def handler(event, context):
            print("a\\nb")
            logging.info("not shown")
            logging.warning("two\\nlines")
            try:
                1 / 0
            except ZeroDivisionError:
                logging.exception("it broke")
            context.log("raw\\n")
        """);
    RuntimeProcess process = start(RUNTIME, "app.handler");
    invoke("{}");
    String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    assertThat(process.log()).matches("\\[WARNING]\t" + time + "\t\tat import");
    assertThat(process.log()).isEqualTo("a");
    assertThat(process.log()).isEqualTo("b");
    assertThat(process.log()).matches("\\[WARNING]\t" + time + "\t" + ID + "\ttwo\rlines");
    assertThat(process.log())
        .matches(
            "\\[ERROR]\t"
                + time
                + "\t"
                + ID
                + "\tit broke\rTraceback [^\n]*ZeroDivisionError[^\n]*");
    assertThat(process.log()).isEqualTo("raw");
  }

  @Test
  void jsonLogFormat() throws Exception {
    file(
        "app.py",
        """
        import logging
        def handler(event, context):
            logging.getLogger("shop").info("hi", extra={"order": 7})
            logging.debug("not shown")
            raise ValueError("x")
        """);
    RuntimeProcess process =
        start(
            RUNTIME,
            "app.handler",
            Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "INFO"));
    invoke("{}");
    JsonNode line = json(process.log());
    assertThat(line.path("timestamp").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(line.path("level").asString()).isEqualTo("INFO");
    assertThat(line.path("message").asString()).isEqualTo("hi");
    assertThat(line.path("logger").asString()).isEqualTo("shop");
    assertThat(line.path("requestId").asString()).isEqualTo(ID);
    assertThat(line.path("order").asInt()).isEqualTo(7);
    JsonNode error = json(process.log());
    assertThat(error.path("level").asString()).isEqualTo("ERROR");
    assertThat(error.path("errorType").asString()).isEqualTo("ValueError");
  }

  @Test
  void sysExitInAHandlerEndsTheProcess() throws Exception {
    handler("import sys\nprint('bye', end='')\nsys.exit(3)");
    RuntimeProcess process = start(RUNTIME, "app.handler");
    api.send(ID, "{}", Map.of());
    assertThat(process.exitCode()).isEqualTo(3);
    assertThat(process.log()).isEqualTo("bye");
  }

  @Test
  void findsHandlersInPackagesAndSeesInstalledPackages() throws Exception {
    file("pkg/__init__.py", "");
    file(
        "pkg/sub.py",
        """
        import sys
        def run(event, context):
            return [__name__, any(p.endswith("-packages") for p in sys.path), sys.path[0]]
        """);
    start(RUNTIME, "pkg/sub.run");
    assertThat(invoke("{}").text()).isEqualTo("[\"pkg.sub\", true, \"" + taskRoot + "\"]");
  }

  @Test
  void runsOnEveryInterpreterOfThisMachine() throws Exception {
    handler("import json, logging\nlogging.error('x')\nreturn json.dumps(event)");
    for (Interpreter interpreter : runtimes.forFamily(family()).interpreters()) {
      String minor = interpreter.version().replaceFirst("^(\\d+\\.\\d+).*", "$1");
      try (RuntimeProcess process = start("python" + minor, "app.handler")) {
        assertThat(invoke("{\"a\":[1.5]}").text())
            .as(interpreter.toString())
            .isEqualTo("\"{\\\"a\\\": [1.5]}\"");
        assertThat(process.log()).startsWith("[ERROR]\t").endsWith("\tx");
      }
    }
  }

  @Test
  void keepsStateBetweenInvocationsAndTellsItsPhasesOnce() throws Exception {
    file("app.py", "n = 0\ndef handler(event, context):\n    global n\n    n += 1\n    return n\n");
    long before = System.nanoTime();
    start(RUNTIME, "app.handler");
    assertThat(invoke("{}").text()).isEqualTo("1");
    assertThat(invoke("{}").text()).isEqualTo("2");
    String[] phases = api.firstRequest().header("Hearth-Init-Phases").split(",");
    assertThat(phases).hasSize(3);
    long boot = Long.parseLong(phases[0]);
    assertThat(boot).isBetween(before, System.nanoTime());
    assertThat(Long.parseLong(phases[1])).isBetween(boot, Long.parseLong(phases[2]));
  }

  @Test
  void carriesLargeBodiesAndSurvivesARefusedResponse() throws Exception {
    handler("return event if isinstance(event, str) else 'ok'");
    start(RUNTIME, "app.handler");
    String large = "\"" + "x".repeat(5_000_000) + "\"";
    assertThat(invoke(large).text()).isEqualTo(large);
    api.responseStatus = 413;
    invoke(large);
    api.responseStatus = 202;
    assertThat(invoke("{}").text()).isEqualTo("\"ok\"");
  }

  @Test
  void leavesNoFilesInTheTaskRoot() throws Exception {
    file("lib_of_mine.py", "X = 1\n");
    handler("import lib_of_mine\nreturn lib_of_mine.X");
    start(RUNTIME, "app.handler");
    invoke("{}");
    assertThat(taskRoot).isDirectoryNotContaining("glob:**/__pycache__");
  }
}
