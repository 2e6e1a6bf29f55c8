package dev.hearth.runtime.service;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Function URLs with real requests (invoke-api.md section 4, events-and-failure.md 3.2). */
class FunctionUrlTest extends ApiTestBase {
  private static final String CONFIG = "/2021-10-31/functions/f/url";
  private String url;

  @BeforeEach
  void createUrl() throws Exception {
    create("f", "x");
    Answer made = send("POST", CONFIG, "{\"AuthType\":\"NONE\"}").expect(201);
    assertThat(made.get("/InvokeMode")).isNull();
    assertThat(made.get("/LastModifiedTime")).isNull();
    url = made.get("/FunctionUrl");
    plane.openUrl("f");
  }

  private Answer answerTo(String payload) throws Exception {
    script.outcome = new InvokeOutcome.Succeeded(payload.getBytes());
    return sendTo(url, "GET", null);
  }

  private JsonNode event() throws Exception {
    return Json.read(new String(script.asked.take().payload()), JsonNode.class);
  }

  @Test
  void aRequestIsAnEventOfFormatTwo() throws Exception {
    sendTo(
            url + "pa2%25Fth/1?a=1&a=2&b=%20c",
            "POST",
            "{\"k\":1}",
            "Content-Type",
            "application/json",
            "Cookie",
            "c1=v; c2=w",
            "X-Mixed",
            "one",
            "x-mixed",
            "two")
        .expect(200);
    JsonNode event = event();
    assertThat(event.at("/version").asString()).isEqualTo("2.0");
    assertThat(event.at("/routeKey").asString()).isEqualTo("$default");
    assertThat(event.at("/rawPath").asString()).isEqualTo("/pa2%25Fth/1");
    assertThat(event.at("/rawQueryString").asString()).isEqualTo("a=1&a=2&b=%20c");
    assertThat(event.at("/queryStringParameters/a").asString()).isEqualTo("1,2");
    assertThat(event.at("/queryStringParameters/b").asString()).isEqualTo(" c");
    assertThat(event.at("/cookies/1").asString()).isEqualTo("c2=w");
    assertThat(event.at("/headers/x-mixed").asString()).isEqualTo("one,two");
    assertThat(event.at("/headers/x-forwarded-proto").asString()).isEqualTo("http");
    assertThat(event.at("/requestContext/http/method").asString()).isEqualTo("POST");
    assertThat(event.at("/requestContext/stage").asString()).isEqualTo("$default");
    assertThat(event.at("/requestContext/timeEpoch").isNumber()).isTrue();
    assertThat(event.at("/body").asString()).isEqualTo("{\"k\":1}");
    assertThat(event.at("/isBase64Encoded").asBoolean()).isFalse();
    sendTo(url, "POST", "bytes", "Content-Type", "application/octet-stream");
    JsonNode binary = event();
    assertThat(binary.at("/isBase64Encoded").asBoolean()).isTrue();
    assertThat(binary.at("/body").asString()).isEqualTo(base64("bytes".getBytes()));
    assertThat(binary.at("/queryStringParameters").isMissingNode()).isTrue();
  }

  @Test
  void aFormIsBase64() throws Exception {
    sendTo(url, "POST", "a=1", "Content-Type", "application/x-www-form-urlencoded");
    JsonNode form = event();
    assertThat(form.at("/isBase64Encoded").asBoolean()).isTrue();
    assertThat(form.at("/body").asString()).isEqualTo(base64("a=1".getBytes()));
  }

  @Test
  void theTraceIsTheCallersOrANewOne() throws Exception {
    sendTo(url, "GET", null, "X-Amzn-Trace-Id", "Root=1-0-1").expect(200);
    InvokeRequest given = script.asked.take();
    assertThat(given.traceId()).isEqualTo("Root=1-0-1");
    sendTo(url, "GET", null).expect(200);
    InvokeRequest fresh = script.asked.take();
    assertThat(fresh.traceId()).startsWith("Root=1-");
    JsonNode event = Json.read(new String(fresh.payload()), JsonNode.class);
    assertThat(event.at("/headers/x-amzn-trace-id").asString()).isEqualTo(fresh.traceId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"hello\": \"world\"}|200|{\"hello\":\"world\"}",
        "\"hello\"|200|hello",
        "3|200|3",
        "true|200|true",
        "[\"hello\", 3, true]|200|[\"hello\",3,true]",
        "{\"statusCode\":\"418\",\"body\":\"tea\"}|418|tea",
        "{\"statusCode\":201,\"body\":{\"a\": 1}}|201|{\"a\":1}",
        "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"aGk=\"}|200|hi",
        "{\"statusCode\":\"no\"}|502|Internal Server Error",
        "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"?\"}|502|Internal Server Error",
      })
  void aResultIsAnAnswer(String payload, int status, String body) throws Exception {
    Answer answer = answerTo(payload).expect(status);
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.header("Content-Type"))
        .isEqualTo(status == 502 ? "text/plain" : "application/json");
  }

  @Test
  void headersAndCookiesAreTheFunctions() throws Exception {
    Answer answer =
        answerTo(
            "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"text/html\",\"X-A\":\"b\"},"
                + "\"cookies\":[\"a=1\",\"b=2\"],\"body\":\"<p>\"}");
    assertThat(answer.header("content-type")).isEqualTo("text/html");
    assertThat(answer.header("x-a")).isEqualTo("b");
    assertThat(answer.response().headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.header("x-amzn-RequestId")).isEqualTo(script.asked.take().requestId());
  }

  @Test
  void aFailureIs502AndThrottlingIs429() throws Exception {
    script.outcome = new InvokeOutcome.FunctionError("E", "{}".getBytes());
    assertThat(sendTo(url, "GET", null).expect(502).text()).isEqualTo("Internal Server Error");
    script.outcome = new InvokeOutcome.Throttled("ConcurrentInvocationLimitExceeded");
    sendTo(url, "GET", null).expect(429);
  }

  @Test
  void withoutPermissionOrSignatureItIsForbidden() throws Exception {
    send("DELETE", FUNCTIONS + "/f/policy/FunctionURLAllowInvokeAction", null).expect(204);
    Answer forbidden = sendTo(url, "GET", null).expect(403);
    assertThat(forbidden.header("x-amzn-ErrorType")).isEqualTo("AccessDeniedException");
    assertThat(forbidden.get("/Message")).startsWith("Forbidden. For troubleshooting Function URL");
    send("PUT", CONFIG, "{\"AuthType\":\"AWS_IAM\"}").expect(200);
    sendTo(url, "GET", null).expect(403);
    String forged =
        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/lambda/aws4_request,"
            + " SignedHeaders=host, Signature=00";
    Answer unproven = sendTo(url, "GET", null, "Authorization", forged).expect(403);
    assertThat(unproven.header("x-amzn-ErrorType")).isEqualTo("IncompleteSignatureException");
    Answer late =
        sendTo(url, "GET", null, "Authorization", forged, "X-Amz-Date", "20260101T000000Z");
    assertThat(late.expect(403).get("/Message")).startsWith("Signature expired");
    assertThat(script.asked).isEmpty();
    late = sendTo(url, "GET", null, sign(Instant.now().minusSeconds(400), "local")).expect(403);
    assertThat(late.get("/Message")).startsWith("Signature expired");
    sendTo(url, "GET", null, sign(Instant.now(), "other")).expect(403);
    assertThat(script.asked).isEmpty();
    sendTo(url, "GET", null, sign(Instant.now(), "local")).expect(200);
    assertThat(event().at("/requestContext/authorizer/iam/accessKey").asString())
        .isEqualTo("local");
  }

  /** The fields that sign a GET of the URL with the local key, right when the secret is. */
  private String[] sign(Instant when, String secret) throws Exception {
    String time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").format(when.atZone(UTC));
    String scope = time.substring(0, 8) + "/us-east-1/lambda/aws4_request";
    String host = URI.create(url).getAuthority();
    String lines = "GET / HTTP/1.1\nHost: " + host + "\nX-Amz-Date: " + time + "\n\n";
    String canonical =
        CanonicalRequest.of(SignatureCheckTest.request(lines), "/", List.of("host", "x-amz-date"));
    String authorization =
        "AWS4-HMAC-SHA256 Credential=local/%s, SignedHeaders=host;x-amz-date, Signature=%s"
            .formatted(scope, CanonicalRequest.sign(canonical, time, scope, secret));
    return new String[] {"Authorization", authorization, "X-Amz-Date", time};
  }

  private String raw(String request) throws IOException {
    URI uri = URI.create(url);
    try (Socket socket = new Socket("127.0.0.1", uri.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void headIsACallWhoseAnswerHasNoBody() throws Exception {
    script.outcome = new InvokeOutcome.Succeeded("\"hello\"".getBytes());
    String answer = raw("HEAD /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Content-Length: 5\r\n");
    assertThat(answer).endsWith("\r\n\r\n");
    assertThat(event().at("/requestContext/http/method").asString()).isEqualTo("HEAD");
  }

  @Test
  void streamsToHttp10WithoutChunks() throws Exception {
    send("PUT", CONFIG, "{\"InvokeMode\":\"RESPONSE_STREAM\"}").expect(200);
    script.stream = List.of("one ", "two");
    script.outcome = new InvokeOutcome.Succeeded("one two".getBytes());
    assertThat(raw("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("Connection: close\r\n")
        .doesNotContain("chunked")
        .endsWith("\r\n\r\none two");
    script.outcome = new InvokeOutcome.Crashed("Runtime.TruncatedResponse", new byte[0]);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> raw("GET / HTTP/1.0\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"204", "304"})
  void aStatusWithoutABodyLeavesTheConnectionInOrder(int status) throws Exception {
    answerTo("{\"statusCode\":" + status + ",\"body\":\"ghost\"}").expect(status);
    assertThat(answerTo("\"next\"").expect(200).text()).isEqualTo("next");
    answerTo("{\"statusCode\":101}").expect(502);
  }

  @Test
  void answersPreflightsWithoutACall() throws Exception {
    String[] preflight = {"Origin", "https://app.example", "Access-Control-Request-Method", "PUT"};
    sendTo(url, "OPTIONS", null, preflight).expect(403);
    send(
            "PUT",
            CONFIG,
            "{\"Cors\":{\"AllowOrigins\":[\"https://*.example\"],\"AllowMethods\":[\"PUT\"],"
                + "\"MaxAge\":60,\"AllowCredentials\":true}}")
        .expect(200);
    Answer answer = sendTo(url, "OPTIONS", null, preflight).expect(200);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("PUT");
    assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("60");
    assertThat(script.asked).isEmpty();
    Answer called = sendTo(url, "PUT", "1", "Origin", "https://app.example").expect(200);
    assertThat(called.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    sendTo(url, "PUT", "1", "Origin", "https://evil.test").expect(403);
    assertThat(script.asked).hasSize(1);
  }

  @Test
  void aResultThatWasNotStreamedPassesAsItIs() throws Exception {
    send("PUT", CONFIG, "{\"InvokeMode\":\"RESPONSE_STREAM\"}").expect(200);
    Answer plain = answerTo("raw").expect(200);
    assertThat(plain.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(plain.text()).isEqualTo("raw");
    String unstreamed = "{\"statusCode\":202}" + "\0".repeat(8) + "hi";
    assertThat(answerTo(unstreamed).expect(200).text()).isEqualTo(unstreamed);
  }

  @Test
  void configuresLikeLambda() throws Exception {
    assertThat(send("GET", CONFIG, null).expect(200).get("/InvokeMode")).isEqualTo("BUFFERED");
    send("POST", CONFIG, "{\"AuthType\":\"NONE\"}")
        .refused(
            409,
            "ResourceConflictException",
            "Failed to create function url config for [functionArn = "
                + ARN
                + "f]. Error message:  FunctionUrlConfig exists for this Lambda function");
    send("POST", CONFIG + "?Qualifier=1", "{\"AuthType\":\"NONE\"}")
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value '1' at 'qualifier' failed to satisfy constraint:"
                + " Member must satisfy regular expression pattern:"
                + " ((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
    send("POST", CONFIG, "{\"AuthType\":\"NONE\",\"InvokeMode\":\"UNKNOWN\"}")
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value 'UNKNOWN' at 'invokeMode' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [RESPONSE_STREAM, BUFFERED]");
    assertThat(send("GET", "/2021-10-31/functions/f/urls", null).json().get("FunctionUrlConfigs"))
        .hasSize(1);
    send("DELETE", CONFIG, null).expect(204);
    send("GET", CONFIG, null)
        .refused(404, "ResourceNotFoundException", "The resource you requested does not exist.");
  }
}
