package dev.hearth.runtime.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one HTTP/1.1 connection: reads requests one after the other and writes each
 * answer with one system call. One thread may read while another writes; two may not do the same at
 * once.
 */
public final class HttpConnection implements Closeable {
  private static final int FINISH_MILLIS = 200;
  private static final long FINISH_BYTES = 1 << 20;
  private static final int SMALL_BODY = 1 << 16;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] NOTHING = new byte[0];

  private final Socket socket;
  private final OutputStream out;
  private final TimedInput in;
  private final SocketBuffer buffer;
  private final HttpLimits limits;
  private final BodyLimit bodyLimit;
  private byte[] output = new byte[1024];
  private int outputLength;

  /** Whether the output holds an answer that goes out together with the next one. */
  private boolean held;

  private boolean ended;

  /** What the last request that was read says about its answer. */
  private boolean headOnly;

  private boolean http11 = true;

  /** How large the body of a request may be, told by its first line. */
  @FunctionalInterface
  public interface BodyLimit {
    int bytes(String method, String path);
  }

  /**
   * @throws IOException when the socket is already closed
   */
  public HttpConnection(Socket socket, HttpLimits limits) throws IOException {
    this(socket, limits, (_, _) -> limits.bodyBytes());
  }

  /**
   * @param bodyLimit in place of the one limit for all requests
   * @throws IOException when the socket is already closed
   */
  public HttpConnection(Socket socket, HttpLimits limits, BodyLimit bodyLimit) throws IOException {
    this.socket = socket;
    this.limits = limits;
    this.bodyLimit = bodyLimit;
    socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    this.in = new TimedInput(socket);
    this.buffer = new SocketBuffer(in);
  }

  /**
   * Waits until there is something to {@link #read()}, which may be the end of the connection.
   *
   * @param millis how long, 1 or more
   * @return false when the time passed
   */
  public boolean await(int millis) throws IOException {
    if (ended || buffer.available() > 0) {
      return true;
    }
    socket.setSoTimeout(millis);
    try {
      ended = !buffer.fill();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      if (!socket.isClosed()) {
        socket.setSoTimeout(0);
      }
    }
  }

  /**
   * Lets reads fail with a {@link SocketTimeoutException} when what they wait for is not there so
   * many milliseconds from now; 0 for as long as it takes.
   */
  public void arriveWithin(int millis) throws IOException {
    in.within(millis);
  }

  /**
   * Reads the next request, waiting for it as long as it takes.
   *
   * @return null when the peer has closed the connection between two requests
   * @throws HttpException when the peer broke a rule; answer with its status and close
   */
  public @Nullable HttpRequest read() throws IOException {
    return read(head -> null);
  }

  /**
   * Reads the next request; a body that the chooser gives to a sink is not in it.
   *
   * @return null when the peer has closed the connection between two requests
   * @throws HttpException when the peer broke a rule; answer with its status and close
   */
  public @Nullable HttpRequest read(BodySink.Chooser chooser) throws IOException {
    skipEmptyLines();
    if (ended) {
      return null;
    }
    int length = buffer.awaitBlock("Request line and headers", limits.headBytes());
    if (length < 0) {
      ended = true;
      throw new HttpException(400, "The request ended inside its headers");
    }
    int from = buffer.start();
    RequestHead head = RequestHead.parse(buffer.array(), from, from + length - 2);
    buffer.skip(length);
    headOnly = head.method().equals("HEAD");
    http11 = head.http11();
    if (!head.chunked() && head.contentLength() == 0) {
      return request(head, null);
    }
    int most = bodyLimit.bytes(head.method(), head.path());
    if (head.expectsContinue() && buffer.available() == 0) {
      if (head.contentLength() > most) {
        return refused(head);
      }
      out.write(CONTINUE);
    }
    BodyReader body =
        new BodyReader(buffer, limits.withBodyBytes(most), chooser.sinkFor(request(head, null)));
    if (head.chunked()) {
      body.readChunks();
    } else {
      body.readLength(head.contentLength());
    }
    return request(head, body);
  }

  private HttpRequest request(RequestHead head, @Nullable BodyReader body) {
    HttpRequest.Body state = body == null ? HttpRequest.Body.COMPLETE : body.state();
    ended |= state == HttpRequest.Body.TRUNCATED;
    return new HttpRequest(
        head.method(),
        head.path(),
        head.query(),
        head.headers(),
        body == null ? new HttpHeaders() : body.trailers(),
        body == null ? NOTHING : body.body(),
        state,
        body == null ? 0 : body.total(),
        head.keepAlive() && !ended);
  }

  /** The peer waits for a go-ahead and does not get it; whether it then sends the body is open. */
  private HttpRequest refused(RequestHead head) {
    ended = true;
    return new HttpRequest(
        head.method(),
        head.path(),
        head.query(),
        head.headers(),
        new HttpHeaders(),
        NOTHING,
        HttpRequest.Body.TOO_LARGE,
        head.contentLength(),
        false);
  }

  /** Old clients send an empty line after a body; RFC 9112 section 2.2 says to skip it. */
  private void skipEmptyLines() throws IOException {
    for (int skipped = 0; ; skipped++) {
      if (!has(1)) {
        ended = true;
        return;
      }
      if (buffer.array()[buffer.start()] != '\r') {
        return;
      }
      if (skipped == 2 || !has(2) || buffer.array()[buffer.start() + 1] != '\n') {
        throw new HttpException(400, "Malformed request line");
      }
      buffer.skip(2);
    }
  }

  private boolean has(int count) throws IOException {
    while (buffer.available() < count) {
      if (ended || !buffer.fill()) {
        return false;
      }
    }
    return true;
  }

  /** Writes an answer; the connection stays open. */
  public void write(HttpResponse response) throws IOException {
    write(response, true);
  }

  /**
   * Writes an answer together with the next one when the peer has sent its next request without
   * waiting for it, and at once otherwise: such a peer is then woken once and not twice.
   */
  public void writeWithNext(HttpResponse response) throws IOException {
    if (buffer.available() == 0 || response.body().length > SMALL_BODY) {
      write(response);
      return;
    }
    compose(response, true);
    held = true;
  }

  /**
   * Writes an answer.
   *
   * @param keepAlive false to tell the peer that the connection is closed afterwards; closing is
   *     the caller's part
   */
  public void write(HttpResponse response, boolean keepAlive) throws IOException {
    byte[] body = compose(response, keepAlive);
    out.write(output, 0, outputLength);
    if (body.length > 0) {
      out.write(body);
    }
  }

  /** Puts an answer into the output, except for the body that is returned: a large one. */
  private byte[] compose(HttpResponse response, boolean keepAlive) {
    putHead(response, keepAlive);
    boolean bodiless = response.isBodiless();
    byte[] body = bodiless || headOnly ? NOTHING : response.body();
    if (!bodiless) {
      // HEAD is told the length of what GET would bring (RFC 9110 section 9.3.2).
      put("\r\nContent-Length: ");
      put(Integer.toString(response.body().length));
    }
    put("\r\n\r\n");
    if (body.length > SMALL_BODY) {
      return body;
    }
    reserve(body.length);
    System.arraycopy(body, 0, output, outputLength, body.length);
    outputLength += body.length;
    return NOTHING;
  }

  /**
   * Writes the head of an answer whose body follows bit by bit: in chunks, and to HTTP/1.0, which
   * has none, up to the connection's end.
   *
   * @param keepAlive as in {@link #write(HttpResponse, boolean)}
   */
  public StreamedBody begin(HttpResponse head, boolean keepAlive) throws IOException {
    putHead(head, keepAlive && http11);
    if (http11) {
      put("\r\nTransfer-Encoding: chunked");
    }
    put("\r\n\r\n");
    out.write(output, 0, outputLength);
    if (headOnly) {
      return new StreamedBody(OutputStream.nullOutputStream(), StreamedBody.Framing.CHUNKED);
    }
    return new StreamedBody(
        out, http11 ? StreamedBody.Framing.CHUNKED : StreamedBody.Framing.TO_THE_END);
  }

  /**
   * Breaks the connection off, so that the peer sees that something is missing even where only the
   * connection's end tells the end of a body.
   */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private void putHead(HttpResponse response, boolean keepAlive) {
    if (!held) {
      outputLength = 0;
    }
    held = false;
    put("HTTP/1.1 ");
    put(Integer.toString(response.status()));
    put(" ");
    put(HttpResponse.reason(response.status()));
    for (int i = 0; i < response.headers(); i++) {
      put("\r\n");
      put(response.name(i));
      put(": ");
      putValue(response.value(i));
    }
    if (!keepAlive) {
      put("\r\nConnection: close");
    } else if (!http11) {
      put("\r\nConnection: keep-alive");
    }
  }

  @SuppressWarnings("deprecation") // the fastest way for text that is ASCII by construction
  private void put(String ascii) {
    int length = ascii.length();
    reserve(length);
    ascii.getBytes(0, length, output, outputLength);
    outputLength += length;
  }

  private void putValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        byte[] encoded = value.replaceAll("[\\r\\n\\x00]", " ").getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, output, outputLength, encoded.length);
        outputLength += encoded.length;
        return;
      }
    }
    put(value);
  }

  private void reserve(int count) {
    if (output.length - outputLength < count) {
      output = Arrays.copyOf(output, Math.max(output.length * 2, outputLength + count));
    }
  }

  /**
   * Ends the output and reads for a moment what the peer still sends. Closing at once while bytes
   * are unread would reset the connection, and the peer would lose the answer that says why.
   */
  public void finish() throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(FINISH_MILLIS);
    byte[] bin = new byte[8192];
    try {
      long left = FINISH_BYTES;
      for (int n = 0; n >= 0 && left > 0; left -= n) {
        n = buffer.read(bin, 0, bin.length);
        if (n < bin.length) {
          return;
        }
      }
    } catch (SocketTimeoutException e) {
      ended = true;
    }
  }

  /** Ends both directions; a thread that is reading gets an exception. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
