package dev.hearth.runtime.service;

import dev.hearth.runtime.invoke.Invoker;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves every configured function URL on a port of its own, so that paths stay the function's. A
 * URL keeps its port from one start to the next as long as nobody else takes it.
 */
final class FunctionUrls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionUrls.class);

  private final Invoker invoker;
  private final ControlPlane plane;
  private final Map<String, LoopbackServer> servers = new HashMap<>();
  private boolean closed;

  FunctionUrls(Invoker invoker, ControlPlane plane) {
    this.invoker = invoker;
    this.plane = plane;
  }

  private Records<FunctionUrl> records() {
    return plane.settings().urls;
  }

  /** Opens a port for a URL and keeps both; answers the URL with its port. */
  synchronized FunctionUrl serve(String key, FunctionUrl url) {
    ServerSocket socket = bind(url.port());
    FunctionUrl at = url.at(socket.getLocalPort());
    if (!at.equals(records().get(key).orElse(null))) {
      records().put(key, at);
    }
    FunctionUrlFront front = new FunctionUrlFront(invoker, plane, key);
    servers.put(
        key,
        LoopbackServer.start(
            socket, "function-url", front::serve, (_, _) -> InvokeOperation.MAX_PAYLOAD));
    return at;
  }

  private static ServerSocket bind(int port) {
    if (port > 0) {
      try {
        return LoopbackServer.bind(port);
      } catch (UncheckedIOException e) {
        LOG.info("A function URL moves from port {}: {}", port, e.getMessage());
      }
    }
    return LoopbackServer.bind(0);
  }

  /** Opens what is configured and closes what is not. */
  synchronized void refresh() {
    if (closed) {
      return;
    }
    Map<String, FunctionUrl> wanted = records().list("");
    for (String key : new HashSet<>(servers.keySet())) {
      if (!wanted.containsKey(key)) {
        servers.remove(key).close();
      }
    }
    wanted.forEach(
        (key, url) -> {
          if (!servers.containsKey(key)) {
            serve(key, url);
          }
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    servers.values().forEach(LoopbackServer::close);
    servers.clear();
  }
}
