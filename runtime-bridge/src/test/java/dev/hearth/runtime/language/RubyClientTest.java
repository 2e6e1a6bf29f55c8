package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.RuntimeFamily;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The ruby client against runtime-api.md 2.7 and 7.4 and lifecycle.md 4, 5 and 8. */
class RubyClientTest extends RuntimeContract {
  private static final String RUNTIME = "ruby3.2";
  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

  @Override
  RuntimeFamily family() {
    return RuntimeFamily.RUBY;
  }

  private void handler(String body) throws Exception {
    file("app.rb", "def handler(event:, context:)\n" + body.indent(2) + "end\n");
  }

  @Test
  void answersWithTheJsonOfTheResult() throws Exception {
    handler("{ got: event, list: [1, 2.5, nil, true] }");
    start(RUNTIME, "app.handler");
    var answer = invoke("{\"name\": \"Zoë\"}");
    assertThat(answer.path()).isEqualTo("/2018-06-01/runtime/invocation/" + ID + "/response");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.text()).isEqualTo("{\"got\":{\"name\":\"Zoë\"},\"list\":[1,2.5,null,true]}");
  }

  @Test
  void sendsStreamsAsTheyAre() throws Exception {
    handler("StringIO.new(\"\\x00\\xff\".b)");
    start(RUNTIME, "app.handler");
    var answer = invoke("{}");
    assertThat(answer.body()).containsExactly(0, 0xff);
    assertThat(answer.header("content-type")).isEqualTo("application/unknown");
  }

  @Test
  void readsJsonOnlyForExactlyApplicationJson() throws Exception {
    handler("event.class.to_s");
    start(RUNTIME, "app.handler");
    assertThat(api.invoke("[1]").text()).isEqualTo("\"Array\"");
    var plain = api.invoke("[1]", Map.of("Content-Type", "application/json; charset=utf-8"));
    assertThat(plain.text()).isEqualTo("\"String\"");
  }

  @Test
  void callsAMethodOfAClass() throws Exception {
    file(
        "lib/app.rb",
        "module My; class Api; def self.run(event:, context:) = context.function_name; end; end\n");
    start(RUNTIME, "lib/app.My::Api.run");
    assertThat(invoke("{}").text()).isEqualTo("\"fn\"");
  }

  @Test
  void theContextIsComplete() throws Exception {
    handler(
        """
        c = context
        { id: c.aws_request_id, arn: c.invoked_function_arn, deadline: c.deadline_ms,
          left: c.get_remaining_time_in_millis, identity: c.identity, client: c.client_context,
          tenant: c.tenant_id, memory: c.memory_limit_in_mb, version: c.function_version,
          group: c.log_group_name, trace: ENV['_X_AMZN_TRACE_ID'] }
        """);
    start(RUNTIME, "app.handler");
    var answer =
        api.invoke(
            "{}",
            Map.of(
                "Lambda-Runtime-Invoked-Function-Arn", "arn:x:live",
                "Lambda-Runtime-Deadline-Ms", "1000",
                "Lambda-Runtime-Trace-Id", "Root=1;Sampled=1",
                "Lambda-Runtime-Client-Context", "{\"custom\":{\"a\":1}}",
                "Lambda-Runtime-Cognito-Identity", "{\"cognitoIdentityId\":\"i\"}",
                "Lambda-Runtime-Aws-Tenant-Id", "blue"));
    JsonNode context = json(answer.text());
    assertThat(context.path("arn").asString()).isEqualTo("arn:x:live");
    assertThat(context.path("deadline").asLong()).isEqualTo(1000);
    assertThat(context.path("left").asLong()).isZero();
    assertThat(context.at("/identity/cognitoIdentityId").asString()).isEqualTo("i");
    assertThat(context.at("/client/custom/a").asInt()).isEqualTo(1);
    assertThat(context.path("tenant").asString()).isEqualTo("blue");
    assertThat(context.path("memory").isString()).isTrue();
    assertThat(context.path("trace").asString()).isEqualTo("Root=1;Sampled=1");
  }

  @Test
  void describesAnErrorAndGoesOn() throws Exception {
    handler("raise \"bad\\nthing\" if event == 1\n$count = $count.to_i + 1");
    RuntimeProcess process = start(RUNTIME, "app.handler");
    invoke("2");
    var answer = invoke("1");
    assertThat(answer.path()).endsWith("/invocation/" + ID + "/error");
    assertThat(answer.header(ERROR_TYPE)).isEqualTo("Function<UserException>");
    JsonNode error = json(answer.text());
    assertThat(error.propertyNames()).containsExactly("errorMessage", "errorType", "stackTrace");
    assertThat(error.path("errorType").asString()).isEqualTo("Function<RuntimeError>");
    assertThat(error.path("errorMessage").asString()).isEqualTo("bad\nthing");
    assertThat(error.path("stackTrace")).hasSize(1);
    assertThat(error.at("/stackTrace/0").asString())
        .startsWith(taskRoot.resolve("app.rb") + ":2:in ");
    JsonNode cause = json(answer.header("Lambda-Runtime-Function-XRay-Error-Cause"));
    assertThat(cause.at("/exceptions/0/stack/0/line").asInt()).isEqualTo(2);
    assertThat(invoke("2").text()).as("the process goes on").isEqualTo("2");
    assertThat(process.log()).isEqualTo("Error raised from handler method");
  }

  @ParameterizedTest
  @CsvSource({
    "nobody_there,Function<NameError>,Function<NameError>",
    "nil.nobody_there,Function<NoMethodError>,Function<NoMethodError>",
    "exit(3),Function<SystemExit>,Function<SystemExit>",
    "raise NotImplementedError,Function<NotImplementedError>,Function<UserException>",
  })
  void anErrorOfTheCodeItselfEndsTheProcess(String code, String type, String reported)
      throws Exception {
    handler(code);
    RuntimeProcess process = start(RUNTIME, "app.handler");
    var answer = invoke("{}");
    assertThat(answer.kind()).isEqualTo("error");
    assertThat(answer.header(ERROR_TYPE)).isEqualTo(reported);
    assertThat(json(answer.text()).path("errorType").asString()).isEqualTo(type);
    assertThat(process.exitCode()).isEqualTo(255);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nosuch.handler|Init<LoadError>|cannot load such file -- nosuch",
        "app|Init<ArgumentError>|Invalid handler [\"app\"], must be of form FILENAME.METHOD or",
        "raises.handler|Init<RuntimeError>|at load",
        "broken.handler|Init<SyntaxError>|broken.rb:1:",
      })
  void aFaultWhileLoadingEndsTheInit(String handler, String type, String message) throws Exception {
    handler("nil");
    file("raises.rb", "raise 'at load'\n");
    file("broken.rb", "def (\n");
    RuntimeProcess process = start(RUNTIME, "app.handler", Map.of("_HANDLER", handler));
    var answer = api.answer();
    assertThat(answer.path()).isEqualTo("/2018-06-01/runtime/init/error");
    JsonNode error = json(answer.text());
    assertThat(error.path("errorType").asString()).isEqualTo(type);
    assertThat(error.path("errorMessage").asString()).contains(message);
    assertThat(process.exitCode()).isEqualTo(252);
    assertThat(process.log()).startsWith("Init error when loading handler");
  }

  @Test
  void logLinesCarryTheRequestAndStayOneEvent() throws Exception {
    handler("puts \"a\\nb\", [1]\nLogger.new($stdout).info(\"two\\nlines\")");
    RuntimeProcess process = start(RUNTIME, "app.handler");
    invoke("{}");
    assertThat(process.log()).isEqualTo("a\rb\r1");
    assertThat(process.log())
        .matches("I, \\[\\S+T\\S+\\.\\d{6} #\\d+]  INFO " + ID + " -- : two\rlines");
  }

  @Test
  void aMissingSdkIsNamed() throws Exception {
    file("app.rb", "require 'aws-sdk-nosuchservice'\n");
    RuntimeProcess process = start(RUNTIME, "app.handler");
    api.answer();
    assertThat(process.log()).startsWith("Init error");
    assertThat(process.log()).contains("Init<LoadError>");
    assertThat(process.log()).contains("Install it with: gem install aws-sdk");
  }
}
