package dev.hearth.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An answer to be written. {@code Content-Length} is added by the writer, so it can't disagree with
 * the body.
 */
public final class HttpResponse {
  private static final byte[] NOTHING = new byte[0];

  private final int status;
  private final byte[] body;
  private String[] pairs = new String[8];
  private int size;

  private HttpResponse(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** An answer without a body. */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, NOTHING);
  }

  public static HttpResponse of(int status, byte[] body) {
    return new HttpResponse(status, body);
  }

  /** A JSON answer, {@code Content-Type: application/json} without parameters. */
  public static HttpResponse json(int status, String json) {
    return of(status, json.getBytes(StandardCharsets.UTF_8))
        .header("Content-Type", "application/json");
  }

  /** Adds a field. A line break in the value, which would end the field early, becomes a space. */
  public HttpResponse header(String name, String value) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size * 2);
    }
    pairs[size++] = name;
    pairs[size++] = value;
    return this;
  }

  public int status() {
    return status;
  }

  public byte[] body() {
    return body;
  }

  /** Whether its status says that there is no body, so that none may follow. */
  boolean isBodiless() {
    return status == 204 || status == 304 || status < 200;
  }

  /** Number of header fields. */
  int headers() {
    return size / 2;
  }

  String name(int index) {
    return pairs[2 * index];
  }

  String value(int index) {
    return pairs[2 * index + 1];
  }

  static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 303 -> "See Other";
      case 304 -> "Not Modified";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 417 -> "Expectation Failed";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}
