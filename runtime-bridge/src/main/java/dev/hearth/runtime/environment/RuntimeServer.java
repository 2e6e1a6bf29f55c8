package dev.hearth.runtime.environment;

import dev.hearth.runtime.http.HttpConnection;
import dev.hearth.runtime.http.HttpLimits;
import dev.hearth.runtime.sandbox.NetworkSpace;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoint of one runtime process: a port of its own on the loopback interface. */
final class RuntimeServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeServer.class);
  private static final long RETRY_NANOS = 10_000_000;
  private static final int BACKLOG = 16;
  private static final int MAX_CONNECTIONS = 64;
  private static final HttpLimits LIMITS =
      new HttpLimits(2 * HttpLimits.LAMBDA_HEAD_BYTES, RuntimeAnswers.MAX_RESPONSE_BYTES, 4L << 30);

  private final ServerSocket socket;
  private final NetworkSpace network;
  private final Endpoint api;
  private final Door door;
  private final Executor threads;
  private final Set<RuntimeConnection> connections = new HashSet<>();
  private final AtomicInteger deciding = new AtomicInteger();
  private boolean closed;

  /** Decides once for each connection, before anything is read from it. */
  interface Door {
    /** Lets everybody in. */
    Door OPEN = connection -> true;

    /** May wait for a process that is just being started. */
    boolean admits(Socket connection) throws InterruptedException;
  }

  /**
   * Opens the port.
   *
   * @param threads runs the readers of connections, on platform threads
   */
  RuntimeServer(Endpoint api, Executor threads) throws IOException {
    this(api, threads, NetworkSpace.OPEN, Door.OPEN);
  }

  /**
   * Opens the port where the process will look for it.
   *
   * @param network closed with this server
   * @param door who may connect
   */
  RuntimeServer(Endpoint api, Executor threads, NetworkSpace network, Door door)
      throws IOException {
    this.api = api;
    this.door = door;
    this.threads = threads;
    this.network = network;
    this.socket = network.listen(BACKLOG);
    threads.execute(this::accept);
  }

  /** The network in which the port is. */
  NetworkSpace network() {
    return network;
  }

  /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /**
   * Accepts one connection and serves it on this thread, after another thread has taken over
   * accepting: the first connection of a cold start is not handed on.
   */
  private void accept() {
    Socket peer;
    try {
      peer = socket.accept();
    } catch (IOException e) {
      if (isClosed()) {
        return;
      }
      // Out of descriptors, for example: what is being closed elsewhere may help.
      LOG.warn("A Runtime API connection was not accepted", e);
      LockSupport.parkNanos(this, RETRY_NANOS);
      threads.execute(this::accept);
      return;
    }
    threads.execute(this::accept);
    serve(peer);
  }

  private void serve(Socket peer) {
    try {
      if (!admitted(peer)) {
        peer.close();
        return;
      }
      RuntimeConnection connection =
          new RuntimeConnection(new HttpConnection(peer, LIMITS), api, this);
      if (add(connection)) {
        connection.run();
      } else {
        connection.close();
      }
    } catch (IOException e) {
      LOG.debug("A runtime went away: {}", e.getMessage());
    }
  }

  private boolean admitted(Socket peer) {
    if (deciding.incrementAndGet() > MAX_CONNECTIONS) {
      deciding.decrementAndGet();
      return false;
    }
    try {
      return door.admits(peer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      deciding.decrementAndGet();
    }
  }

  private synchronized boolean add(RuntimeConnection connection) {
    return !closed && connections.size() < MAX_CONNECTIONS && connections.add(connection);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  void execute(RuntimeConnection connection) {
    threads.execute(connection);
  }

  synchronized void closed(RuntimeConnection connection) {
    connections.remove(connection);
    notifyAll();
  }

  /**
   * Waits until the answers of a process that has ended are read: its connections then report their
   * end. Connections that nobody reads have nothing to say.
   *
   * @param millis how long at most, for a connection that a stray grandchild keeps open
   */
  synchronized void awaitReadersDone(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (connections.stream().anyMatch(RuntimeConnection::isBeingRead)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /** Closes the port and every connection. */
  @Override
  public void close() {
    Set<RuntimeConnection> open;
    synchronized (this) {
      closed = true;
      open = Set.copyOf(connections);
    }
    try {
      socket.close();
    } catch (IOException e) {
      LOG.warn("Runtime API port was not closed", e);
    }
    open.forEach(RuntimeConnection::close);
    network.close();
  }
}
