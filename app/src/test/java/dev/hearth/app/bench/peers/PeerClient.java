package dev.hearth.app.bench.peers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive connection that knows just enough HTTP, so that what is measured is the server:
 * lengths, chunks, and servers that hang up after an answer.
 */
final class PeerClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Peer peer;
  private final byte[] request;
  private Socket socket;
  private InputStream in;

  PeerClient(Peer peer) {
    this.peer = peer;
    this.request =
        ("POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
                    .formatted(peer.path(), peer.port())
                + "Content-Length: %d\r\n\r\n%s".formatted(peer.body().length(), peer.body()))
            .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Calls once.
   *
   * @throws IOException when the answer is not the expected one
   */
  void call() throws IOException {
    if (socket == null) {
      socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress("127.0.0.1", peer.port()), TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    }
    socket.getOutputStream().write(request);
    String status = line();
    int length = -1;
    boolean chunked = false;
    boolean closes = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      closes |= lower.startsWith("connection:") && lower.contains("close");
    }
    String body = chunked ? chunks() : text(length < 0 ? in.readAllBytes() : in.readNBytes(length));
    if (closes || (!chunked && length < 0)) {
      close();
    }
    if (!status.contains(" 200") || !body.replace(" ", "").contains(peer.answer())) {
      throw new IOException(status + " " + body);
    }
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line().strip(), 16);
      body.append(text(in.readNBytes(size)));
      line();
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("The server hung up");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
