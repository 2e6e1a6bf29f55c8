package dev.hearth.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that sends a request before the one before it is answered (RFC 9112 section 9.3.2). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PipelinedRequestsTest {
  private static final String HOST = "Host: 127.0.0.1\r\n";

  @Test
  void readsRequestsThatArriveTogether() throws IOException {
    try (HttpPair pair = new HttpPair()) {
      String chunked = "POST /2 HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
      pair.send("GET /1 HTTP/1.1\r\n" + HOST + "\r\n" + chunked + "3\r\nabc\r\n0\r\n\r\n")
          .send("POST /3 HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\n\r\nxGET /4 HTTP/1.1\r\n")
          .send(HOST + "\r\n")
          .end();
      assertThat(pair.server.read().path()).isEqualTo("/1");
      assertThat(pair.server.read().body()).asString().isEqualTo("abc");
      assertThat(pair.server.read().body()).asString().isEqualTo("x");
      assertThat(pair.server.read().path()).isEqualTo("/4");
      assertThat(pair.server.read()).isNull();
    }
  }

  @Test
  void anAnswerGoesOutWithTheNextOneWhereThePeerDoesNotWaitForIt() throws IOException {
    String request = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
    String one = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1";
    try (HttpPair pair = new HttpPair()) {
      pair.send(request + request);
      pair.server.read();
      pair.server.writeWithNext(HttpResponse.of(200, new byte[] {'1'}));
      pair.server.read();
      assertThat(pair.peer.getInputStream().available()).isZero();
      pair.server.write(HttpResponse.of(204));
      assertThat(pair.received(one.length() + 12)).isEqualTo(one + "HTTP/1.1 204");

      pair.send(request);
      pair.server.read();
      pair.server.writeWithNext(HttpResponse.of(200, new byte[] {'1'}));
      assertThat(pair.received(one.length() + 15)).endsWith(one);
    }
  }
}
