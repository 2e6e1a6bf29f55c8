package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.AccountConcurrency;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LambdaApiServerTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:hello";

  /** Answers with what the test wants and keeps what it was asked. */
  private static final class Script implements Invoker {
    final BlockingQueue<InvokeRequest> asked = new LinkedBlockingQueue<>();
    volatile InvokeOutcome outcome = new InvokeOutcome.Succeeded("{\"ok\":true}".getBytes());
    volatile List<DeployedFunction> functions = List.of(function("hello"));

    @Override
    public Optional<DeployedFunction> deployed(String name) {
      String plain = name.replace(":$LATEST", "");
      return functions.stream().filter(function -> function.name().equals(plain)).findFirst();
    }

    @Override
    public List<DeployedFunction> deployed() {
      return functions;
    }

    @Override
    public InvokeResult invoke(InvokeRequest request) {
      asked.add(request);
      return new InvokeResult(
          request.requestId(),
          functions.getFirst(),
          "env",
          outcome,
          null,
          null,
          "START RequestId: x\nEND\n");
    }

    @Override
    public void invokeEvent(InvokeRequest request) {
      asked.add(request);
    }

    @Override
    public InvokeSettings invokeSettings(String functionName) {
      return InvokeSettings.NONE;
    }

    @Override
    public InvokeSettings changeInvokeSettings(
        String functionName, UnaryOperator<InvokeSettings> change) {
      return change.apply(InvokeSettings.NONE);
    }

    @Override
    public AccountConcurrency concurrency() {
      return new AccountConcurrency(1_000, System::nanoTime);
    }
  }

  private static DeployedFunction function(String name) {
    return new DeployedFunction(
        FunctionConfiguration.of(name, RuntimeIdentifier.parse("python3.12"), "app.handler")
            .withEnvironment(Map.of("KEY", "value")),
        new CodePackage(Path.of("/code/" + name), "ab".repeat(32)),
        DeployedFunction.LATEST);
  }

  private final Script script = new Script();
  private final InMemoryCatalog catalog =
      new InMemoryCatalog(Path.of("/nowhere"), _ -> {}, _ -> {});
  private final LambdaApiServer server =
      LambdaApiServer.start(script, new ControlPlane(catalog), 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    var request =
        java.net.http.HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> invoke(String name, String body, String... headers)
      throws Exception {
    return send("POST", "/2015-03-31/functions/" + name + "/invocations", body, headers);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  @Test
  void invokes() throws Exception {
    var response = invoke("hello", "{\"a\":1}", "X-Amzn-Trace-Id", "Root=1-5-6;Sampled=1");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"ok\":true}");
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(header(response, "X-Amz-Executed-Version")).isEqualTo("$LATEST");
    assertThat(header(response, "X-Amzn-Trace-Id")).isEqualTo("Root=1-5-6;Sampled=1");
    assertThat(header(response, "X-Amz-Function-Error")).isNull();
    assertThat(header(response, "X-Amz-Log-Result")).isNull();
    InvokeRequest asked = script.asked.take();
    assertThat(header(response, "x-amzn-RequestId")).isEqualTo(asked.requestId());
    assertThat(asked.payload()).asString().isEqualTo("{\"a\":1}");
    assertThat(asked.invokedArn()).isEqualTo(ARN);
    assertThat(asked.traceId()).startsWith("Root=1-5-6;Sampled=1;Lineage=1:");
    assertThat(asked.clientContext()).isNull();
  }

  @Test
  void anAbsentBodyIsAnEmptyObject() throws Exception {
    invoke("hello", null);
    assertThat(script.asked.take().payload()).asString().isEqualTo("{}");
  }

  @Test
  void returnsTheLogTail() throws Exception {
    var response = invoke("hello", "1", "X-Amz-Log-Type", "Tail");
    assertThat(Base64.getDecoder().decode(header(response, "X-Amz-Log-Result")))
        .asString()
        .isEqualTo("START RequestId: x\nEND\n");
  }

  @Test
  void passesTheClientContextDecoded() throws Exception {
    String context = "{\"custom\":{\"a\":\"b\"}}";
    String encoded = Base64.getEncoder().encodeToString(context.getBytes());
    invoke("hello", "1", "X-Amz-Client-Context", encoded);
    assertThat(script.asked.take().clientContext()).isEqualTo(context);
    for (String wrong : List.of("!!", "YWJj", "a".repeat(3584))) {
      var refused = invoke("hello", "1", "X-Amz-Client-Context", wrong);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(header(refused, "x-amzn-ErrorType")).isEqualTo("InvalidRequestContentException");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "hello:$LATEST",
        "hello:%24LATEST",
        "function:hello",
        "000000000000:function:hello",
        "arn:aws:lambda:us-east-1:000000000000:function:hello",
        "arn:aws:lambda:us-east-1:000000000000:function:hello:$LATEST",
        "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Ahello",
      })
  void takesEveryFormOfTheName(String name) throws Exception {
    assertThat(invoke(name, "1").statusCode()).isEqualTo(200);
    assertThat(script.asked.take().invokedArn())
        .isEqualTo(name.contains("LATEST") ? ARN + ":$LATEST" : ARN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody|404|ResourceNotFoundException|Message|Function not found:"
            + " arn:aws:lambda:us-east-1:000000000000:function:nobody:$LATEST",
        "hello:7|404|ResourceNotFoundException|Message|Function not found:"
            + " arn:aws:lambda:us-east-1:000000000000:function:hello:7",
        "hello?Qualifier=live|404|ResourceNotFoundException|Message|Function not found:"
            + " arn:aws:lambda:us-east-1:000000000000:function:hello:live",
        "hello:1?Qualifier=2|400|InvalidParameterValueException|message|The derived qualifier from"
            + " the function name does not match the specified qualifier.",
        "arn:aws:lambda:eu-west-1:000000000000:function:hello|404|ResourceNotFoundException|Message"
            + "|Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
        "arn:aws:lambda:us-east-1:123456789012:function:hello|403|AccessDeniedException|Message"
            + "|Functions of account 123456789012 can't be reached here. The local account is"
            + " 000000000000; use the function's name.",
      })
  void refusesANameThatLeadsNowhere(
      String name, int status, String type, String key, String message) throws Exception {
    int query = name.indexOf('?');
    var response =
        send(
            "POST",
            "/2015-03-31/functions/"
                + (query < 0 ? name : name.substring(0, query))
                + "/invocations"
                + (query < 0 ? "" : name.substring(query)),
            "1");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "x-amzn-ErrorType")).isEqualTo(type);
    assertThat(response.body())
        .isEqualTo("{\"Type\":\"User\",\"" + key + "\":\"" + message + "\"}");
    assertThat(script.asked).isEmpty();
  }

  @Test
  void refusesAMalformedNameAsLambdaDoes() throws Exception {
    var response = invoke("arn:aws:lambda:us-east-1:123400000000@function:myfn", "1");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(header(response, "x-amzn-ErrorType")).isEqualTo("ValidationException");
    assertThat(response.body())
        .startsWith(
            "{\"message\":\"1 validation error detected: Value"
                + " 'arn:aws:lambda:us-east-1:123400000000@function:myfn' at 'functionName' failed"
                + " to satisfy constraint: Member must satisfy regular expression pattern: (arn:");
    assertThat(invoke("n".repeat(65), "1").body())
        .isEqualTo(
            "{\"Type\":\"User\",\"message\":\"1 validation error detected: Value '"
                + "n".repeat(65)
                + "' at 'functionName' failed to satisfy constraint: Member must have length less"
                + " than or equal to 64\"}");
    assertThat(invoke("n".repeat(141), "1").body())
        .contains("Member must have length less than or equal to 140");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "{\"a\":}", "{", "1 2", "{} x", "\u0087", "[1,]", "'a'", "NaN"})
  void refusesAnEventThatIsNotJson(String event) throws Exception {
    var response = invoke("hello", event);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(header(response, "x-amzn-ErrorType")).isEqualTo("InvalidRequestContentException");
    assertThat(response.body())
        .startsWith(
            "{\"Type\":\"User\",\"message\":\"Could not parse request body into json: Could not"
                + " parse payload into json: ");
    assertThat(script.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "0", "\"text\"", " [1, {\"a\": \"é\"}] ", "true"})
  void takesEveryJsonValue(String event) throws Exception {
    assertThat(invoke("hello", event).statusCode()).isEqualTo(200);
    assertThat(script.asked.take().payload()).isEqualTo(event.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesAnEventThatIsTooLarge() throws Exception {
    String largest = "\"" + "a".repeat(6_291_454) + "\"";
    assertThat(invoke("hello", largest).statusCode()).isEqualTo(200);
    var response = invoke("hello", largest + " ");
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .contains(
            "6291457 byte payload is too large for the RequestResponse invocation type (limit"
                + " 6291456 bytes)");
    var event = invoke("hello", largest.substring(0, 1_048_576) + "\"", EVENT);
    assertThat(event.statusCode()).isEqualTo(413);
    assertThat(event.body()).contains("1048577 byte", "Event", "(limit 1048576 bytes)");
  }

  private static final String[] EVENT = {"X-Amz-Invocation-Type", "Event"};

  @Test
  void runsAnEventInTheBackground() throws Exception {
    var response = invoke("hello", "[1]", EVENT);
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "X-Amz-Executed-Version")).isNull();
    InvokeRequest asked = script.asked.take();
    assertThat(asked.payload()).asString().isEqualTo("[1]");
    assertThat(asked.requestId()).isEqualTo(header(response, "x-amzn-RequestId"));
  }

  @Test
  void aDryRunRunsNothing() throws Exception {
    var response = invoke("hello", "1", "X-Amz-Invocation-Type", "DryRun");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(script.asked).isEmpty();
    assertThat(invoke("nobody", "1", "X-Amz-Invocation-Type", "DryRun").statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"X-Amz-Invocation-Type,Later,invocationType", "X-Amz-Log-Type,Head,logType"})
  void refusesAnUnknownType(String name, String value, String member) throws Exception {
    var response = invoke("hello", "1", name, value);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Value '" + value + "' at '" + member + "'");
  }

  @Test
  void aFunctionErrorIsASuccessfulRequest() throws Exception {
    byte[] payload = "{\"errorType\":\"E\"}".getBytes();
    for (InvokeOutcome outcome :
        List.of(
            new InvokeOutcome.FunctionError("E", payload),
            new InvokeOutcome.TimedOut(payload),
            new InvokeOutcome.OutOfMemory(payload),
            new InvokeOutcome.Crashed("E", payload))) {
      script.outcome = outcome;
      var response = invoke("hello", "1");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(header(response, "X-Amz-Function-Error")).isEqualTo("Unhandled");
      assertThat(response.body()).isEqualTo("{\"errorType\":\"E\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({"SnapStartTimeoutException,408", "SnapStartException,400"})
  void aFailedRestoreIsAnException(String type, int status) throws Exception {
    script.outcome = new InvokeOutcome.RestoreFailed(type, "{}".getBytes());
    var response = invoke("hello", "1");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "x-amzn-ErrorType")).isEqualTo(type);
    assertThat(header(response, "X-Amz-Function-Error")).isNull();
    assertThat(response.body()).startsWith("{\"Type\":\"User\",\"Message\":\"");
  }

  @Test
  void throttlesAsLambdaDoes() throws Exception {
    script.outcome = new InvokeOutcome.Throttled("ConcurrentInvocationLimitExceeded");
    var response = invoke("hello", "1");
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(header(response, "x-amzn-ErrorType")).isEqualTo("TooManyRequestsException");
    assertThat(header(response, "Retry-After")).isNotNull();
    assertThat(response.body())
        .isEqualTo(
            "{\"Reason\":\"ConcurrentInvocationLimitExceeded\",\"Type\":\"User\","
                + "\"message\":\"Rate Exceeded.\"}");
  }

  @Test
  void saysWhyAFunctionCanNotRun() throws Exception {
    script.outcome = new InvokeOutcome.CouldNotRun("No python here. Install one.");
    var response = invoke("hello", "1");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("No python here. Install one.");
    script.outcome = new InvokeOutcome.Cancelled();
    assertThat(invoke("hello", "1").statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/",
    "DELETE,/2015-03-31/functions/",
    "GET,/2015-03-31/functions/hello/invocations",
    "GET,/2015-03-31/nothing",
    "PATCH,/2015-03-31/functions/hello",
  })
  void saysWhatIsNoOperation(String method, String path) throws Exception {
    var response = send(method, path, null);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(header(response, "x-amzn-ErrorType")).isEqualTo("UnknownOperationException");
    assertThat(response.body()).contains(method + " " + path + " is no operation");
  }

  @Test
  void sendsAnEventTheOldWay() throws Exception {
    var response = send("POST", "/2014-11-13/functions/hello/invoke-async", "[1]");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("{\"Status\":202}");
    assertThat(script.asked.take().payload()).asString().isEqualTo("[1]");
    String tooLong = "\"" + "a".repeat(262_143) + "\"";
    assertThat(send("POST", "/2014-11-13/functions/hello/invoke-async", tooLong).statusCode())
        .isEqualTo(413);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: evil.example", "Host: 127.0.0.1\r\nOrigin: https://evil.example"})
  void refusesWebPages(String headers) throws Exception {
    String path = "POST /2015-03-31/functions/hello/invocations HTTP/1.1\r\n";
    assertThat(raw(path + headers + "\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(script.asked).isEmpty();
    assertThat(raw(path + "Host: localhost:1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void refusesWhatIsNotHttp() throws Exception {
    assertThat(raw("hello\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Connection: close", "{\"message\":");
  }

  @Test
  void aCutRequestRunsNothing() throws Exception {
    assertThat(
            raw(
                "POST /2015-03-31/functions/hello/invocations HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Length: 9\r\n\r\n{}"))
        .isEmpty();
    assertThat(script.asked).isEmpty();
  }

  @Test
  void aPortInUseIsAClearError() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> LambdaApiServer.start(script, new ControlPlane(catalog), server.port()))
        .withMessage(
            "Port "
                + server.port()
                + " can't be used: Address already in use. Choose another"
                + " port.");
  }
}
