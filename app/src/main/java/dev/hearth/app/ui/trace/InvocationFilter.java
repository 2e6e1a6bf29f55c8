package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the filter box of the inspector means: plain words, and terms such as {@code status:error}
 * or {@code duration>100ms}, all of which must hold.
 *
 * @param test what a row must pass; terms that make no sense are left out
 * @param problem the first term that makes no sense, in words; null when all do
 */
record InvocationFilter(Predicate<InvocationRecord> test, @Nullable String problem) {
  private static final Pattern TOKEN = Pattern.compile("\"([^\"]*)\"?|(\\S+)");
  private static final Pattern TERM = Pattern.compile("([a-z]+)(:|>=|<=|>|<|=)(.*)");
  private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-zµ]*)");
  private static final Set<String> KEYS =
      Set.of(
          "status",
          "cold",
          "function",
          "error",
          "env",
          "id",
          "version",
          "duration",
          "init",
          "memory",
          "billed");

  static InvocationFilter parse(String text) {
    List<Predicate<InvocationRecord>> tests = new ArrayList<>();
    String problem = null;
    Matcher tokens = TOKEN.matcher(text.toLowerCase(Locale.ROOT));
    while (tokens.find()) {
      String quoted = tokens.group(1);
      Matcher term = quoted == null ? TERM.matcher(tokens.group(2)) : null;
      if (term == null || !term.matches() || !KEYS.contains(term.group(1))) {
        tests.add(contains(quoted == null ? tokens.group(2) : quoted));
      } else if (!term.group(3).isEmpty()) {
        try {
          tests.add(term(term.group(1), term.group(2), term.group(3)));
        } catch (IllegalArgumentException e) {
          problem = problem == null ? e.getMessage() : problem;
        }
      }
    }
    return new InvocationFilter(
        row -> {
          for (Predicate<InvocationRecord> test : tests) {
            if (!test.test(row)) {
              return false;
            }
          }
          return true;
        },
        problem);
  }

  private static Predicate<InvocationRecord> contains(String word) {
    return row ->
        holds(row.functionName(), word)
            || holds(row.requestId(), word)
            || holds(row.errorType(), word)
            || holds(statusWord(row.status()), word);
  }

  private static boolean holds(@Nullable String text, String word) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(word);
  }

  /** The word for a status in lists and filters. */
  static String statusWord(InvocationStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Predicate<InvocationRecord> term(String key, String operator, String value) {
    return switch (key) {
      case "status" -> status(value);
      case "cold" -> cold(value);
      case "function" -> row -> holds(row.functionName(), value);
      case "error" -> row -> holds(row.errorType(), value);
      case "env" -> row -> holds(row.environmentId(), value);
      case "id" -> row -> holds(row.requestId(), value);
      case "version" -> number(key, operator, value, "", InvocationRecord::sourceVersion);
      case "duration" -> number(key, operator, value, "ms", InvocationRecord::durationNanos);
      case "init" -> number(key, operator, value, "ms", InvocationRecord::initNanos);
      case "memory" -> number(key, operator, value, "mb", InvocationRecord::peakMemoryBytes);
      default -> number(key, operator, value, "ms", row -> row.billedMillis() * 1_000_000);
    };
  }

  private static Predicate<InvocationRecord> status(String value) {
    if (value.equals("error") || value.equals("failed")) {
      return row -> row.status().failed();
    }
    String wanted = value.replaceAll("[-_ ]", "");
    for (InvocationStatus status : InvocationStatus.values()) {
      if (status.name().toLowerCase(Locale.ROOT).replace("_", "").equals(wanted)) {
        return row -> row.status() == status;
      }
    }
    throw new IllegalArgumentException(
        "There is no status \""
            + value
            + "\". Use ok, error, timeout, out_of_memory, crashed,"
            + " throttled, cancelled or running.");
  }

  private static Predicate<InvocationRecord> cold(String value) {
    return switch (value) {
      case "true", "yes" -> InvocationRecord::coldStart;
      case "false", "no" -> row -> !row.coldStart();
      default -> throw new IllegalArgumentException("Write cold:true or cold:false.");
    };
  }

  private static Predicate<InvocationRecord> number(
      String key,
      String operator,
      String value,
      String unit,
      ToLongFunction<InvocationRecord> figure) {
    Matcher amount = AMOUNT.matcher(value);
    double factor = amount.matches() ? factor(amount.group(2), unit) : -1;
    if (factor < 0) {
      String example = unit.equals("mb") ? "64MB" : unit.equals("ms") ? "100ms" : "7";
      throw new IllegalArgumentException(
          "\""
              + key
              + operator
              + value
              + "\" is no amount. Write "
              + key
              + operator
              + example
              + ".");
    }
    long bound = Math.round(Double.parseDouble(amount.group(1)) * factor);
    LongPredicate test =
        switch (operator) {
          case ">" -> measured -> measured > bound;
          case ">=" -> measured -> measured >= bound;
          case "<" -> measured -> measured < bound;
          case "<=" -> measured -> measured <= bound;
          default -> measured -> measured == bound;
        };
    return row -> {
      long measured = figure.applyAsLong(row);
      return measured >= 0 && test.test(measured);
    };
  }

  /** Nanoseconds, bytes or plain numbers; -1 when the unit does not fit. */
  private static double factor(String written, String unit) {
    String effective = written.isEmpty() ? unit : written;
    return switch (unit) {
      case "ms" ->
          switch (effective) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "min" -> 60e9;
            default -> -1;
          };
      case "mb" ->
          switch (effective) {
            case "b" -> 1;
            case "kb" -> 1024;
            case "mb" -> 1024 * 1024;
            case "gb" -> 1024.0 * 1024 * 1024;
            default -> -1;
          };
      default -> written.isEmpty() ? 1 : -1;
    };
  }
}
