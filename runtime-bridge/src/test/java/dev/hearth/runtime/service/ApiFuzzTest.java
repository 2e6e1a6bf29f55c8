package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests of any kind get an answer in the API's form, and the next one is served as before. */
class ApiFuzzTest extends ApiTestBase {
  private static final List<String> WORDS =
      List.of(
          "null",
          "0",
          "-1",
          "1e999",
          "true",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "{\"a\":1}",
          "\"\\u0000\"",
          "99999999999999999999",
          "\"$LATEST\"",
          "\"../../x\"");
  private static final List<String> MEMBERS =
      List.of(
          "FunctionName",
          "Role",
          "Code",
          "Runtime",
          "Handler",
          "Layers",
          "Environment",
          "Timeout",
          "Architectures",
          "VpcConfig",
          "LoggingConfig",
          "SnapStart",
          "EphemeralStorage",
          "Tags",
          "Name",
          "FunctionVersion",
          "RoutingConfig",
          "Content",
          "StatementId",
          "Action",
          "Principal",
          "AuthType",
          "Cors",
          "EventSourceArn",
          "FilterCriteria",
          "ZipFile",
          "DestinationConfig",
          "MaximumRetryAttempts",
          "AllowedPublishers",
          "UpdateRuntimeOn",
          "CodeSigningConfigArn",
          "ReservedConcurrentExecutions",
          "DeadLetterConfig");

  private final Random random = new Random(42);

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String body() {
    StringBuilder body = new StringBuilder("{");
    for (int i = random.nextInt(8); i >= 0; i--) {
      body.append('"').append(pick(MEMBERS)).append("\":").append(pick(WORDS)).append(',');
    }
    body.setCharAt(body.length() - 1, '}');
    return random.nextInt(10) == 0
        ? body.substring(random.nextInt(body.length()))
        : body.toString();
  }

  @Test
  void everyOperationTakesAnyBody() throws Exception {
    create("f", "x");
    Routes routes = new Routes();
    for (int round = 0; round < 12; round++) {
      for (Routes.Place place : routes.places()) {
        String path = place.path().replaceAll("\\{[A-Za-z]+\\}", random.nextBoolean() ? "f" : "1");
        if (place.operation().equals("DeleteFunction")) {
          path = path.replace("/f", "/g");
        }
        Answer answer = send(place.method(), path, body());
        assertThat(answer.status()).as(place + " " + answer.text()).isNotEqualTo(500);
        assertThat(answer.header("x-amzn-RequestId")).isNotNull();
        if (answer.status() >= 400) {
          assertThat(answer.header("x-amzn-ErrorType")).as("%s", place).isNotNull();
          assertThat(answer.json().isObject()).isTrue();
        }
      }
    }
    send("GET", FUNCTIONS + "/f", null).expect(200);
  }

  @Test
  void pathsAndQueriesMayHoldAnything() throws Exception {
    create("f", "x");
    for (String path :
        List.of(
            "/f%00",
            "/%ff%fe",
            "/f?Qualifier=%ff",
            "/f?Qualifier=" + "q".repeat(5_000),
            "//",
            "/f//",
            "/f/aliases/%2F..%2F",
            "/f?MaxItems=%25",
            "/" + "n".repeat(9_000),
            "/f?&&==&Qualifier")) {
      Answer answer = send("GET", FUNCTIONS + path, null);
      assertThat(answer.status()).as(path + answer.text()).isBetween(200, 499);
    }
  }

  @Test
  void aRequestThatIsTooLargeIsRefusedInLambdasWords() throws Exception {
    assertThat(raw("POST /2015-03-31/functions HTTP/1.1", 70_167_212))
        .startsWith("HTTP/1.1 413 ")
        .contains("Request must be smaller than 70167211 bytes for the CreateFunction operation");
    assertThat(raw("PUT /2015-03-31/functions/f/configuration HTTP/1.1", 6_291_457))
        .startsWith("HTTP/1.1 413 ");
    create("f", "x");
  }

  /** Announces a body and waits for the go-ahead that it never gets. */
  private String raw(String line, long length) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String head =
          line
              + "\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
              + length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** The address of a function takes what a browser, a scanner or a broken client may send. */
  @Test
  void aFunctionUrlTakesAnything() throws Exception {
    create("f", "x");
    send("POST", "/2021-10-31/functions/f/url", "{\"AuthType\":\"NONE\"}").expect(201);
    plane.openUrl("f");
    URI url = URI.create(send("GET", "/2021-10-31/functions/f/url", null).get("/FunctionUrl"));
    script.outcome = new InvokeOutcome.Succeeded("1".getBytes());
    for (int round = 0; round < 400; round++) {
      byte[] bytes = urlRequest().getBytes(StandardCharsets.ISO_8859_1);
      for (int i = random.nextInt(4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        byte[] answer = socket.getInputStream().readAllBytes();
        assertThat(new String(answer, StandardCharsets.ISO_8859_1))
            .matches("(?s)(HTTP/1\\.1 ([1-4]\\d\\d|50[15]) .*)?");
      } catch (IOException reset) {
        assertThat(reset).hasMessageMatching("Connection reset|Broken pipe");
      }
      script.asked.clear();
    }
    assertThat(sendTo(url.toString(), "GET", null).expect(200).text()).isEqualTo("1");
  }

  private String urlRequest() {
    String path =
        pick(
            List.of(
                "/",
                "//",
                "/%",
                "/%zz?%=%&a=%ff",
                "/a?b=%00",
                "/\u00fc",
                "/?" + "q".repeat(9_000)));
    String body = pick(WORDS);
    return pick(List.of("GET", "HEAD", "POST", "OPTIONS", "get", "TRACE"))
        + " "
        + path
        + " HTTP/1."
        + random.nextInt(2)
        + "\r\nHost: localhost\r\n"
        + pick(
            List.of(
                "Cookie: ;;=; a\r\n",
                "Content-Type: multipart/form-data; boundary=\r\n",
                "Origin: null\r\n",
                "X-Amzn-Trace-Id: Root=;;=\r\n",
                "Content-Encoding: gzip\r\n",
                "Authorization: AWS4-HMAC-SHA256 Credential=\r\n",
                ""))
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void deepAndBrokenJsonIsRefused() throws Exception {
    for (String body :
        List.of("[".repeat(100_000), "{\"a\":".repeat(5_000), "{", "\u0000", "{\"a\":1}x", "1")) {
      Answer answer = send("POST", FUNCTIONS, body).expect(400);
      assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("InvalidRequestContentException");
    }
  }
}
