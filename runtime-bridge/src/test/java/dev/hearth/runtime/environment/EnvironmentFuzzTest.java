package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.trace.TraceCollector;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a handler sends to the interfaces of its environment (runtime-api.md sections 2 to 6),
 * each request has an answer in Lambda's form, and the next call is served as before.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EnvironmentFuzzTest {
  private static final int ROUNDS = 3_000;
  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final List<String> PATHS =
      List.of(
          RUNTIME + "invocation/id/response",
          RUNTIME + "invocation/id/error",
          RUNTIME + "invocation//response",
          RUNTIME + "invocation/%00/error",
          RUNTIME + "invocation/response",
          RUNTIME + "init/error",
          RUNTIME + "restore/next",
          RUNTIME + "restore/error",
          "/2018-06-01/ping",
          "/2020-01-01/extension/register",
          "/2020-01-01/extension/event/next",
          "/2020-01-01/extension/init/error",
          "/2020-01-01/extension/exit/error",
          "/2022-07-01/telemetry",
          "/2020-08-15/logs",
          "/2021-04-23/credentials",
          "/2026-01-15/metadata/execution-environment",
          "/v1/traces",
          "/v1/logs",
          "/hearth/init-phases",
          "/",
          "/" + "x".repeat(3_000));
  private static final List<String> BODIES =
      List.of(
          "",
          "null",
          "{",
          "[]",
          "\u0000\u00ff\u00fe",
          "{\"events\":[\"INVOKE\"]}",
          "{\"events\":[[],{},null,7,\"NOPE\"]}",
          "{\"events\":{}}",
          "{\"events\":[\"SHUTDOWN\"],\"configurationKeys\":[1]}",
          "{\"types\":[\"platform\"],\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox:1/\"}}",
          "{\"types\":[[],7],\"destination\":{\"protocol\":[]},\"buffering\":{\"maxItems\":\"x\"}}",
          "{\"schemaVersion\":{},\"types\":{},\"destination\":7,\"buffering\":[1e999]}",
          "{\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://[::\"}}",
          "{\"errorType\":[[]],\"errorMessage\":{},\"stackTrace\":7}",
          "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":7,\"startTimeUnixNano\":\"x\"}]}]}]}",
          "[".repeat(50_000),
          "9".repeat(70_000));
  private static final List<String> FIELDS =
      List.of(
          "Lambda-Extension-Name: e",
          "Lambda-Extension-Name: " + "n".repeat(9_000),
          "Lambda-Extension-Identifier: x",
          "Lambda-Extension-Identifier: 00000000-0000-4000-8000-000000000000",
          "Lambda-Extension-Function-Error-Type: ",
          "Lambda-Runtime-Function-Error-Type: Function.\u00fc",
          "Lambda-Runtime-Function-Response-Mode: streaming",
          "Lambda-Runtime-Function-Response-Mode: backwards",
          "Lambda-Runtime-Invocation-Id: other",
          "Hearth-Init-Phases: 1,x",
          "Content-Type: application/vnd.aws.lambda.error.cause+json",
          "Content-Type: application/json",
          "Content-Encoding: gzip",
          "Authorization: Bearer",
          "Origin: https://evil.test",
          "Expect: 100-continue");

  private final Random random = new Random(11);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private RuntimeApi api;
  private RuntimeServer server;
  private Socket client;

  private static final class Deaf implements RuntimeApi.Listener, ExtensionsApi.Listener {
    @Override
    public void ready(long nanos) {
      // the answers are what is tested
    }

    @Override
    public void initFailed(InitOutcome.Failed failure) {
      // the answers are what is tested
    }

    @Override
    public void initPhases(String text) {
      new InitClock().reported(text);
    }

    @Override
    public void registered() {
      // nothing waits for it here
    }

    @Override
    public void extensionReady(long nanos) {
      // nothing waits for it here
    }

    @Override
    public void extensionFailed(String fatalType) {
      // nothing ends here
    }
  }

  @BeforeEach
  void open() throws IOException {
    DeployedFunction function =
        new DeployedFunction(
            FunctionConfiguration.of("fn", RuntimeIdentifier.parse("provided.al2023"), "h"),
            new CodePackage(Path.of("/"), ""),
            DeployedFunction.LATEST);
    Deaf deaf = new Deaf();
    api = new RuntimeApi(deaf);
    ExtensionsApi extensions = new ExtensionsApi(function, deaf);
    TelemetryHub telemetry = new TelemetryHub(new PlatformEvents(function, "stream", "on-demand"));
    EnvironmentLog log = new EnvironmentLog("env", event -> {});
    server =
        new RuntimeServer(
            new Endpoints(
                List.of(
                    api,
                    extensions,
                    new TelemetryApi(extensions, telemetry, log),
                    new MetadataApi(),
                    new OtlpApi(new TraceCollector(event -> {}), "env"),
                    new SnapStartApi(api, () -> {}))),
            threads);
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

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private byte[] request(String method, String path) {
    byte[] body = pick(BODIES).getBytes(StandardCharsets.ISO_8859_1);
    StringBuilder head =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      head.append(pick(FIELDS)).append("\r\n");
    }
    boolean chunked = random.nextInt(3) == 0;
    head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
    head.append("\r\n\r\n");
    String text = new String(body, StandardCharsets.ISO_8859_1);
    if (chunked) {
      text = body.length == 0 ? "" : Integer.toHexString(body.length) + "\r\n" + text + "\r\n";
      text +=
          "0\r\n"
              + (random.nextBoolean() ? "Lambda-Runtime-Function-Error-Body: !\r\n" : "")
              + "\r\n";
    }
    return (head + text).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The next answer; a client that waits for a go-ahead gets that first. */
  private static String answer(Socket from) throws IOException {
    InputStream in = from.getInputStream();
    while (true) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        assertThat(next).as("the end of the connection after %s", head).isNotNegative();
        head.append((char) next);
      }
      if (!head.toString().startsWith("HTTP/1.1 100 ")) {
        int at = head.indexOf("Content-Length: ");
        int length =
            at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        return head.substring(9, 12)
            + " "
            + new String(in.readNBytes(length), StandardCharsets.UTF_8);
      }
    }
  }

  @Test
  void everyInterfaceTakesAnything() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String path = pick(PATHS);
      String method = pick(List.of("GET", "POST", "PUT", "DELETE", "PATCH"));
      client.getOutputStream().write(request(method, path));
      String answer = answer(client);
      int status = Integer.parseInt(answer.substring(0, 3));
      assertThat(status).as("%s %s: %s", method, path, answer).isBetween(200, 499);
      if (status >= 400 && !answer.contains("404 page not found")) {
        assertThat(answer).contains("\"errorMessage\":", "\"errorType\":");
      }
    }
    server.close();
    open();
    serves();
  }

  /** Posts anything as the answer of calls: each call ends, and only by an accepted answer. */
  @Test
  void everyCallEndsOnceWhateverIsAnswered() throws Exception {
    for (int round = 0; round < 300; round++) {
      Invocation invocation = begin();
      String answer = "";
      for (int tries = 0; !invocation.isDone() && tries < 50; tries++) {
        String what =
            random.nextInt(5) == 0 ? "other/response" : "id/" + pick(List.of("response", "error"));
        client.getOutputStream().write(request("POST", RUNTIME + "invocation/" + what));
        answer = answer(client);
      }
      assertThat(invocation.isDone()).as(answer).isTrue();
    }
  }

  @Test
  void bytesThatAreNoRequestEndTheirConnectionOnly() throws Exception {
    for (int round = 0; round < 200; round++) {
      byte[] bytes = request(pick(List.of("GET", "POST", "PUT")), pick(PATHS));
      for (int i = random.nextInt(6); i >= 0; i--) {
        bytes[random.nextInt(Math.min(bytes.length, 120))] = (byte) random.nextInt(256);
      }
      try (Socket broken = connect()) {
        broken.getOutputStream().write(bytes);
        broken.shutdownOutput();
        byte[] answers = broken.getInputStream().readAllBytes();
        assertThat(new String(answers, StandardCharsets.ISO_8859_1))
            .matches("(?s)(HTTP/1\\.1 ([1-4]|50[15]).*)?");
      } catch (IOException reset) {
        assertThat(reset).hasMessageMatching("Connection reset|Broken pipe");
      }
    }
    serves();
  }

  private Invocation begin() throws Exception {
    client
        .getOutputStream()
        .write(
            ("GET " + RUNTIME + "invocation/next HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    Invocation invocation =
        new Invocation(
            "id",
            "{}".getBytes(StandardCharsets.UTF_8),
            new Invocation.Origin("arn", null, ""),
            null,
            System.nanoTime());
    invocation.start(System.nanoTime(), 3);
    RuntimeConnection connection = api.begin(invocation);
    connection.write(api.event(invocation));
    if (!connection.attended()) {
      connection.attend();
    }
    assertThat(answer(client)).isEqualTo("200 {}");
    return invocation;
  }

  private void serves() throws Exception {
    Invocation invocation = begin();
    client
        .getOutputStream()
        .write(
            ("POST "
                    + RUNTIME
                    + "invocation/id/response HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Length: 1\r\n\r\n7")
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer(client)).startsWith("202 ");
    assertThat(invocation.completion().outcome().body()).asString().isEqualTo("7");
  }
}
