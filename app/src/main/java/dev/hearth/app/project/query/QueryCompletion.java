package dev.hearth.app.project.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What could be typed next in a query line. */
public final class QueryCompletion {
  private static final int MOST = 12;

  /**
   * One proposal.
   *
   * @param text what the characters from {@code from} to {@code to} become
   */
  public record Suggestion(int from, int to, String text) {}

  private QueryCompletion() {}

  /**
   * @param caret where typing goes on
   * @param values the values known for a key, e.g. the functions of the project
   */
  public static List<Suggestion> suggest(
      String line, int caret, Function<String, List<String>> values) {
    int from = caret;
    while (from > 0 && !Character.isWhitespace(line.charAt(from - 1))) {
      from--;
    }
    String typed = line.substring(from, caret).toLowerCase(Locale.ROOT);
    int start = typed.startsWith("-") ? from + 1 : from;
    String token = typed.startsWith("-") ? typed.substring(1) : typed;
    if (token.startsWith("\"")) {
      return List.of();
    }
    int colon = token.indexOf(':');
    List<Suggestion> found = new ArrayList<>();
    if (colon < 0) {
      for (String key : QueryParser.KEYS) {
        String term = key + operator(key);
        if (term.startsWith(token) && !term.equals(token)) {
          found.add(new Suggestion(start, caret, term));
        }
      }
    } else {
      String key = token.substring(0, colon);
      String part = token.substring(colon + 1);
      for (String value : values(key, values)) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.contains(part) && !lower.equals(part)) {
          found.add(new Suggestion(start + colon + 1, caret, value));
        }
      }
    }
    return found.subList(0, Math.min(MOST, found.size()));
  }

  private static String operator(String key) {
    return switch (key) {
      case "duration", "init", "billed", "memory", "cost" -> ">";
      default -> ":";
    };
  }

  private static List<String> values(String key, Function<String, List<String>> values) {
    return switch (key) {
      case "status" ->
          List.of(
              "error",
              "ok",
              "timeout",
              "out_of_memory",
              "crashed",
              "throttled",
              "cancelled",
              "running");
      case "cold" -> List.of("true", "false");
      case "after", "before" -> List.of("-10m", "-1h", "-2h", "-1d", "-7d", "today");
      default -> values.apply(key);
    };
  }
}
