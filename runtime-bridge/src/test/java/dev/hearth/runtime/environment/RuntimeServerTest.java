package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Runtime API over raw sockets, played by both sides of the test. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RuntimeServerTest {
  private static final String BASE = "/2018-06-01/runtime/";

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private RuntimeApi api;
  private RuntimeServer server;
  private Socket client;

  private final class Listener implements RuntimeApi.Listener {
    @Override
    public void ready(long nanos) {
      heard.add("ready");
    }

    @Override
    public void initFailed(InitOutcome.Failed failure) {
      heard.add(
          "failed "
              + failure.errorType()
              + " "
              + failure.reportedType()
              + " "
              + new String(failure.payload(), StandardCharsets.UTF_8));
    }

    @Override
    public void initPhases(String text) {
      heard.add("phases " + text);
    }
  }

  @BeforeEach
  void open() throws IOException {
    api = new RuntimeApi(new Listener());
    server = new RuntimeServer(new Endpoints(List.of(api)), threads);
    client = connect();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    threads.shutdownNow();
  }

  private Socket connect() throws IOException {
    String address = server.address();
    return new Socket("127.0.0.1", Integer.parseInt(address.substring(address.indexOf(':') + 1)));
  }

  private void send(String method, String path, String body, String... headers) throws IOException {
    StringBuilder request =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (body != null) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    request.append("\r\n").append(body == null ? "" : body);
    client.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Status, a blank, the body. */
  private String answer() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) client.getInputStream().read());
    }
    int at = head.indexOf("Content-Length: ");
    int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
    String body = new String(client.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    return head.substring(9, 12) + " " + body;
  }

  private String exchange(String method, String path, String body, String... headers)
      throws IOException {
    send(method, path, body, headers);
    return answer();
  }

  private static Invocation invocation(String id) {
    Invocation invocation =
        new Invocation(
            id,
            "{}".getBytes(StandardCharsets.UTF_8),
            new Invocation.Origin("arn", null, ""),
            null,
            System.nanoTime());
    invocation.start(System.nanoTime(), 3);
    return invocation;
  }

  private Invocation begin(String id) throws Exception {
    Invocation invocation = invocation(id);
    RuntimeConnection connection = api.begin(invocation);
    connection.write(api.event(invocation));
    if (!connection.attended()) {
      connection.attend();
    }
    assertThat(answer()).isEqualTo("200 {}");
    return invocation;
  }

  private void next() throws Exception {
    send("GET", BASE + "invocation/next", null);
    assertThat(heard.take()).isEqualTo("ready");
  }

  private static String refused(String from, String to) {
    return "403 {\"errorMessage\":\"State transition from "
        + from
        + " to "
        + to
        + " failed for runtime. Error: State transition is not allowed\","
        + "\"errorType\":\"InvalidStateTransition\"}\n";
  }

  @Test
  void oneCall() throws Exception {
    next();
    Invocation invocation = begin("id-1");
    assertThat(exchange("POST", BASE + "invocation/id-1/response", "[1]"))
        .isEqualTo("202 {\"status\":\"OK\"}\n");
    assertThat(invocation.completion().outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.Succeeded.class,
            ok -> assertThat(ok.payload()).asString().isEqualTo("[1]"));
    assertThat(exchange("POST", BASE + "invocation/id-1/response", "[2]"))
        .isEqualTo(
            "400 {\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}\n");
    next();
  }

  @Test
  void anAnswerAndTheNextRequestMayComeTogether() throws Exception {
    next();
    Invocation first = begin("id-1");
    String next = "GET " + BASE + "invocation/next HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String length = "Content-Length: 3\r\n\r\n[1]";
    String answer =
        "POST " + BASE + "invocation/id-1/response HTTP/1.1\r\nHost: localhost\r\n" + length;
    client.getOutputStream().write((answer + next).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(first.await().responded()).isTrue();
    assertThat(heard.take()).isEqualTo("ready");

    Invocation second = invocation("id-2");
    RuntimeConnection connection = api.begin(second);
    connection.write(api.event(second));
    assertThat(answer()).isEqualTo("202 {\"status\":\"OK\"}\n");
    assertThat(answer()).isEqualTo("200 {}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/2018-06-01/ping|200 pong",
        "POST|/2018-06-01/ping|404 404 page not found",
        "GET|/|404 404 page not found",
        "GET|/2018-06-01/runtime/restore/next|404 404 page not found",
        "POST|/2018-06-01/runtime/invocation/next|404 404 page not found",
        "POST|/2018-06-01/runtime/invocation/response|400 {\"errorMessage\":\"Invalid request"
            + " ID\",\"errorType\":\"InvalidRequestID\"}",
      })
  void paths(String method, String path, String expected) throws Exception {
    assertThat(exchange(method, path, method.equals("POST") ? "x" : null).stripTrailing())
        .isEqualTo(expected);
  }

  @Test
  void answersBeforeAnEventAreRefused() throws Exception {
    assertThat(exchange("POST", BASE + "invocation/x/response", "1")).startsWith("400 ");
    next();
    begin("id-1");
    assertThat(exchange("POST", BASE + "invocation/other/error", "{}")).startsWith("400 ");
    send("GET", BASE + "invocation/next", null);
    assertThat(answer()).isEqualTo(refused("Running", "Ready"));
  }

  @Test
  void anInitErrorEndsTheConversation() throws Exception {
    String body = "{\"errorType\":\"ImportError\",\"errorMessage\":\"m\"}";
    assertThat(
            exchange(
                "POST",
                BASE + "init/error",
                body,
                "Lambda-Runtime-Function-Error-Type: Runtime.ImportModuleError",
                "Hearth-Init-Phases: 1,2,3"))
        .isEqualTo("202 {\"status\":\"OK\"}\n");
    assertThat(heard.take()).isEqualTo("phases 1,2,3");
    assertThat(heard.take()).isEqualTo("failed ImportError Runtime.ImportModuleError " + body);
    assertThat(exchange("POST", BASE + "init/error", body))
        .isEqualTo(refused("InitError", "InitError"));
    assertThat(exchange("GET", BASE + "invocation/next", null))
        .isEqualTo(refused("InitError", "Ready"));
  }

  @Test
  void anInitErrorAfterTheFirstEventIsRefused() throws Exception {
    next();
    begin("id-1");
    assertThat(exchange("POST", BASE + "init/error", "{}"))
        .isEqualTo(refused("Running", "InitError"));
  }

  @Test
  void initPhasesComeByHeaderOrByPath() throws Exception {
    assertThat(exchange("POST", "/hearth/init-phases", "4,5,6")).isEqualTo("204 ");
    assertThat(heard.take()).isEqualTo("phases 4,5,6");
    send("GET", BASE + "invocation/next", null, "Hearth-Init-Phases: 1,2,3");
    assertThat(heard.take()).isEqualTo("phases 1,2,3");
    assertThat(heard.take()).isEqualTo("ready");
  }

  @Test
  void theAttemptIsCheckedWhenItIsEchoed() throws Exception {
    next();
    Invocation invocation = begin("id-1");
    assertThat(
            exchange(
                "POST",
                BASE + "invocation/id-1/response",
                "1",
                "Lambda-Runtime-Invocation-Id: another"))
        .startsWith("400 ")
        .contains("InvalidInvocationId");
    assertThat(invocation.isDone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"buffered", "STREAMING"})
  void anUnknownResponseModeIsRefused(String mode) throws Exception {
    next();
    Invocation invocation = begin("id-1");
    assertThat(
            exchange(
                "POST",
                BASE + "invocation/id-1/response",
                "1",
                "Lambda-Runtime-Function-Response-Mode: " + mode))
        .isEqualTo(
            "400 {\"errorMessage\":\"Invalid function response mode\","
                + "\"errorType\":\"InvalidFunctionResponseMode\"}\n");
    assertThat(invocation.completion().outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.Crashed.class,
            crash -> {
              assertThat(crash.errorType()).isEqualTo("Runtime.InvalidResponseModeHeader");
              assertThat(crash.payload()).isEmpty();
            });
  }

  @Test
  void ofAnErrorWithACauseThreeMembersPass() throws Exception {
    next();
    Invocation invocation = begin("id-1");
    exchange(
        "POST",
        BASE + "invocation/id-1/error",
        "{\"errorCause\":{},\"errorMessage\":\"m\",\"errorType\":\"T\",\"stackTrace\":[\"s\"]}",
        "Content-Type: application/vnd.aws.lambda.error.cause+json");
    assertThat(invocation.completion().outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.FunctionError.class,
            error -> {
              assertThat(error.errorType()).isEqualTo("T");
              assertThat(error.payload())
                  .asString()
                  .isEqualTo("{\"errorMessage\":\"m\",\"errorType\":\"T\",\"stackTrace\":[\"s\"]}");
            });
  }

  @Test
  void anErrorWithoutJsonKeepsItsBodyAndTakesItsTypeFromTheHeader() throws Exception {
    next();
    Invocation invocation = begin("id-1");
    exchange(
        "POST",
        BASE + "invocation/id-1/error",
        "oops",
        "Lambda-Runtime-Function-Error-Type: Function.Something");
    assertThat(invocation.completion().outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.FunctionError.class,
            error -> {
              assertThat(error.errorType()).isEqualTo("Function.Something");
              assertThat(error.payload()).asString().isEqualTo("oops");
            });
  }

  @Test
  void askingTwiceWaitsOnTheNewerConnection() throws Exception {
    next();
    Socket first = client;
    client = connect();
    next();
    begin("id-1");
    assertThat(exchange("POST", BASE + "invocation/id-1/response", "1")).startsWith("202 ");
    next();
    begin("id-2");
    first.close();
  }

  @Test
  void aConnectionThatClosesWhileItWaitsIsNotUsed() throws Exception {
    next();
    client.close();
    client = connect();
    next();
    begin("id-1");
  }

  @Test
  void webPagesAreRefused() throws Exception {
    assertThat(exchange("GET", "/2018-06-01/ping", null, "Origin: http://x")).startsWith("403 ");
  }

  @Test
  void brokenHttpIsAnsweredAndClosed() throws Exception {
    client.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(answer()).startsWith("400 ");
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }
}
