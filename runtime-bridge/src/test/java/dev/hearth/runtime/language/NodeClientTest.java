package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.RuntimeFamily;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The node client against runtime-api.md 3, 7.4 and 8 and lifecycle.md 4 and 5. */
class NodeClientTest extends RuntimeContract {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Override
  RuntimeFamily family() {
    return RuntimeFamily.NODEJS;
  }

  private void handler(String body) throws Exception {
    file("index.js", "exports.handler = async (event, context) => {\n" + body + "\n};\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
  void answersWithTheJsonOfTheResult(String runtime) throws Exception {
    handler("return {got: event, u: undefined, d: new Date(0)};");
    start(runtime, "index.handler");
    var answer = invoke("{\"name\":\"Zoë\"}");
    assertThat(answer.path()).isEqualTo("/2018-06-01/runtime/invocation/" + ID + "/response");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.text())
        .isEqualTo("{\"got\":{\"name\":\"Zoë\"},\"d\":\"1970-01-01T00:00:00.000Z\"}");
    assertThat(invoke("2").text()).contains("\"got\":2");
  }

  @Test
  void describesAnErrorAndLogsItAsOneEvent() throws Exception {
    handler("const e = new TypeError('bad\\u007f');\ne.extra = 7;\nthrow e;");
    RuntimeProcess process = start("nodejs22.x", "index.handler");
    var answer = invoke("{}");
    assertThat(answer.path()).endsWith("/invocation/" + ID + "/error");
    assertThat(answer.header("Lambda-Runtime-Function-Error-Type")).isEqualTo("TypeError");
    JsonNode error = json(answer.text());
    assertThat(error.propertyNames()).containsExactly("errorType", "errorMessage", "trace");
    assertThat(error.path("errorType").asString()).isEqualTo("TypeError");
    assertThat(error.path("errorMessage").asString()).isEqualTo("bad%7F");
    assertThat(error.at("/trace/0").asString()).isEqualTo("TypeError: bad%7F");
    assertThat(error.at("/trace/1").asString())
        .isEqualTo("    at exports.handler (%s:2:11)".formatted(taskRoot.resolve("index.js")));
    JsonNode cause = json(answer.header("Lambda-Runtime-Function-XRay-Error-Cause"));
    assertThat(cause.at("/exceptions/0/stack/0/line").asInt()).isEqualTo(2);
    String line = process.log();
    String start = "\t" + ID + "\tERROR\tInvoke Error \t";
    assertThat(line).contains(start);
    JsonNode logged = json(line.substring(line.indexOf(start) + start.length()));
    assertThat(logged.propertyNames())
        .containsExactly("errorType", "errorMessage", "extra", "stack");
    assertThat(invoke("{}").kind()).as("the process goes on").isEqualTo("error");
  }

  @Test
  void describesAThrownValueThatIsNoError() throws Exception {
    handler("throw 'text';");
    start("nodejs22.x", "index.handler");
    assertThat(invoke("{}").text())
        .isEqualTo("{\"errorType\":\"string\",\"errorMessage\":\"text\",\"trace\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nosuch.handler|Runtime.ImportModuleError|Error: Cannot find module 'nosuch'\\n"
            + "Require stack:\\n"
            + "- ",
        "index.nosuch|Runtime.HandlerNotFound|index.nosuch is undefined or not exported",
        "index.value|Runtime.HandlerNotFound|index.value is not a function",
        "index|Runtime.MalformedHandlerName|Bad handler",
        "../index.handler|Runtime.MalformedHandlerName|'../index.handler' is not a valid handler"
            + " name. Use absolute paths when specifying root directories in handler names.",
        "broken.handler|Runtime.UserCodeSyntaxError|SyntaxError: Unexpected token '}'",
        "thrower.handler|RangeError|too far",
      })
  void namesTheFaultOfAHandler(String handler, String type, String message) throws Exception {
    file("index.js", "exports.value = 1;\n");
    file("broken.js", "exports.handler = () => { return (};\n");
    file("thrower.js", "throw new RangeError('too far');\n");
    for (String runtime : new String[] {"nodejs22.x", "nodejs24.x"}) {
      boolean three = runtime.equals("nodejs22.x");
      RuntimeProcess process = start(runtime, "index.handler", Map.of("_HANDLER", handler));
      var answer = api.answer();
      assertThat(answer.path()).isEqualTo("/2018-06-01/runtime/init/error");
      assertThat(answer.header("Lambda-Runtime-Function-Error-Type")).isEqualTo(type);
      assertThat(answer.header("Hearth-Init-Phases")).matches("\\d+,\\d+,\\d+");
      JsonNode error = json(answer.text());
      assertThat(error.path("errorType").asString()).isEqualTo(type);
      assertThat(error.path("errorMessage").asString()).startsWith(message.replace("\\n", "\n"));
      assertThat(process.exitCode()).isEqualTo(three ? 129 : 1);
      String title = three ? "undefined\tERROR\tUncaught Exception \t" : "-\tERROR\tInit Error \t";
      assertThat(process.log()).matches(TIME + "\t" + title + "\\{.*}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "commonjs.js, , exports.handler = async () => 'ok'",
    "commonjs.cjs, , exports.handler = async () => 'ok'",
    "module.mjs, , export const handler = async () => 'ok'",
    "module.js, module, export const handler = async () => 'ok'",
    "commonjs.js, commonjs, module.exports = {handler: async () => 'ok'}",
  })
  void loadsEveryKindOfModule(String name, String packageType, String source) throws Exception {
    file("dir/" + name, source);
    if (packageType != null) {
      file("package.json", "{\"type\":\"" + packageType + "\"}");
    }
    for (String runtime : new String[] {"nodejs22.x", "nodejs24.x"}) {
      try (RuntimeProcess process =
          start(runtime, "dir/" + name.replaceFirst("\\..*", "") + ".handler")) {
        assertThat(invoke("{}").text()).as(runtime).isEqualTo("\"ok\"");
      }
    }
  }

  @Test
  void findsNestedExportsAndPackages() throws Exception {
    file("node_modules/dep/index.js", "exports.api = {deep: {run: async () => require('other')}};");
    file("node_modules/other.js", "module.exports = 'found';");
    start("nodejs22.x", "dep.api.deep.run");
    assertThat(invoke("{}").text()).isEqualTo("\"found\"");
  }

  @Test
  void callbackWaitsForTheEventLoopUnlessToldNotTo() throws Exception {
    file(
        "index.js",
        """
        let fired = 0;
        exports.handler = (event, context, callback) => {
          context.callbackWaitsForEmptyEventLoop = event.wait;
          setTimeout(() => fired++, 50);
          callback(null, 'result');
        };
        exports.fired = async () => fired;
        """);
    RuntimeProcess process = start("nodejs22.x", "index.handler");
    assertThat(process.log()).contains("\tundefined\tWARN\tAWS Lambda plans to remove support");
    long start = System.nanoTime();
    assertThat(invoke("{\"wait\":true}").text()).isEqualTo("\"result\"");
    assertThat(System.nanoTime() - start).isGreaterThan(50_000_000);
    assertThat(invoke("{\"wait\":false}").text()).isEqualTo("\"result\"");
    var error = json(invokeHandler("index.fired").text());
    assertThat(error.asInt()).isZero();
  }

  private TestRuntimeApi.Request invokeHandler(String handler) throws Exception {
    start("nodejs22.x", handler);
    return invoke("{}");
  }

  @Test
  void callbackAndContextMethodsReport() throws Exception {
    file(
        "index.js",
        """
        exports.handler = (event, context, callback) => {
          if (event === 1) callback(new Error('cb'));
          if (event === 2) context.succeed('s');
          if (event === 3) context.fail();
          if (event === 4) context.done(null, 'd');
          if (event === 5) throw new Error('sync');
          if (event === 6) return 'ignored';
        };
        """);
    start("nodejs20.x", "index.handler");
    assertThat(json(invoke("1").text()).path("errorMessage").asString()).isEqualTo("cb");
    assertThat(invoke("2").text()).isEqualTo("\"s\"");
    assertThat(json(invoke("3").text()).path("errorMessage").asString()).isEqualTo("handled");
    assertThat(invoke("4").text()).isEqualTo("\"d\"");
    assertThat(json(invoke("5").text()).path("errorMessage").asString()).isEqualTo("sync");
    assertThat(invoke("6").text()).isEqualTo("null");
  }

  @Test
  void aPromiseThatNeverSettlesIsANodeJsExit() throws Exception {
    handler("return event ? 1 : new Promise(() => {});");
    RuntimeProcess process = start("nodejs22.x", "index.handler");
    JsonNode error = json(invoke("0").text());
    assertThat(error.path("errorType").asString()).isEqualTo("Runtime.NodeJsExit");
    assertThat(process.log()).contains("Invoke Error");
    assertThat(invoke("1").text()).isEqualTo("1");
  }

  @Test
  void fromNode24OnAProcessThatRunsEmptyJustEnds() throws Exception {
    handler("return new Promise(() => {});");
    RuntimeProcess process = start("nodejs24.x", "index.handler");
    api.send(ID, "{}", Map.of());
    assertThat(process.exitCode()).isZero();
  }

  @Test
  void uncaughtErrorsAreReportedAndEndTheProcess() throws Exception {
    handler(
        """
        if (event === 1) setTimeout(() => { throw new Error('later'); }, 1);
        else Promise.reject(new Error('nobody'));
        await new Promise((r) => setTimeout(r, 5000));
        """);
    RuntimeProcess process = start("nodejs22.x", "index.handler");
    JsonNode error = json(invoke("1").text());
    assertThat(error.path("errorMessage").asString()).isEqualTo("later");
    assertThat(process.exitCode()).isEqualTo(129);
    assertThat(process.log()).contains("\tERROR\tUncaught Exception \t");
    process = start("nodejs22.x", "index.handler");
    error = json(invoke("2").text());
    assertThat(error.path("errorType").asString()).isEqualTo("Runtime.UnhandledPromiseRejection");
    assertThat(error.path("errorMessage").asString()).isEqualTo("Error: nobody");
    assertThat(process.exitCode()).isEqualTo(128);
    assertThat(process.log())
        .contains("\tERROR\tUnhandled Promise Rejection \t")
        .contains("\"reason\":{");
  }

  @Test
  void anUnhandledRejectionAtLoadIsAnInitError() throws Exception {
    file("index.js", "Promise.reject(new Error('early'));\nexports.handler = async () => 1;\n");
    RuntimeProcess process = start("nodejs22.x", "index.handler");
    var answer = api.answer();
    assertThat(answer.path()).endsWith("/init/error");
    assertThat(process.exitCode()).isEqualTo(128);
  }

  @Test
  void callbacksAreRefusedFromNode24On() throws Exception {
    file("index.js", "exports.handler = async (event, context, callback) => 1;\n");
    RuntimeProcess process = start("nodejs24.x", "index.handler");
    JsonNode error = json(api.answer().text());
    assertThat(error.path("errorType").asString()).isEqualTo("Runtime.CallbackHandlerDeprecated");
    assertThat(process.exitCode()).isEqualTo(1);
    file("index.js", "exports.handler = () => 'value';\n");
    start("nodejs24.x", "index.handler");
    assertThat(invoke("{}").text()).as("a plain function's value counts").isEqualTo("\"value\"");
  }

  @Test
  void contextHasTheRecordedKeysInOrder() throws Exception {
    handler(
        """
        const t = context.getRemainingTimeInMillis();
        return {keys: Object.keys(context), json: context, left: t > 0 && t <= 3000,
                trace: process.env._X_AMZN_TRACE_ID};
        """);
    start("nodejs22.x", "index.handler");
    api.send(
        ID,
        "{}",
        Map.of(
            "Lambda-Runtime-Client-Context", "{\"custom\":{\"a\":1}}",
            "Lambda-Runtime-Cognito-Identity", "{\"cognitoIdentityId\":\"i\"}",
            "Lambda-Runtime-Aws-Tenant-Id", "blue"));
    JsonNode result = json(api.answer().text());
    assertThat(result.path("json"))
        .isEqualTo(
            json(
                """
                {"callbackWaitsForEmptyEventLoop":true,"functionVersion":"$LATEST","functionName":"fn",
                 "memoryLimitInMB":"128","logGroupName":"/aws/lambda/fn",
                 "logStreamName":"2026/01/01/[$LATEST]0123456789abcdef",
                 "clientContext":{"custom":{"a":1}},"identity":{"cognitoIdentityId":"i"},
                 "invokedFunctionArn":"%s","awsRequestId":"%s","tenantId":"blue"}
                """
                    .formatted(TestRuntimeApi.ARN, ID)));
    assertThat(result.path("left").asBoolean()).isTrue();
    assertThat(result.path("trace").asString()).isEqualTo(TestRuntimeApi.TRACE);
  }

  @Test
  void consoleHasLambdasFormat() throws Exception {
    file(
        "index.js",
        """
        console.log('at import');
        exports.handler = async () => {
          console.log('a %d', 1, {b: 2});
          console.debug('two\\nlines');
          console.error(new Error('shown'));
          process.stdout.write('raw\\n');
        };
        """);
    RuntimeProcess process = start("nodejs22.x", "index.handler");
    invoke("{}");
    assertThat(process.log()).matches(TIME + "\tundefined\tINFO\tat import");
    assertThat(process.log()).matches(TIME + "\t" + ID + "\tINFO\ta 1 \\{ b: 2 }");
    assertThat(process.log()).matches(TIME + "\t" + ID + "\tDEBUG\ttwo\rlines");
    assertThat(process.log()).matches(TIME + "\t" + ID + "\tERROR\tError: shown\r    at [^\n]*");
    assertThat(process.log()).isEqualTo("raw");
  }

  @Test
  void jsonLogFormat() throws Exception {
    handler(
        """
        console.info({order: 7});
        console.debug('not shown');
        console.warn('w %s', 'x', new RangeError('far'));
        throw new Error('x');
        """);
    RuntimeProcess process =
        start(
            "nodejs22.x",
            "index.handler",
            Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "INFO"));
    invoke("{}");
    JsonNode line = json(process.log());
    assertThat(line.propertyNames()).containsExactly("timestamp", "level", "requestId", "message");
    assertThat(line.path("timestamp").asString()).matches(TIME);
    assertThat(line.at("/message/order").asInt()).isEqualTo(7);
    line = json(process.log());
    assertThat(line.path("level").asString()).isEqualTo("WARN");
    assertThat(line.path("message").asString()).startsWith("w x RangeError: far");
    assertThat(line.path("errorType").asString()).isEqualTo("RangeError");
    line = json(process.log());
    assertThat(line.path("level").asString()).isEqualTo("ERROR");
    assertThat(line.at("/message/errorMessage").asString()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodejs22.x", "nodejs24.x"})
  void streamsTheResponse(String runtime) throws Exception {
    file(
        "index.js",
        """
        exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
          if (event === 1) { stream.setContentType('text/plain'); stream.write('one'); }
          if (event === 2) stream = awslambda.HttpResponseStream.from(stream, {statusCode: 201});
          if (event === 3) { stream.write('part'); throw new RangeError('midway'); }
          if (event === 4) { stream.write('x'); return; }
          stream.write('two');
          stream.end();
        });
        """);
    start(runtime, "index.handler");
    var answer = invoke("1");
    assertThat(answer.header("Lambda-Runtime-Function-Response-Mode")).isEqualTo("streaming");
    assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    assertThat(answer.text()).isEqualTo("onetwo");
    answer = invoke("2");
    assertThat(answer.header("Content-Type"))
        .isEqualTo("application/vnd.awslambda.http-integration-response");
    assertThat(answer.text()).isEqualTo("{\"statusCode\":201}" + "\0".repeat(8) + "two");
    answer = invoke("3");
    assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(answer.text()).isEqualTo("part");
    assertThat(answer.header("Lambda-Runtime-Function-Error-Type")).isEqualTo("RangeError");
    String body = answer.header("Lambda-Runtime-Function-Error-Body");
    JsonNode error = json(new String(java.util.Base64.getDecoder().decode(body)));
    assertThat(error.path("errorMessage").asString()).isEqualTo("midway");
    answer = invoke("4");
    body = answer.header("Lambda-Runtime-Function-Error-Body");
    error = json(new String(java.util.Base64.getDecoder().decode(body)));
    assertThat(error.path("errorMessage").asString()).isEqualTo("Response stream is not finished.");
    assertThat(invoke("5").text()).isEqualTo("two");
  }

  @Test
  void aResultThatCannotBeWrittenIsAnError() throws Exception {
    handler("const a = {}; a.a = a; return a;");
    start("nodejs22.x", "index.handler");
    assertThat(json(invoke("{}").text()).path("errorMessage").asString())
        .isEqualTo("Unable to stringify response body");
    start("nodejs24.x", "index.handler");
    assertThat(json(invoke("{}").text()).path("errorType").asString())
        .isEqualTo("Runtime.JSONStringifyError");
  }

  @Test
  void tellsItsPhasesOnceAndCarriesLargeBodies() throws Exception {
    handler("return event;");
    long before = System.nanoTime();
    start("nodejs22.x", "index.handler");
    String large = "\"" + "é".repeat(2_000_000) + "\"";
    assertThat(invoke(large).text()).isEqualTo(large);
    String[] phases = api.firstRequest().header("Hearth-Init-Phases").split(",");
    assertThat(phases).hasSize(3);
    assertThat(Long.parseLong(phases[0])).isBetween(before, System.nanoTime());
    assertThat(Long.parseLong(phases[1]))
        .isBetween(Long.parseLong(phases[0]), Long.parseLong(phases[2]));
  }
}
