package dev.hearth.app.cli;

import dev.hearth.app.project.PinResult;
import java.util.List;
import java.util.Locale;

/** The results of pins as build servers read them. */
final class JunitXml {
  private JunitXml() {}

  static String of(String project, List<PinResult> results) {
    long failed = results.stream().filter(result -> !result.passed()).count();
    double seconds = results.stream().mapToDouble(JunitXml::seconds).sum();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        String.format(
            Locale.ROOT,
            "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\""
                + " time=\"%.3f\">%n",
            escaped(project),
            results.size(),
            failed,
            seconds));
    for (PinResult result : results) {
      xml.append(
          String.format(
              Locale.ROOT,
              "  <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\">",
              escaped(result.pin().functionName()),
              escaped(result.pin().name()),
              seconds(result)));
      if (!result.passed()) {
        String all = escaped(String.join("; ", result.failures()));
        xml.append("\n    <failure message=\"").append(all).append("\"/>\n  ");
      }
      xml.append("</testcase>\n");
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static double seconds(PinResult result) {
    return Math.max(0, result.durationNanos()) / 1e9;
  }

  /** Control characters, which XML can't hold, become question marks. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                default -> out.appendCodePoint(c < 0x20 && c != '\t' ? '?' : c);
              }
            });
    return out.toString();
  }
}
