package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where the sockets of one environment are: on this machine's network, or on a loopback interface
 * that only the environment has. Servers that it has to reach are opened here.
 */
public interface NetworkSpace extends AutoCloseable {
  /** This machine's own network; nothing is kept away. */
  NetworkSpace OPEN =
      new NetworkSpace() {
        @Override
        public ServerSocket listen(int backlog) throws IOException {
          return NetworkSpace.bound(backlog);
        }

        @Override
        public DatagramSocket receive() throws IOException {
          return new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        }

        @Override
        public int namespace() {
          return -1;
        }

        @Override
        public void close() {
          // There is nothing.
        }
      };

  /**
   * A port of 127.0.0.1 that the environment can reach. Any thread may accept.
   *
   * @throws IOException when the system gives none
   */
  ServerSocket listen(int backlog) throws IOException;

  /**
   * The same for datagrams. Any thread may receive.
   *
   * @throws IOException when the system gives none
   */
  DatagramSocket receive() throws IOException;

  /** A descriptor of the network namespace, or -1 for the machine's own. */
  int namespace();

  /** Closes nothing that listens. */
  @Override
  void close();

  private static ServerSocket bound(int backlog) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), backlog);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
