package dev.hearth.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Request line and headers, parsed and checked. Everything that two parsers could read differently
 * is refused, so that no request can hide inside another: folded lines, a field name with blanks,
 * several or odd lengths, a length together with a transfer coding.
 *
 * @param http11 whether the peer speaks HTTP/1.1; else it is HTTP/1.0
 * @param contentLength announced bytes; 0 without a body; not meaningful when {@code chunked}
 */
record RequestHead(
    String method,
    String path,
    @Nullable String query,
    HttpHeaders headers,
    boolean http11,
    long contentLength,
    boolean chunked,
    boolean keepAlive,
    boolean expectsContinue) {

  /**
   * Parses the bytes from the request line to the last field, each line ended by CR LF.
   *
   * @throws HttpException when a rule is broken
   */
  static RequestHead parse(byte[] bytes, int from, int to) throws HttpException {
    int lineEnd = lineEnd(bytes, from);
    int space = indexOf(bytes, from, lineEnd, ' ');
    int second = space < 0 ? -1 : indexOf(bytes, space + 1, lineEnd, ' ');
    if (second < 0) {
      throw new HttpException(400, "Malformed request line");
    }
    String method = token(bytes, from, space, "method");
    String target = target(bytes, space + 1, second);
    boolean http11 = isHttp11(ascii(bytes, second + 1, lineEnd));
    HttpHeaders headers = fields(bytes, lineEnd + 2, to);
    if (headers.count("Host") > 1 || (http11 && headers.first("Host") == null)) {
      throw new HttpException(400, "A request needs exactly one Host field");
    }
    boolean chunked = chunked(headers, http11);
    int mark = target.indexOf('?');
    return new RequestHead(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        headers,
        http11,
        chunked ? 0 : contentLength(headers),
        chunked,
        keepAlive(headers, http11),
        expectsContinue(headers, http11));
  }

  /** Parses header or trailer fields, each ended by CR LF. */
  static HttpHeaders fields(byte[] bytes, int from, int to) throws HttpException {
    HttpHeaders headers = new HttpHeaders();
    int at = from;
    while (at < to) {
      int end = lineEnd(bytes, at);
      int colon = indexOf(bytes, at, end, ':');
      if (colon < 0) {
        throw new HttpException(400, "A header line has no colon or is folded");
      }
      headers.add(token(bytes, at, colon, "header name"), value(bytes, colon + 1, end));
      at = end + 2;
    }
    return headers;
  }

  private static boolean isHttp11(String version) throws HttpException {
    return switch (version) {
      case "HTTP/1.1" -> true;
      case "HTTP/1.0" -> false;
      default -> {
        if (version.startsWith("HTTP/")) {
          throw new HttpException(505, "Only HTTP/1.1 is spoken here");
        }
        throw new HttpException(400, "Malformed request line");
      }
    };
  }

  private static String target(byte[] bytes, int from, int to) throws HttpException {
    String target = ascii(bytes, from, to);
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7f) {
        throw new HttpException(400, "The target holds a character that must be percent-encoded");
      }
    }
    if (target.startsWith("/")) {
      return target;
    }
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      int slash = target.indexOf('/', 7);
      return slash < 0 ? "/" : target.substring(slash);
    }
    throw new HttpException(400, "The target must be a path");
  }

  private static boolean chunked(HttpHeaders headers, boolean http11) throws HttpException {
    String coding = headers.first("Transfer-Encoding");
    if (coding == null) {
      return false;
    }
    if (headers.first("Content-Length") != null) {
      throw new HttpException(400, "Content-Length together with Transfer-Encoding is refused");
    }
    if (!http11 || headers.count("Transfer-Encoding") > 1) {
      throw new HttpException(400, "Transfer-Encoding must occur once, in HTTP/1.1");
    }
    if (!coding.equalsIgnoreCase("chunked")) {
      throw new HttpException(501, "Transfer-Encoding " + coding + " is not known; use chunked");
    }
    return true;
  }

  private static long contentLength(HttpHeaders headers) throws HttpException {
    String text = headers.first("Content-Length");
    if (text == null) {
      return 0;
    }
    if (headers.count("Content-Length") > 1 || text.isEmpty() || text.length() > 18) {
      throw new HttpException(400, "Content-Length must occur once and be a decimal number");
    }
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new HttpException(400, "Content-Length must be a decimal number");
      }
      length = length * 10 + digit;
    }
    return length;
  }

  private static boolean keepAlive(HttpHeaders headers, boolean http11) {
    String connection = headers.first("Connection");
    if (connection == null) {
      return http11;
    }
    String lower = connection.toLowerCase(Locale.ROOT);
    return http11 ? !lower.contains("close") : lower.contains("keep-alive");
  }

  private static boolean expectsContinue(HttpHeaders headers, boolean http11) throws HttpException {
    String expect = headers.first("Expect");
    if (expect == null || !http11) {
      return false;
    }
    if (!expect.equalsIgnoreCase("100-continue")) {
      throw new HttpException(417, "Expect can only be 100-continue");
    }
    return true;
  }

  private static String token(byte[] bytes, int from, int to, String what) throws HttpException {
    if (from == to) {
      throw new HttpException(400, "Empty " + what);
    }
    for (int i = from; i < to; i++) {
      if (!isTokenCharacter(bytes[i])) {
        throw new HttpException(400, "A " + what + " holds a character that is not allowed");
      }
    }
    return ascii(bytes, from, to);
  }

  private static boolean isTokenCharacter(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
  }

  private static String value(byte[] bytes, int from, int to) throws HttpException {
    int start = from;
    int end = to;
    while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
      end--;
    }
    boolean plain = true;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
        throw new HttpException(400, "A header value holds a control character");
      }
      plain &= b > 0;
    }
    return new String(
        bytes, start, end - start, plain ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Index of the CR that ends the line; the caller has made sure that there is one. */
  private static int lineEnd(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != '\n') {
      at++;
    }
    return at - 1;
  }

  private static int indexOf(byte[] bytes, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
