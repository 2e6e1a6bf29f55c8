package dev.hearth.runtime.invoke;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often a function has been called in one chain of calls. The count travels in the trace
 * header, as in Lambda (lifecycle.md section 7); the SDKs pass that header on. What the numbers of
 * Lambda's own element mean is not published, so this one is Hearth's: a function and its count,
 * once for each function of the chain.
 */
public final class Lineage {
  /**
   * Calls of one function in a chain; the next one is stopped (limits-and-pricing.md section 1).
   */
  public static final int LIMIT = 16;

  private static final int MOST_FUNCTIONS = 16;
  private static final Pattern ELEMENT = Pattern.compile(";?Lineage=([0-9a-f:|]*)");
  private static final Pattern ENTRY = Pattern.compile("1:([0-9a-f]{8}):(\\d{1,4})");

  private Lineage() {}

  /** How often the function stands in the chain that this header belongs to. */
  public static int count(@Nullable String traceId, String functionName) {
    return entries(traceId).stream()
        .filter(entry -> entry.hash.equals(hash(functionName)))
        .mapToInt(Entry::count)
        .findFirst()
        .orElse(0);
  }

  /** The header for a call of the function, counted. */
  public static String enter(String traceId, String functionName) {
    List<Entry> entries = new ArrayList<>(entries(traceId));
    String hash = hash(functionName);
    int count = count(traceId, functionName) + 1;
    entries.removeIf(entry -> entry.hash.equals(hash));
    entries.add(new Entry(hash, count));
    if (entries.size() > MOST_FUNCTIONS) {
      entries.removeFirst();
    }
    String element =
        String.join(
            "|", entries.stream().map(entry -> "1:" + entry.hash + ":" + entry.count).toList());
    return ELEMENT.matcher(traceId).replaceAll("") + ";Lineage=" + element;
  }

  private record Entry(String hash, int count) {}

  private static List<Entry> entries(@Nullable String traceId) {
    List<Entry> entries = new ArrayList<>();
    Matcher element = ELEMENT.matcher(traceId == null ? "" : traceId);
    if (element.find()) {
      Matcher entry = ENTRY.matcher(element.group(1));
      while (entry.find()) {
        entries.add(new Entry(entry.group(1), Integer.parseInt(entry.group(2))));
      }
    }
    return entries;
  }

  private static String hash(String functionName) {
    return HexFormat.of().toHexDigits(functionName.hashCode());
  }
}
