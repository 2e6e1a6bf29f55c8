package dev.hearth.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever bytes arrive, the codec answers with requests or its own exception, and ends. */
class HttpFuzzTest {
  private static final int ROUNDS = 60_000;
  private static final String[] SEEDS = {
    "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n\r\n",
    "POST /r HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world",
    "POST /r HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n"
        + "5\r\nhello\r\n6;x=\"y\"\r\n world\r\n0\r\nT: v\r\n\r\n",
    "POST /r HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
    "PUT http://localhost/x?y=z HTTP/1.0\r\nHost: b\r\nConnection: keep-alive\r\n\r\n",
  };
  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r",
    " ",
    ":",
    "Content-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Length: -1\r\n",
    "\0",
    "0\r\n\r\n",
    "FFFFFFFFFFFFFFF\r\n",
    "\u00ff",
    "HTTP/1.1",
  };

  /** A socket that hands out its bytes in uneven portions, as a network may. */
  private static final class Portions extends Socket {
    private final InputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Portions(byte[] bytes, Random random) {
      ByteArrayInputStream all = new ByteArrayInputStream(bytes);
      in =
          new InputStream() {
            @Override
            public int read() {
              return all.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
              return all.read(target, offset, Math.min(length, 1 + random.nextInt(40)));
            }
          };
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}
  }

  @Test
  void survivesRandomAndMutatedBytes() {
    Random random = new Random(7);
    int requests =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> {
              int read = 0;
              for (int round = 0; round < ROUNDS; round++) {
                read += readAll(round % 10 == 0 ? noise(random) : mutated(random), random);
              }
              return read;
            });
    assertThat(requests).isGreaterThan(ROUNDS / 10);
  }

  private static int readAll(byte[] bytes, Random random) throws IOException {
    HttpConnection connection =
        new HttpConnection(new Portions(bytes, random), new HttpLimits(2000, 500, 1000));
    int requests = 0;
    try {
      for (var request = connection.read(); request != null; request = connection.read()) {
        requests++;
        assertThat(request.body().length).isLessThanOrEqualTo(500);
        assertThat(requests).isLessThanOrEqualTo(bytes.length);
      }
    } catch (HttpException e) {
      assertThat(e.status()).isIn(400, 413, 417, 431, 501, 505);
    }
    return requests;
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mutated(Random random) {
    byte[] bytes = new byte[0];
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes = insert(bytes, bytes.length, SEEDS[random.nextInt(SEEDS.length)]);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = insert(bytes, at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  private static byte[] insert(byte[] bytes, int at, String piece) {
    byte[] added = piece.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[bytes.length + added.length];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(added, 0, all, at, added.length);
    System.arraycopy(bytes, at, all, at + added.length, bytes.length - at);
    return all;
  }
}
