package dev.hearth.runtime.http;

import java.io.IOException;

/**
 * A peer broke the rules of HTTP/1.1. It carries the status that tells the peer so; the connection
 * can't be used afterwards because the end of the request is unknown.
 */
public final class HttpException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public HttpException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The status to answer with: 400, 413, 417, 431, 501 or 505. */
  public int status() {
    return status;
  }
}
