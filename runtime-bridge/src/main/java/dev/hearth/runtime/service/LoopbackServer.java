package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpAnswer;
import dev.hearth.runtime.http.HttpConnection;
import dev.hearth.runtime.http.HttpException;
import dev.hearth.runtime.http.HttpLimits;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.StreamedBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port on 127.0.0.1 with its connections and threads; what is answered is a handler's part. */
final class LoopbackServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
  private static final int MAX_CONNECTIONS = 1_024;

  /** How long a connection may be kept without a request. */
  private static final int IDLE_MILLIS = 300_000;

  /** How long a request may take to arrive: the largest, from a slow program of this machine. */
  private static final int REQUEST_MILLIS = 120_000;

  private static final int MAX_PAYLOAD = InvokeOperation.MAX_PAYLOAD;
  private static final HttpLimits LIMITS =
      new HttpLimits(HttpLimits.LAMBDA_HEAD_BYTES, MAX_PAYLOAD, 64L << 20);

  private final ServerSocket socket;
  private final Handler handler;
  private final HttpConnection.BodyLimit bodyLimit;
  private final ExecutorService threads;
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Answers requests; called on many threads. */
  @FunctionalInterface
  interface Handler {
    /**
     * @param answer takes the response, exactly once and on this thread
     */
    void serve(HttpRequest request, HttpAnswer answer);
  }

  private LoopbackServer(
      ServerSocket socket, String name, Handler handler, HttpConnection.BodyLimit bodyLimit) {
    this.socket = socket;
    this.handler = handler;
    this.bodyLimit = bodyLimit;
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name(name + "-", 0).daemon().factory());
  }

  /**
   * Takes a port without serving yet.
   *
   * @param port 0 for a free one
   * @throws UncheckedIOException when the port can't be had; the message says why and what to do
   */
  static ServerSocket bind(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      try {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 256);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (BindException e) {
      throw new UncheckedIOException(
          "Port " + port + " can't be used: " + e.getMessage() + ". Choose another port.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " could not be opened", e);
    }
  }

  /** Starts to serve on a bound socket. */
  static LoopbackServer start(
      ServerSocket socket, String name, Handler handler, HttpConnection.BodyLimit bodyLimit) {
    LoopbackServer server = new LoopbackServer(socket, name, handler, bodyLimit);
    Thread.ofPlatform().name(name + "-accept").daemon().start(server::accept);
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket peer = socket.accept();
        if (connections.size() >= MAX_CONNECTIONS) {
          peer.close();
          LOG.warn("More than {} connections: one was closed", MAX_CONNECTIONS);
          continue;
        }
        HttpConnection connection = new HttpConnection(peer, LIMITS, bodyLimit);
        connections.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("A connection was not accepted", e);
        }
      }
    }
  }

  private void serve(HttpConnection connection) {
    try {
      boolean open = true;
      while (open && connection.await(IDLE_MILLIS)) {
        connection.arriveWithin(REQUEST_MILLIS);
        HttpRequest request = connection.read();
        connection.arriveWithin(0);
        open = request != null && request.keepAlive() && !closed;
        if (request != null && request.bodyState() != HttpRequest.Body.TRUNCATED) {
          open = answer(connection, request, open);
        }
      }
    } catch (HttpException e) {
      refuse(connection, e);
    } catch (IOException e) {
      if (!closed) {
        LOG.debug("A client went away: {}", e.getMessage());
      }
    } finally {
      connections.remove(connection);
      connection.close();
    }
  }

  /**
   * Serves a request.
   *
   * @return whether the connection takes another one
   */
  private boolean answer(HttpConnection connection, HttpRequest request, boolean keepAlive)
      throws IOException {
    Answer answer = new Answer(connection, keepAlive);
    handler.serve(request, answer);
    if (answer.isBroken()) {
      connection.reset();
    }
    return keepAlive && answer.leavesConnection();
  }

  /** Writes the answer to one request. */
  private static final class Answer implements HttpAnswer {
    private final HttpConnection connection;
    private final boolean keepAlive;
    private boolean whole;
    private @Nullable StreamedBody body;

    Answer(HttpConnection connection, boolean keepAlive) {
      this.connection = connection;
      this.keepAlive = keepAlive;
    }

    @Override
    public void accept(HttpResponse response) {
      if (whole || body != null) {
        return; // A failure after the answer has no second one.
      }
      try {
        connection.write(response, keepAlive);
        whole = true;
      } catch (IOException e) {
        // The call goes on to its end without its caller, as on Lambda.
        LOG.debug("A client went away: {}", e.getMessage());
      }
    }

    @Override
    public StreamedBody stream(HttpResponse head) throws IOException {
      StreamedBody begun = connection.begin(head, keepAlive);
      body = begun;
      return begun;
    }

    boolean leavesConnection() {
      return whole || (body != null && body.leavesConnection());
    }

    /** Whether a body was begun and is not complete. */
    boolean isBroken() {
      return body != null && !body.isEnded();
    }
  }

  private static void refuse(HttpConnection connection, HttpException problem) {
    try {
      connection.write(
          HttpResponse.of(problem.status(), Json.bytes(new Message(problem.getMessage())))
              .header("Content-Type", "application/json")
              .header("x-amzn-ErrorType", "BadRequestException"),
          false);
      connection.finish();
    } catch (IOException e) {
      LOG.debug("A client went away: {}", e.getMessage());
    }
  }

  /** The body of an answer to what is not HTTP. */
  record Message(String message) {}

  /** Closes the port and every connection; calls that run go on. */
  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      LOG.warn("The port was not closed", e);
    }
    connections.forEach(HttpConnection::close);
    threads.shutdown();
  }
}
