package dev.hearth.runtime.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Two ends of a loopback connection: the codec's and a raw one that plays the peer. */
final class HttpPair implements AutoCloseable {
  static final HttpLimits LIMITS = new HttpLimits(4096, 100_000, 200_000);

  final HttpConnection server;
  final Socket peer;

  HttpPair() throws IOException {
    this(LIMITS);
  }

  HttpPair(HttpLimits limits) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      peer = new Socket(socket.getInetAddress(), socket.getLocalPort());
      server = new HttpConnection(socket.accept(), limits);
    }
  }

  /** The peer sends text, bytes as in ISO 8859-1. */
  HttpPair send(String text) throws IOException {
    peer.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** The peer sends nothing more. */
  HttpPair end() throws IOException {
    peer.shutdownOutput();
    return this;
  }

  /** What the peer has received, up to that many bytes. */
  String received(int length) throws IOException {
    return new String(peer.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    peer.close();
  }
}
