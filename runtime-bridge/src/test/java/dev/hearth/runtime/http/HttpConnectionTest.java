package dev.hearth.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HttpConnectionTest {
  private static final String HOST = "Host: 127.0.0.1\r\n";

  @Test
  void aRequestThatTricklesInIsGivenUp() throws Exception {
    try (HttpPair pair = new HttpPair()) {
      pair.server.arriveWithin(200);
      Thread.ofVirtual().start(() -> trickle(pair));
      assertThatThrownBy(() -> pair.server.read()).isInstanceOf(SocketTimeoutException.class);
    }
    try (HttpPair pair = new HttpPair()) {
      pair.server.arriveWithin(1);
      pair.server.arriveWithin(0);
      pair.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(pair.server.read()).isNotNull();
    }
  }

  /** A byte at once, whenever there is room: the pause between two is never long. */
  private static void trickle(HttpPair pair) {
    try {
      pair.send("GET / HTTP/1.1\r\nX: ");
      while (true) {
        pair.send("x");
        LockSupport.parkNanos(5_000_000);
      }
    } catch (IOException e) {
      // It was given up.
      return;
    }
  }

  @Test
  void readsRequestLineHeadersAndBody() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("POST /a/b%20c?x=1&y=2 HTTP/1.1\r\nhost: 127.0.0.1\r\n")
          .send("X-Thing:  two words \r\ncontent-length: 5\r\n\r\nhello");
      HttpRequest request = pair.server.read();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo("/a/b%20c");
      assertThat(request.query()).isEqualTo("x=1&y=2");
      assertThat(request.header("x-thing")).isEqualTo("two words");
      assertThat(request.body()).asString().isEqualTo("hello");
      assertThat(request.bodyState()).isEqualTo(HttpRequest.Body.COMPLETE);
      assertThat(request.keepAlive()).isTrue();
    }
  }

  @Test
  void readsChunksWithExtensionsAndTrailersAcrossPackets() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      String request =
          "POST / HTTP/1.1\r\n"
              + HOST
              + "Transfer-Encoding: chunked\r\nTrailer: Error-Type\r\n\r\n"
              + "5\r\nhello\r\n00A;a=b\r\n0123456789\r\n0\r\nError-Type: Oops\r\n\r\n";
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (char c : request.toCharArray()) {
                      try {
                        pair.send(String.valueOf(c));
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    }
                  });
      HttpRequest read = pair.server.read();
      assertThat(read.body()).asString().isEqualTo("hello0123456789");
      assertThat(read.bodyLength()).isEqualTo(15);
      assertThat(read.trailers().first("error-type")).isEqualTo("Oops");
      assertThat(sender).isNotNull();
    }
  }

  /** RFC 9110 section 9.3.2: the head of what GET would bring, and nothing after it. */
  @Test
  void answersHeadWithoutABody() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("HEAD / HTTP/1.1\r\n" + HOST + "\r\nHEAD / HTTP/1.1\r\n" + HOST + "\r\n")
          .send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      pair.server.read();
      pair.server.write(HttpResponse.of(200, "hello".getBytes()));
      pair.server.read();
      StreamedBody body = pair.server.begin(HttpResponse.of(200), true);
      body.write("hello".getBytes());
      body.end();
      assertThat(body.leavesConnection()).isTrue();
      pair.server.read();
      pair.server.write(HttpResponse.of(200, "x".getBytes()), false);
      pair.server.close();
      assertThat(pair.received(1000))
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                  + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void aStatusWithoutABodyHasNone(int status) throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      pair.server.read();
      pair.server.write(HttpResponse.of(status, "hello".getBytes()));
      pair.server.close();
      assertThat(pair.received(1000))
          .startsWith("HTTP/1.1 " + status)
          .endsWith("\r\n\r\n")
          .doesNotContain("Content-Length");
    }
  }

  /** It knows no chunks: the connection's end is the end of the body. */
  @Test
  void streamsToOldClientsUpToTheEnd() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
          .send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      pair.server.read();
      pair.server.write(HttpResponse.of(200, "whole".getBytes()));
      pair.server.read();
      StreamedBody body = pair.server.begin(HttpResponse.of(200), true);
      body.write("one ".getBytes());
      body.write("two".getBytes());
      body.end();
      assertThat(body.leavesConnection()).isFalse();
      pair.server.close();
      assertThat(pair.received(1000))
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nwhole"
                  + "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\none two");
    }
  }

  /** An end that is none must not look like one. */
  @Test
  void breaksOffSoThatThePeerSeesIt() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("GET / HTTP/1.0\r\n\r\n");
      pair.server.read();
      pair.server.begin(HttpResponse.of(200), false).write("part".getBytes());
      assertThat(pair.received(20)).startsWith("HTTP/1.1 200");
      pair.server.reset();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> pair.received(1000));
    }
  }

  @Test
  void asksForTheBodyWhenThePeerWaits() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      Thread peer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      assertThat(pair.received(25)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
                      pair.send("ok");
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      assertThat(pair.server.read().body()).asString().isEqualTo("ok");
      assertThat(peer).isNotNull();
    }
  }

  @Test
  void refusesABodyThatIsTooLargeBeforeItIsSent() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send(
          "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 100001\r\nExpect: 100-continue\r\n\r\n");
      HttpRequest request = pair.server.read();
      assertThat(request.bodyState()).isEqualTo(HttpRequest.Body.TOO_LARGE);
      assertThat(request.bodyLength()).isEqualTo(100_001);
      assertThat(request.keepAlive()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsTheConnectionAfterABodyThatIsTooLarge(boolean chunked) throws Exception {
    try (HttpPair pair = new HttpPair()) {
      String body = "z".repeat(100_001);
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      pair.send("POST / HTTP/1.1\r\n" + HOST)
                          .send(
                              chunked
                                  ? "Transfer-Encoding: chunked\r\n\r\n186a1\r\n"
                                  : "Content-Length: 100001\r\n\r\n")
                          .send(body)
                          .send(chunked ? "\r\n0\r\n\r\n" : "")
                          .send("GET /next HTTP/1.1\r\n" + HOST + "\r\n");
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      HttpRequest request = pair.server.read();
      assertThat(request.bodyState()).isEqualTo(HttpRequest.Body.TOO_LARGE);
      assertThat(request.body()).isEmpty();
      assertThat(request.bodyLength()).isEqualTo(100_001);
      assertThat(pair.server.read().path()).isEqualTo("/next");
      sender.join();
    }
  }

  @Test
  void takesABodyOfExactlyTheLimit() throws Exception {
    try (HttpPair pair = new HttpPair()) {
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      pair.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 100000\r\n\r\n")
                          .send("y".repeat(100_000));
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      HttpRequest request = pair.server.read();
      assertThat(request.bodyState()).isEqualTo(HttpRequest.Body.COMPLETE);
      assertThat(request.body()).hasSize(100_000);
      sender.join();
    }
  }

  @Test
  void saysThatABodyWasCut() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("POST /p HTTP/1.1\r\n" + HOST + "Content-Length: 9\r\n\r\nabc").end();
      HttpRequest request = pair.server.read();
      assertThat(request.bodyState()).isEqualTo(HttpRequest.Body.TRUNCATED);
      assertThat(request.body()).asString().isEqualTo("abc");
      assertThat(pair.server.read()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3\r\nabc\r\n", "3\r\nab", "3\r\nabc", "0\r\n", "0\r\nA: b\r\n", "", "3"})
  void saysThatChunksWereCut(String chunks) throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("POST /p HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks)
          .end();
      assertThat(pair.server.read().bodyState()).isEqualTo(HttpRequest.Body.TRUNCATED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|GET|/|HTTP/1.1|Host: a~Content-Length: 1~Transfer-Encoding: chunked",
        "400|GET|/|HTTP/1.1|Host: a~Content-Length: 1~Content-Length: 1",
        "400|GET|/|HTTP/1.1|Host: a~Content-Length: 1~Content-Length: 2",
        "400|GET|/|HTTP/1.1|Host: a~Content-Length: +1",
        "400|GET|/|HTTP/1.1|Host: a~Content-Length: 0x1",
        "400|GET|/|HTTP/1.1|Host: a~Content-Length: 1, 1",
        "400|GET|/|HTTP/1.1|Host: a~Content-Length: 99999999999999999999",
        "400|GET|/|HTTP/1.1|Host: a~Content-Length:",
        "501|GET|/|HTTP/1.1|Host: a~Transfer-Encoding: gzip, chunked",
        "501|GET|/|HTTP/1.1|Host: a~Transfer-Encoding: identity",
        "400|GET|/|HTTP/1.1|Host: a~Transfer-Encoding: chunked~Transfer-Encoding: chunked",
        "400|GET|/|HTTP/1.0|Host: a~Transfer-Encoding: chunked",
        "400|GET|/|HTTP/1.1|Host: a~ folded",
        "400|GET|/|HTTP/1.1|Host: a~X: b~\tfolded: c",
        "400|GET|/|HTTP/1.1|Host: a~X : b",
        "400|GET|/|HTTP/1.1|Host: a~: b",
        "400|GET|/|HTTP/1.1|Host: a~no colon",
        "400|GET|/|HTTP/1.1|Host: a~Host: b",
        "400|GET|/|HTTP/1.1|X: no host",
        "417|GET|/|HTTP/1.1|Host: a~Expect: tea",
        "505|GET|/|HTTP/2.0|Host: a",
        "505|GET|/|HTTP/1.2|Host: a",
        "400|GET|/|FTP/1.1|Host: a",
        "400|GET|/ x|HTTP/1.1|Host: a",
        "400|GET|relative|HTTP/1.1|Host: a",
        "400|GET|*|HTTP/1.1|Host: a",
        "400|G(T|/|HTTP/1.1|Host: a",
      })
  void refuses(int status, String method, String target, String version, String headers)
      throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send(method + " " + target + " " + version + "\r\n" + headers.replace("~", "\r\n"));
      pair.send("\r\n\r\n").end();
      assertThatExceptionOfType(HttpException.class)
          .isThrownBy(pair.server::read)
          .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \u0007\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\r\nHost: a\r\n\r\n",
        "\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nbad trailer\r\n\r\n",
      })
  void refusesWhatTwoParsersCouldReadDifferently(String text) throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send(text).end();
      assertThatExceptionOfType(HttpException.class)
          .isThrownBy(pair.server::read)
          .satisfies(e -> assertThat(e.status()).isEqualTo(400));
    }
  }

  @Test
  void boundsHeaders() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(9000));
      assertThatExceptionOfType(HttpException.class)
          .isThrownBy(pair.server::read)
          .satisfies(e -> assertThat(e.status()).isEqualTo(431));
    }
  }

  @Test
  void givesUpOnABodyBeyondWhatItDiscards() throws Exception {
    try (HttpPair pair = new HttpPair()) {
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      pair.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 9000000\r\n\r\n")
                          .send("y".repeat(400_000));
                    } catch (IOException e) {
                      // The codec has closed the connection, as it should.
                      assertThat(e).isNotNull();
                    }
                  });
      assertThatExceptionOfType(HttpException.class)
          .isThrownBy(pair.server::read)
          .satisfies(e -> assertThat(e.status()).isEqualTo(413));
      pair.server.close();
      sender.join();
    }
  }

  @Test
  void skipsAnEmptyLineBetweenRequestsAndTakesAbsoluteTargets() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("\r\nGET http://127.0.0.1:9/x?y HTTP/1.1\r\n" + HOST + "\r\n");
      HttpRequest request = pair.server.read();
      assertThat(request.path()).isEqualTo("/x");
      assertThat(request.query()).isEqualTo("y");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1,,true",
    "HTTP/1.1,close,false",
    "HTTP/1.1,Keep-Alive,true",
    "HTTP/1.0,,false",
    "HTTP/1.0,keep-alive,true"
  })
  void knowsWhetherTheConnectionStays(String version, String connection, boolean stays)
      throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("GET / " + version + "\r\n" + HOST)
          .send((connection == null ? "" : "Connection: " + connection + "\r\n") + "\r\n");
      assertThat(pair.server.read().keepAlive()).isEqualTo(stays);
    }
  }

  @Test
  void writesAnAnswer() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.server.write(HttpResponse.json(200, "{}").header("X-Text", "a\r\nSet-Cookie: b"));
      pair.server.write(HttpResponse.of(204), false);
      pair.server.close();
      assertThat(pair.received(1000))
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Text: a  Set-Cookie: b\r\n"
                  + "Content-Length: 2\r\n\r\n{}"
                  + "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    }
  }

  @Test
  void writesNonAsciiValuesAsUtf8AndLargeBodies() throws Exception {
    try (HttpPair pair = new HttpPair()) {
      byte[] large = "b".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      pair.server.write(HttpResponse.of(200, large).header("X", "é"));
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      String head = "HTTP/1.1 200 OK\r\nX: \u00c3\u00a9\r\nContent-Length: 300000\r\n\r\n";
      assertThat(pair.received(head.length())).isEqualTo(head);
      assertThat(pair.received(300_000)).hasSize(300_000).matches("b+");
      writer.join();
    }
  }

  @Test
  void waitsForARequestNoLongerThanAsked() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      assertThat(pair.server.await(1)).isFalse();
      pair.send("GET / HTTP/1.1\r\n");
      assertThat(pair.server.await(10_000)).isTrue();
      pair.send(HOST + "\r\n");
      assertThat(pair.server.read().path()).isEqualTo("/");
      pair.end();
      assertThat(pair.server.await(10_000)).isTrue();
      assertThat(pair.server.read()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,true",
    "127.0.0.1:8080,true",
    "localhost:1,true",
    "LOCALHOST,true",
    "[::1]:443,true",
    "[::1],true",
    "evil.example,false",
    "127.0.0.1.evil.example:80,false",
    "localhost:evil,false",
    "[::2]:80,false",
    "0.0.0.0,false"
  })
  void letsOnlyLoopbackNamesPass(String host, boolean passes) throws IOException {
    try (HttpPair pair = new HttpPair()) {
      pair.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      String refusal = LoopbackGuard.refusal(pair.server.read());
      assertThat(refusal == null).isEqualTo(passes);
      pair.send("GET / HTTP/1.1\r\nOrigin: http://127.0.0.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(LoopbackGuard.refusal(pair.server.read())).contains("Origin");
    }
  }
}
