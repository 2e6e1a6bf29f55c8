package dev.hearth.runtime.trace;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where X-Ray's daemon does (lifecycle.md section 7): a UDP port of the loopback interface
 * to which the SDKs send what they have measured. Nothing is answered and nothing leaves the
 * machine.
 */
public final class XRayDaemon implements AutoCloseable {
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final Logger LOG = LoggerFactory.getLogger(XRayDaemon.class);

  private final DatagramSocket socket;
  private final TraceCollector collector;
  private final @Nullable String environmentId;

  /**
   * Receives from now on.
   *
   * @param socket closed with this
   * @param environmentId the only environment that can reach the socket; null when all can
   */
  public XRayDaemon(
      DatagramSocket socket, TraceCollector collector, @Nullable String environmentId) {
    this.socket = socket;
    this.collector = collector;
    this.environmentId = environmentId;
    Thread.ofVirtual().name("xray-daemon").start(this::receive);
  }

  /** The port of 127.0.0.1. */
  public int port() {
    return socket.getLocalPort();
  }

  private void receive() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
    while (!socket.isClosed()) {
      try {
        packet.setLength(LARGEST_DATAGRAM);
        socket.receive(packet);
        collector.datagram(packet.getData(), packet.getLength(), environmentId);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("Spans of X-Ray are not received any more", e);
          socket.close();
        }
      } catch (RuntimeException e) {
        LOG.error("A datagram to the X-Ray daemon was not taken", e);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
