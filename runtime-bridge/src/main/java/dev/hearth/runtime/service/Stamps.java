package dev.hearth.runtime.service;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Times and revisions in the forms of the API (invoke-api.md section 1). */
final class Stamps {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Stamps() {}

  /** {@code 2025-11-24T23:11:20.123+0000}. */
  static String now() {
    return MILLIS.format(Instant.now());
  }

  /** {@code 2025-11-24T23:11:20.123456Z}, as function URLs have it. */
  static String micros() {
    return MICROS.format(Instant.now());
  }

  /** Seconds since the epoch with a fraction. */
  static double epochSeconds() {
    return Instant.now().toEpochMilli() / 1000.0;
  }

  static String revision() {
    return UUID.randomUUID().toString();
  }
}
