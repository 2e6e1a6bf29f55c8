package dev.hearth.runtime.environment;

import dev.hearth.runtime.sandbox.NetworkSpace;
import dev.hearth.runtime.trace.TraceCollector;
import dev.hearth.runtime.trace.XRayDaemon;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where environments send their spans. Those on the machine's network share one X-Ray daemon, so
 * that a thousand environments need one port; one with a network of its own gets a daemon there.
 */
public final class TraceAddresses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TraceAddresses.class);

  private final TraceCollector collector;
  private @Nullable XRayDaemon shared;
  private boolean closed;

  /**
   * @param collector gets all spans
   */
  public TraceAddresses(TraceCollector collector) {
    this.collector = collector;
  }

  TraceCollector collector() {
    return collector;
  }

  /**
   * A daemon that can be reached from a network; null when the system gives no port, which costs
   * spans, never calls. The caller closes its {@link Lease}.
   */
  @Nullable Lease daemon(NetworkSpace network, String environmentId) {
    try {
      if (network.namespace() >= 0) {
        return new Lease(new XRayDaemon(network.receive(), collector, environmentId), true);
      }
      XRayDaemon common = shared();
      return common == null ? null : new Lease(common, false);
    } catch (IOException e) {
      LOG.warn("Spans of X-Ray are not received: no port", e);
      return null;
    }
  }

  private synchronized @Nullable XRayDaemon shared() throws IOException {
    if (shared == null && !closed) {
      shared = new XRayDaemon(NetworkSpace.OPEN.receive(), collector, null);
    }
    return shared;
  }

  /** A daemon as long as an environment needs it. */
  record Lease(XRayDaemon daemon, boolean isOwn) implements AutoCloseable {
    int port() {
      return daemon.port();
    }

    @Override
    public void close() {
      if (isOwn) {
        daemon.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (shared != null) {
      shared.close();
    }
  }
}
