package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A request in the one form in which Signature Version 4 signs it, and the signature itself. */
final class CanonicalRequest {
  static final String SIGNATURE = "X-Amz-Signature";
  private static final String UNRESERVED = "-_.~";

  private CanonicalRequest() {}

  /**
   * The text whose hash is signed.
   *
   * @param path as one of the two ways to write it; see {@link #paths}
   * @param signed names of the signed fields in lower case, in their order
   */
  static String of(HttpRequest request, String path, List<String> signed) {
    StringBuilder text = new StringBuilder(256);
    text.append(request.method()).append('\n').append(path).append('\n');
    text.append(query(request.query())).append('\n');
    for (String name : signed) {
      text.append(name).append(':').append(values(request, name)).append('\n');
    }
    text.append('\n').append(String.join(";", signed)).append('\n');
    return text.append(sha256(request.body())).toString();
  }

  /**
   * The ways in which signers write the path: without empty and dot segments and encoded once more
   * than it was sent, which is the rule for all services but S3; or without one or both of these
   * steps, as some tools do for every service.
   */
  static Set<String> paths(String sent) {
    return new LinkedHashSet<>(List.of(encoded(normal(sent)), encoded(sent), sent));
  }

  private static String encoded(String path) {
    StringBuilder again = new StringBuilder();
    for (String part : path.split("/", -1)) {
      again.append('/').append(encode(part.getBytes(UTF_8)));
    }
    return again.substring(1);
  }

  private static String normal(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts) + (path.endsWith("/") && !parts.isEmpty() ? "/" : "");
  }

  private static String query(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return "";
    }
    List<String> pairs = new ArrayList<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.isEmpty() && !name.equals(SIGNATURE)) {
        pairs.add(
            encode(decode(name))
                + "="
                + (equals < 0 ? "" : encode(decode(pair.substring(equals + 1)))));
      }
    }
    // By name first: an equals sign sorts after digits and before letters.
    pairs.sort(Comparator.comparing(CanonicalRequest::name).thenComparing(pair -> pair));
    return String.join("&", pairs);
  }

  private static String name(String pair) {
    return pair.substring(0, pair.indexOf('='));
  }

  private static String values(HttpRequest request, String name) {
    List<String> values = new ArrayList<>();
    request
        .headers()
        .forEach(
            (field, value) -> {
              if (field.toLowerCase(Locale.ROOT).equals(name)) {
                values.add(value.strip().replaceAll(" +", " "));
              }
            });
    return String.join(",", values);
  }

  /** Percent-decoding; a plus is a plus, and what is malformed stays as it is. */
  static byte[] decode(String text) {
    byte[] in = text.getBytes(UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      boolean escape =
          in[i] == '%'
              && i + 2 < in.length
              && HexFormat.isHexDigit(in[i + 1])
              && HexFormat.isHexDigit(in[i + 2]);
      out[length++] =
          escape
              ? (byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2]))
              : in[i];
      i += escape ? 2 : 0;
    }
    return Arrays.copyOf(out, length);
  }

  private static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || UNRESERVED.indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return text.toString();
  }

  /**
   * The signature of a canonical request.
   *
   * @param scope {@code date/region/service/aws4_request}
   */
  static String sign(String canonical, String time, String scope, String secret) {
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    String text =
        "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical.getBytes(UTF_8));
    return HexFormat.of().formatHex(hmac(key, text));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
