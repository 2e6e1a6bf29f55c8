package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A network namespace with nothing but a loopback interface. A socket belongs to the namespace of
 * the thread that made it, wherever it is used from then on: so the Runtime API listens inside and
 * is served from outside, without anything in between.
 */
final class PrivateNetwork implements NetworkSpace {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | Libc.O_CLOEXEC;
  private static final int SIOCSIFFLAGS = 0x8914;
  private static final short IFF_UP = 1;
  private static final int REQUEST_SIZE = 40;
  private static final int FLAGS_OFFSET = 16;

  private final int namespace;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PrivateNetwork(int namespace) {
    this.namespace = namespace;
  }

  /**
   * @throws IOException when we may not have one
   */
  static PrivateNetwork create() throws IOException {
    return OwnThread.call(
        () -> {
          Namespace.check("unshare network", Namespace.unshare(Namespace.NET));
          raiseLoopback();
          int fd = Libc.open("/proc/thread-self/ns/net", Libc.O_RDONLY);
          Namespace.check("open network namespace", fd);
          return new PrivateNetwork(fd);
        });
  }

  private static void raiseLoopback() throws IOException {
    int socket = Libc.call(Libc.symbol("socket"), AF_INET, SOCK_DGRAM_CLOEXEC, 0);
    Namespace.check("socket", socket);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(REQUEST_SIZE, 8);
      MemorySegment.copy(
          "lo".getBytes(StandardCharsets.US_ASCII), 0, request, ValueLayout.JAVA_BYTE, 0, 2);
      request.set(ValueLayout.JAVA_SHORT, FLAGS_OFFSET, IFF_UP);
      Namespace.check(
          "raise loopback",
          Libc.call(Libc.symbol("ioctl"), socket, SIOCSIFFLAGS, request.address()));
    } finally {
      Libc.close(socket);
    }
  }

  /** Runs something on a thread inside. */
  <T> T inside(Callable<T> task) throws IOException {
    return OwnThread.call(
        () -> {
          Namespace.check("enter network", Namespace.enter(namespace, Namespace.NET));
          return task.call();
        });
  }

  @Override
  public ServerSocket listen(int backlog) throws IOException {
    return inside(() -> NetworkSpace.OPEN.listen(backlog));
  }

  @Override
  public DatagramSocket receive() throws IOException {
    return inside(NetworkSpace.OPEN::receive);
  }

  @Override
  public int namespace() {
    return namespace;
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      Libc.close(namespace);
    }
  }
}
