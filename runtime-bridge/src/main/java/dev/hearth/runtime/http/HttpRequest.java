package dev.hearth.runtime.http;

import org.jspecify.annotations.Nullable;

/**
 * One request as it arrived.
 *
 * @param method as sent, case counts
 * @param path the target's path, percent-encoding kept
 * @param query the target's query without the question mark; null when there is none
 * @param headers the header fields
 * @param trailers the fields after a chunked body; empty otherwise
 * @param body the body when {@code bodyState} is COMPLETE, what arrived of it when TRUNCATED, empty
 *     when TOO_LARGE
 * @param bodyState whether {@code body} is all of it
 * @param bodyLength bytes of the body that the peer sent or announced
 * @param keepAlive whether the connection carries another request afterwards
 */
public record HttpRequest(
    String method,
    String path,
    @Nullable String query,
    HttpHeaders headers,
    HttpHeaders trailers,
    byte[] body,
    Body bodyState,
    long bodyLength,
    boolean keepAlive) {

  /** What became of the body. */
  public enum Body {
    COMPLETE,
    TRUNCATED,
    TOO_LARGE
  }

  /** The first value of a header field; null when the request does not have it. */
  public @Nullable String header(String name) {
    return headers.first(name);
  }
}
