package dev.hearth.runtime.service;

import dev.hearth.runtime.invoke.Invoker;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/**
 * The AWS Lambda API over loopback HTTP, so that AWS's own command line and SDKs work with local
 * functions unchanged: {@code aws lambda invoke --endpoint-url http://127.0.0.1:PORT}. The
 * functions' own URLs are served with it, each on a port of its own.
 */
public final class LambdaApiServer implements AutoCloseable {
  private final LoopbackServer server;
  private final FunctionUrls urls;

  private LambdaApiServer(LoopbackServer server, FunctionUrls urls) {
    this.server = server;
    this.urls = urls;
  }

  /**
   * Starts to serve on 127.0.0.1.
   *
   * @param port 0 for a free one
   * @throws UncheckedIOException when the port can't be had; the message says why and what to do
   */
  public static LambdaApiServer start(Invoker invoker, ControlPlane plane, int port) {
    ServerSocket socket = LoopbackServer.bind(port);
    FunctionUrls urls = new FunctionUrls(invoker, plane);
    String endpoint = "http://127.0.0.1:" + socket.getLocalPort();
    LambdaApi[] api = new LambdaApi[1];
    LoopbackServer server =
        LoopbackServer.start(
            socket,
            "lambda-api",
            (request, answer) -> api[0].serve(request, answer),
            LambdaApi::bodyLimit);
    api[0] = new LambdaApi(invoker, plane, urls, endpoint);
    urls.refresh();
    return new LambdaApiServer(server, urls);
  }

  public int port() {
    return server.port();
  }

  /** What to give to {@code --endpoint-url}. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Serves URLs that were configured, or no longer serves those that were removed, elsewhere. */
  public void refreshUrls() {
    urls.refresh();
  }

  /** Closes the port and every connection; calls that run go on. */
  @Override
  public void close() {
    server.close();
    urls.close();
  }
}
