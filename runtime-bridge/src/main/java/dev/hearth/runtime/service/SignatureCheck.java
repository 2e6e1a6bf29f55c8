package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.function.AccessKey;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.http.HttpRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks AWS Signature Version 4, in the Authorization field or in the query, as function URLs with
 * AWS_IAM ask for it (invoke-api.md section 4). The texts of refusals are those of AWS's front
 * door; that a URL's are the same is unverified.
 */
final class SignatureCheck {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final long LONGEST_EXPIRY = 604_800;
  private static final int SCOPE_PARTS = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final List<AccessKey> keys;
  private final String region;
  private final String service;

  SignatureCheck(List<AccessKey> keys) {
    this(keys, DeployedFunction.REGION, "lambda");
  }

  SignatureCheck(List<AccessKey> keys, String region, String service) {
    this.keys = List.copyOf(keys);
    this.region = region;
    this.service = service;
  }

  /** Why a request is refused: an error type of AWS and its sentence. */
  record Refusal(String type, String message) {}

  /**
   * What a signature says about itself.
   *
   * @param scope {@code date/region/service/aws4_request}
   * @param seconds for how long it holds
   */
  private record Claim(
      String keyId,
      String scope,
      String time,
      long seconds,
      List<String> fields,
      String signature,
      @Nullable String token) {}

  /** The access key that a request names, signed well or not; empty text when it names none. */
  static String accessKey(HttpRequest request) {
    String credential = credential(request);
    int slash = credential.indexOf('/');
    return slash < 0 ? credential : credential.substring(0, slash);
  }

  private static String credential(HttpRequest request) {
    String header = request.header("Authorization");
    String found = header == null ? query(request, "X-Amz-Credential") : part(header, "Credential");
    return found == null ? "" : found;
  }

  /** Whether the request carries a signature at all. */
  static boolean isSigned(HttpRequest request) {
    String header = request.header("Authorization");
    return header == null
        ? query(request, CanonicalRequest.SIGNATURE) != null
        : header.startsWith(ALGORITHM + " ");
  }

  /**
   * Verifies a signed request.
   *
   * @return empty when one of the keys made the signature, it is in time and for here
   */
  Optional<Refusal> verify(HttpRequest request, Instant now) {
    Claim claim = claim(request);
    if (claim == null) {
      return refusal(
          "IncompleteSignatureException",
          "The signature lacks a part. Credential, SignedHeaders, Signature and the date are"
              + " required, and the host must be signed.");
    }
    Optional<Refusal> untimely = untimely(claim, now);
    if (untimely.isPresent()) {
      return untimely;
    }
    for (AccessKey key : keys) {
      if (key.id().equals(claim.keyId())) {
        return verify(request, claim, key);
      }
    }
    return refusal(
        "UnrecognizedClientException",
        "The security token included in the request is invalid. Access key "
            + claim.keyId()
            + " is not known here; sign with access key "
            + AccessKey.LOCAL.id()
            + " and secret "
            + AccessKey.LOCAL.secret()
            + ", or start Hearth with your pair in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
  }

  private static Optional<Refusal> verify(HttpRequest request, Claim claim, AccessKey key) {
    if (key.token() != null && !key.token().equals(claim.token())) {
      return refusal(
          "UnrecognizedClientException", "The security token included in the request is invalid.");
    }
    byte[] given = claim.signature().getBytes(UTF_8);
    for (String path : CanonicalRequest.paths(request.path())) {
      String canonical = CanonicalRequest.of(request, path, claim.fields());
      String right = CanonicalRequest.sign(canonical, claim.time(), claim.scope(), key.secret());
      if (MessageDigest.isEqual(right.getBytes(UTF_8), given)) {
        return Optional.empty();
      }
    }
    return refusal(
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  /** Checks scope and time, which need no key. */
  private Optional<Refusal> untimely(Claim claim, Instant now) {
    String[] scope = claim.scope().split("/", -1);
    String wanted = claim.time().substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    if (!claim.scope().equals(wanted)) {
      String what = scope.length > 1 && !scope[1].equals(region) ? "a valid region" : wanted;
      return refusal(
          "InvalidSignatureException",
          "Credential should be scoped to " + what + ", not '" + claim.scope() + "'.");
    }
    Instant signed;
    try {
      signed = TIME.parse(claim.time(), Instant::from);
    } catch (DateTimeParseException e) {
      return refusal(
          "IncompleteSignatureException",
          "Date must be in ISO-8601 'basic format'. Got '" + claim.time() + "'.");
    }
    Instant end = signed.plusSeconds(claim.seconds());
    if (now.isAfter(end)) {
      return refusal(
          "InvalidSignatureException",
          "Signature expired: "
              + TIME.format(end)
              + " is now earlier than "
              + TIME.format(now)
              + ".");
    }
    return signed.isAfter(now.plus(SKEW))
        ? refusal(
            "InvalidSignatureException",
            "Signature not yet current: "
                + claim.time()
                + " is still later than "
                + TIME.format(now.plus(SKEW))
                + ".")
        : Optional.empty();
  }

  private static Optional<Refusal> refusal(String type, String message) {
    return Optional.of(new Refusal(type, message));
  }

  private static @Nullable Claim claim(HttpRequest request) {
    String header = request.header("Authorization");
    String credential = credential(request);
    int slash = credential.indexOf('/');
    boolean byHeader = header != null;
    String fields =
        byHeader ? part(header, "SignedHeaders") : query(request, "X-Amz-SignedHeaders");
    String signature =
        byHeader ? part(header, "Signature") : query(request, CanonicalRequest.SIGNATURE);
    String time = byHeader ? request.header("X-Amz-Date") : query(request, "X-Amz-Date");
    String token =
        byHeader ? request.header("X-Amz-Security-Token") : query(request, "X-Amz-Security-Token");
    long seconds = byHeader ? SKEW.toSeconds() : expiry(query(request, "X-Amz-Expires"));
    if (credential.split("/").length != SCOPE_PARTS
        || fields == null
        || signature == null
        || time == null
        || time.length() != "20150830T123600Z".length()
        || seconds < 1) {
      return null;
    }
    List<String> names = Arrays.asList(fields.toLowerCase(Locale.ROOT).split(";"));
    return names.contains("host")
        ? new Claim(
            credential.substring(0, slash),
            credential.substring(slash + 1),
            time,
            seconds,
            names,
            signature,
            token)
        : null;
  }

  /** Seconds; 0 for what is not allowed. */
  private static long expiry(@Nullable String text) {
    try {
      long seconds = text == null ? 0 : Long.parseLong(text);
      return seconds > LONGEST_EXPIRY ? 0 : seconds;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A part of an Authorization field. */
  private static @Nullable String part(String header, String name) {
    int space = header.indexOf(' ');
    for (String part : header.substring(space + 1).split(",")) {
      String stripped = part.strip();
      if (stripped.startsWith(name + "=")) {
        return stripped.substring(name.length() + 1);
      }
    }
    return null;
  }

  private static @Nullable String query(HttpRequest request, String name) {
    String query = request.query();
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return new String(CanonicalRequest.decode(pair.substring(name.length() + 1)), UTF_8);
      }
    }
    return null;
  }
}
