package dev.hearth.runtime.trace;

import java.util.Locale;

/** What the trace header of a call says (lifecycle.md section 7). */
final class TraceHeader {
  private static final String ROOT = "Root=";
  private static final int DIGITS = 32;

  private TraceHeader() {}

  /** The trace id of a header, 32 hexadecimal digits; empty when it has none. */
  static String root(String header) {
    int start = header.indexOf(ROOT);
    if (start < 0) {
      return "";
    }
    int end = header.indexOf(';', start);
    return traceId(header.substring(start + ROOT.length(), end < 0 ? header.length() : end));
  }

  /**
   * {@code 1-8hex-24hex} as OpenTelemetry writes it: 32 digits; empty when it is of another form.
   */
  static String traceId(String id) {
    String digits = id.startsWith("1-") ? id.substring(2).replace("-", "") : id;
    return digits.length() == DIGITS ? digits.toLowerCase(Locale.ROOT) : "";
  }
}
