package dev.hearth.runtime.http;

import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out. A browser can be made to send requests to loopback ports, by a page of any
 * site (it then sends Origin) or by a host name that was rebound to 127.0.0.1 (it then sends that
 * name as Host). Neither occurs with a runtime client or an AWS SDK.
 */
public final class LoopbackGuard {
  private LoopbackGuard() {}

  /** A sentence saying why the request is refused; null when it may pass. */
  public static @Nullable String refusal(HttpRequest request) {
    if (request.header("Origin") != null) {
      return "Requests from web pages are refused: the Origin header is set.";
    }
    return hostRefusal(request);
  }

  /** The same for a server that pages of other origins may call: only the host is looked at. */
  public static @Nullable String hostRefusal(HttpRequest request) {
    String host = request.header("Host");
    if (host != null && !isLoopback(host)) {
      return "Host " + host + " is refused. Use 127.0.0.1, localhost or [::1].";
    }
    return null;
  }

  private static boolean isLoopback(String host) {
    String name = host;
    int bracket = host.indexOf(']');
    int colon = host.indexOf(':', Math.max(bracket, 0));
    if (colon >= 0) {
      name = host.substring(0, colon);
      if (!host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
        return false;
      }
    }
    return name.equals("127.0.0.1") || name.equalsIgnoreCase("localhost") || name.equals("[::1]");
  }
}
