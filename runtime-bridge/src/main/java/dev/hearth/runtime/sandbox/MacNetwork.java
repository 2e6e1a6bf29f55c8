package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The machine's own network, of which an environment is let reach only the servers that were opened
 * for it here, or those of the loopback interface. The rule is kept by {@link MacProfile}.
 */
final class MacNetwork implements NetworkSpace {
  private final boolean relay;
  private final Set<Integer> ports = new ConcurrentSkipListSet<>();

  MacNetwork(boolean relay) {
    this.relay = relay;
  }

  /** Whether all of the loopback interface is reached. */
  boolean relay() {
    return relay;
  }

  Set<Integer> ports() {
    return ports;
  }

  @Override
  public ServerSocket listen(int backlog) throws IOException {
    ServerSocket socket = NetworkSpace.OPEN.listen(backlog);
    ports.add(socket.getLocalPort());
    return socket;
  }

  @Override
  public DatagramSocket receive() throws IOException {
    DatagramSocket socket = NetworkSpace.OPEN.receive();
    ports.add(socket.getLocalPort());
    return socket;
  }

  @Override
  public int namespace() {
    return -1;
  }

  @Override
  public void close() {
    // Whoever listens closes.
  }
}
