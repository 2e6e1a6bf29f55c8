package dev.hearth.runtime.http;

/**
 * Bounds of one request, so that a peer can't make the reader hold more than the caller is ready to
 * hold.
 *
 * @param headBytes request line and headers together, and trailers together
 * @param bodyBytes a longer body is not kept: the request arrives as {@link
 *     HttpRequest.Body#TOO_LARGE}
 * @param discardBytes how much of a body beyond {@code bodyBytes} is read and thrown away so that
 *     the connection stays usable; past it the connection is closed
 */
public record HttpLimits(int headBytes, int bodyBytes, long discardBytes) {
  /** Lambda's limit for request line and headers (limits-and-pricing.md section 1). */
  public static final int LAMBDA_HEAD_BYTES = 1 << 20;

  HttpLimits withBodyBytes(int bytes) {
    return bytes == bodyBytes ? this : new HttpLimits(headBytes, bytes, discardBytes);
  }
}
