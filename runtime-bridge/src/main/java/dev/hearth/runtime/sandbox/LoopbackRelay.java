package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network in which an environment finds the TCP services of this machine's loopback interface at
 * their own ports, and nothing else: each port is opened inside, and what comes in is passed on.
 * The services are those that listen when the environment starts. Runtime APIs are among the ports,
 * too, but none of them answers us: we are no process of an environment.
 */
final class LoopbackRelay implements NetworkSpace {
  private static final Logger log = LoggerFactory.getLogger(LoopbackRelay.class);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int BACKLOG = 16;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int MOST_CONNECTIONS = 256;
  private static final String LISTENING = "0A";

  /** 127.0.0.1, any, and the same as IPv6 writes them. */
  private static final Set<String> OWN_ADDRESSES =
      Set.of(
          "0100007F",
          "00000000",
          "0".repeat(32),
          "0000000000000000FFFF00000100007F",
          "0000000000000000FFFF000000000000");

  private final PrivateNetwork network;
  private final List<ServerSocket> open = new ArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private LoopbackRelay(PrivateNetwork network) {
    this.network = network;
  }

  /**
   * @param network closed with the result, and when this fails
   */
  static LoopbackRelay into(PrivateNetwork network) throws IOException {
    LoopbackRelay relay = new LoopbackRelay(network);
    try {
      Set<Integer> ports = listening();
      network.inside(
          () -> {
            ports.forEach(relay::openPort);
            return true;
          });
    } catch (IOException | RuntimeException e) {
      relay.close();
      throw e;
    }
    relay.open.forEach(port -> Thread.startVirtualThread(() -> relay.accept(port)));
    return relay;
  }

  /** The TCP ports at which something listens on this machine's loopback interface. */
  static Set<Integer> listening() {
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      String text = new String(ProcTable.read(table), StandardCharsets.US_ASCII);
      text.lines().skip(1).forEach(line -> add(ports, line.strip().split("\\s+")));
    }
    return ports;
  }

  private static void add(Set<Integer> ports, String... words) {
    String[] local = words.length > 3 ? words[1].split(":", -1) : new String[0];
    if (local.length == 2 && words[3].equals(LISTENING) && OWN_ADDRESSES.contains(local[0])) {
      ports.add(Integer.parseInt(local[1], 16));
    }
  }

  private void openPort(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(LOOPBACK, port), BACKLOG);
      open.add(socket);
    } catch (IOException e) {
      log.info("Port {} is not passed on to an environment: {}", port, e.getMessage());
    }
  }

  private void accept(ServerSocket port) {
    while (!port.isClosed()) {
      try {
        Socket inside = port.accept();
        if (connections.size() >= MOST_CONNECTIONS) {
          inside.close();
        } else {
          Thread.startVirtualThread(() -> connect(inside, port.getLocalPort()));
        }
      } catch (IOException e) {
        log.debug("Port {} is not passed on any more: {}", port.getLocalPort(), e.getMessage());
        return;
      }
    }
  }

  private void connect(Socket inside, int port) {
    connections.add(inside);
    try (inside;
        Socket outside = new Socket()) {
      outside.connect(new InetSocketAddress(LOOPBACK, port), CONNECT_MILLIS);
      Thread back = Thread.startVirtualThread(() -> copy(outside, inside));
      copy(inside, outside);
      back.join();
    } catch (IOException e) {
      log.debug("A connection to port {} ended: {}", port, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(inside);
    }
  }

  /** Until one side has said all; the other may go on. */
  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      log.debug("One direction of a connection ended: {}", e.getMessage());
      close(from);
      close(to);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      log.debug("Already closed: {}", e.getMessage());
    }
  }

  /** Of the ports that are free: those of the services are taken. */
  @Override
  public ServerSocket listen(int backlog) throws IOException {
    return network.listen(backlog);
  }

  @Override
  public DatagramSocket receive() throws IOException {
    return network.receive();
  }

  @Override
  public int namespace() {
    return network.namespace();
  }

  @Override
  public void close() {
    open.forEach(LoopbackRelay::close);
    connections.forEach(LoopbackRelay::close);
    network.close();
  }
}
