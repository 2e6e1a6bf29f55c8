package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.service.ControlPlane;
import dev.hearth.runtime.service.InMemoryCatalog;
import dev.hearth.runtime.service.LambdaApiServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Streamed responses over real connections, from node's writes to the caller's socket
 * (runtime-api.md section 3, invoke-api.md sections 3 and 4). The functions wait for a file that a
 * test makes once it has read what was written so far, so that nothing depends on time.
 */
class StreamedAnswerTest extends LanguageTestBase {
  private static final String INVOKE = "/2021-11-15/functions/fn/response-streaming-invocations";
  private static final String GO =
      """
      const fs = require('fs');
      const go = async () => {
        while (!fs.existsSync(process.env.LAMBDA_TASK_ROOT + '/go')) {
          await new Promise((r) => setTimeout(r, 2));
        }
      };
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private LambdaApiServer server;
  private ControlPlane plane;
  private InMemoryCatalog catalog;

  StreamedAnswerTest() {
    super(RuntimeFamily.NODEJS, "nodejs20.x", "index.handler", "index.js");
  }

  @BeforeEach
  void serve() {
    catalog = new InMemoryCatalog(folder.resolve("made"), lambda::deploy, lambda::remove);
    plane = new ControlPlane(catalog);
    lambda.versions(plane);
    server = LambdaApiServer.start(lambda, plane, 0);
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private void handler(String body) throws IOException {
    handler(body, 30);
  }

  private void handler(String body, int timeout) throws IOException {
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.writeString(
        code.resolve("index.js"),
        GO
            + "exports.handler = awslambda.streamifyResponse(async (event, stream) => {\n"
            + body
            + "});\n");
    FunctionConfiguration configuration =
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse("nodejs20.x"), "index.handler")
            .withMemorySize(512)
            .withTimeout(timeout);
    DeployedFunction function =
        new DeployedFunction(
            configuration, new CodePackage(code, "0".repeat(64)), DeployedFunction.LATEST);
    lambda.deploy(function);
    catalog.add(function);
  }

  private void go() throws IOException {
    Files.createFile(folder.resolve("code/go"));
  }

  private HttpResponse<InputStream> send(String url, String method) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .method(method, BodyPublishers.ofString("{}"))
            .build(),
        BodyHandlers.ofInputStream());
  }

  private HttpResponse<InputStream> invoke() throws Exception {
    return send(server.url() + INVOKE, "POST");
  }

  /** A URL that streams. */
  private String url() throws Exception {
    plane.openUrl("fn");
    server.refreshUrls();
    HttpRequest change =
        HttpRequest.newBuilder(URI.create(server.url() + "/2021-10-31/functions/fn/url"))
            .PUT(BodyPublishers.ofString("{\"InvokeMode\":\"RESPONSE_STREAM\"}"))
            .build();
    String answer = client.send(change, BodyHandlers.ofString()).body();
    return answer.replaceAll("(?s).*\"FunctionUrl\":\"([^\"]+)\".*", "$1");
  }

  /** The payload of the next frame of an event stream. */
  private static String frame(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int total = data.readInt();
    int headers = data.readInt();
    data.readInt();
    String names = new String(data.readNBytes(headers), UTF_8);
    String payload = new String(data.readNBytes(total - headers - 16), UTF_8);
    data.readInt();
    assertThat(names).contains(payload.startsWith("{") ? "InvokeComplete" : "PayloadChunk");
    return payload;
  }

  @Test
  void theFirstFrameArrivesWhileTheHandlerStillRuns() throws Exception {
    handler("stream.write('one'); await go(); stream.end('two');\n");
    HttpResponse<InputStream> answer = invoke();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/vnd.amazon.eventstream");
    assertThat(frame(answer.body())).isEqualTo("one");
    go();
    assertThat(frame(answer.body())).isEqualTo("two");
    assertThat(frame(answer.body()))
        .isEqualTo("{\"ErrorCode\":null,\"ErrorDetails\":null,\"LogResult\":null}");
    assertThat(answer.body().read()).isEqualTo(-1);
  }

  @Test
  void anErrorInTheMiddleIsInTheLastFrame() throws Exception {
    handler("stream.write('half'); await go(); throw new TypeError('mid');\n");
    InputStream frames = invoke().body();
    assertThat(frame(frames)).isEqualTo("half");
    go();
    assertThat(frame(frames))
        .startsWith(
            "{\"ErrorCode\":\"TypeError\",\"ErrorDetails\":\"{\\\"errorType\\\":\\\"TypeError");
  }

  @Test
  void aTimeoutAfterTheFirstByteIsInTheLastFrame() throws Exception {
    handler("stream.write('half'); await go();\n", 1);
    InputStream frames = invoke().body();
    assertThat(frame(frames)).isEqualTo("half");
    assertThat(frame(frames)).contains("Sandbox.Timedout", "Task timed out after 1.00 seconds");
  }

  @Test
  void aUrlSendsStatusHeadersAndCookiesWithTheFirstBytes() throws Exception {
    handler(
        """
        const http = awslambda.HttpResponseStream.from(stream,
          { statusCode: 201, headers: { 'X-Own': 'yes' }, cookies: ['a=1', 'b=2'] });
        http.write('one,'); await go(); http.end('two');
        """);
    HttpResponse<InputStream> answer = send(url(), "GET");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("X-Own")).contains("yes");
    assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(new String(answer.body().readNBytes(4), UTF_8)).isEqualTo("one,");
    go();
    assertThat(new String(answer.body().readAllBytes(), UTF_8)).isEqualTo("two");
  }

  @Test
  void aUrlPassesTheContentTypeOnWhenThereIsNoPrelude() throws Exception {
    handler("stream.setContentType('text/html'); stream.write('<p>'); await go(); stream.end();\n");
    HttpResponse<InputStream> answer = send(url(), "GET");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
    assertThat(new String(answer.body().readNBytes(3), UTF_8)).isEqualTo("<p>");
    go();
    assertThat(answer.body().readAllBytes()).isEmpty();
  }

  @Test
  void aUrlCutsTheConnectionWhenTheHandlerFailsInTheMiddle() throws Exception {
    handler("stream.write('half'); await go(); throw new TypeError('mid');\n");
    HttpResponse<InputStream> answer = send(url(), "GET");
    assertThat(new String(answer.body().readNBytes(4), UTF_8)).isEqualTo("half");
    go();
    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void aUrlAnswers502WhenTheStreamEndsInsideItsPrelude() throws Exception {
    handler(
        """
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        stream.end('{"statusCode":200');
        """);
    assertThat(send(url(), "GET").statusCode()).isEqualTo(502);
  }

  @Test
  void theFunctionGoesOnWhenItsCallerHangsUp() throws Exception {
    handler("stream.write('one'); await go(); stream.end('two');\n");
    try (Socket socket = request()) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    go();
    InvokeOutcome outcome =
        events.await(RuntimeEvent.InvokeDone.class, _ -> true).result().outcome();
    assertThat(outcome).isInstanceOf(InvokeOutcome.Succeeded.class);
    assertThat(new String(outcome.body(), UTF_8)).isEqualTo("onetwo");
  }

  @Test
  void aCallerThatDoesNotReadHoldsTheFunctionUpToItsTimeout() throws Exception {
    handler(
        """
        for (;;) {
          if (!stream.write(Buffer.alloc(65536, 'x'))) {
            await new Promise((r) => stream.once('drain', r));
          }
        }
        """,
        1);
    try (Socket socket = request()) {
      RuntimeEvent.InvokeDone done = events.await(RuntimeEvent.InvokeDone.class, _ -> true);
      assertThat(done.result().outcome()).isInstanceOf(InvokeOutcome.TimedOut.class);
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
  }

  /** A call whose answer is read by hand. */
  private Socket request() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    String head = "POST " + INVOKE + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}";
    socket.getOutputStream().write(head.getBytes(UTF_8));
    return socket;
  }
}
