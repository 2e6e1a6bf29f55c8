package dev.hearth.app.service;

import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.service.LambdaApiServer;

/** A running server of the runtime, and what keeps its functions deployed. */
final class LoopbackApi implements ServedApi {
  private final LambdaApiServer server;
  private final Subscription deployments;

  LoopbackApi(LambdaApiServer server, Subscription deployments) {
    this.server = server;
    this.deployments = deployments;
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public String url() {
    return server.url();
  }

  /** Serves function URLs that were made in the window, and no longer those removed there. */
  void refreshUrls() {
    server.refreshUrls();
  }

  @Override
  public void close() {
    server.close();
    deployments.close();
  }
}
