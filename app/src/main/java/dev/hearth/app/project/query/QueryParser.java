package dev.hearth.app.project.query;

import dev.hearth.app.project.InvocationStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query line such as {@code status:error duration>100ms "A-1042" after:-2h}. A term that
 * makes no sense is told and left out; a term without its value, which is being typed, is left out.
 */
public final class QueryParser {
  /** The keys of terms, in the order in which they are offered. */
  public static final List<String> KEYS =
      List.of(
          "status",
          "cold",
          "function",
          "error",
          "duration",
          "init",
          "billed",
          "memory",
          "cost",
          "version",
          "env",
          "id",
          "after",
          "before");

  private static final Pattern TOKEN = Pattern.compile("(-?)(?:\"([^\"]*)\"?|(\\S+))");
  private static final Pattern TERM = Pattern.compile("([a-z]+)(:|>=|<=|>|<|=)(.*)");
  private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-z\u00b5%]*)");
  private static final Map<String, QueryTerm.Figure> FIGURES =
      Map.of(
          "duration", QueryTerm.Figure.DURATION,
          "init", QueryTerm.Figure.INIT,
          "billed", QueryTerm.Figure.BILLED,
          "memory", QueryTerm.Figure.MEMORY,
          "cost", QueryTerm.Figure.COST,
          "version", QueryTerm.Figure.VERSION);
  private static final Map<String, QueryTerm.Name> NAMES =
      Map.of(
          "function", QueryTerm.Name.FUNCTION,
          "error", QueryTerm.Name.ERROR,
          "env", QueryTerm.Name.ENVIRONMENT);

  private final QueryTimes times;
  private final List<QueryTerm> terms = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private int words;

  /**
   * What is wrong with a part of the line.
   *
   * @param from first character
   * @param to one past the last character
   */
  public record Problem(int from, int to, String message) {}

  /** A query with what had to be left out of it. */
  public record Parsed(HistoryQuery query, List<Problem> problems) {
    /** The first problem in words; null when there is none. */
    public @Nullable String problem() {
      return problems.isEmpty() ? null : problems.getFirst().message();
    }
  }

  private QueryParser(QueryTimes times) {
    this.times = times;
  }

  /**
   * @param times says what {@code after:-2h} and {@code after:10:42} mean
   */
  public static Parsed parse(String line, QueryTimes times) {
    QueryParser parser = new QueryParser(times);
    Matcher tokens = TOKEN.matcher(line.toLowerCase(Locale.ROOT));
    while (tokens.find()) {
      parser.token(tokens);
    }
    return new Parsed(new HistoryQuery(parser.terms), List.copyOf(parser.problems));
  }

  private void token(Matcher token) {
    boolean not = !token.group(1).isEmpty();
    String quoted = token.group(2);
    String plain = token.group(3);
    try {
      QueryTerm term = quoted != null ? word(quoted, true) : plainTerm(plain);
      if (term != null) {
        terms.add(not ? new QueryTerm.Not(term) : term);
      }
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(token.start(), token.end(), String.valueOf(e.getMessage())));
    }
  }

  private @Nullable QueryTerm plainTerm(String text) {
    Matcher term = TERM.matcher(text);
    if (!term.matches() || !KEYS.contains(term.group(1))) {
      return word(text, false);
    }
    String value = term.group(3).replace("\"", "");
    return value.isEmpty() ? null : term(term.group(1), term.group(2), value);
  }

  private QueryTerm.@Nullable Word word(String text, boolean quoted) {
    return text.isBlank() ? null : new QueryTerm.Word(words++, text.strip(), quoted);
  }

  private QueryTerm term(String key, String operator, String value) {
    return switch (key) {
      case "status" -> status(value);
      case "cold" -> cold(value);
      case "function", "error", "env" ->
          new QueryTerm.NameHas(NAMES.get(key), value, operator.equals("="));
      case "id" -> new QueryTerm.Id(value);
      case "after" -> new QueryTerm.Time(times.parse(key, value), Long.MAX_VALUE);
      case "before" -> new QueryTerm.Time(Long.MIN_VALUE, times.parse(key, value) - 1);
      default -> amount(key, operator, value);
    };
  }

  private static QueryTerm status(String value) {
    if (value.equals("error") || value.equals("failed")) {
      Set<InvocationStatus> failed = EnumSet.noneOf(InvocationStatus.class);
      for (InvocationStatus status : InvocationStatus.values()) {
        if (status.failed()) {
          failed.add(status);
        }
      }
      return new QueryTerm.Status(failed);
    }
    String wanted = value.replaceAll("[-_ ]", "");
    for (InvocationStatus status : InvocationStatus.values()) {
      if (status.name().toLowerCase(Locale.ROOT).replace("_", "").equals(wanted)) {
        return new QueryTerm.Status(EnumSet.of(status));
      }
    }
    throw new IllegalArgumentException(
        "There is no status \"%s\". Use ok, error, timeout, out_of_memory, crashed, throttled, cancelled or running."
            .formatted(value));
  }

  private static QueryTerm cold(String value) {
    return switch (value) {
      case "true", "yes" -> new QueryTerm.Cold(true);
      case "false", "no" -> new QueryTerm.Cold(false);
      default -> throw new IllegalArgumentException("Write cold:true or cold:false.");
    };
  }

  private static QueryTerm amount(String key, String operator, String value) {
    QueryTerm.Figure figure = FIGURES.get(key);
    String number = value.startsWith("$") ? value.substring(1) : value;
    Matcher amount = AMOUNT.matcher(number);
    if (!amount.matches()) {
      throw noAmount(key, operator, value, figure);
    }
    double written = Double.parseDouble(amount.group(1));
    if (figure == QueryTerm.Figure.MEMORY && amount.group(2).equals("%")) {
      return share(operator, written);
    }
    double factor = factor(amount.group(2), figure);
    if (factor < 0) {
      throw noAmount(key, operator, value, figure);
    }
    long bound = Math.round(written * factor);
    return switch (operator) {
      case ">" -> new QueryTerm.Amount(figure, bound + 1, Long.MAX_VALUE);
      case ">=" -> new QueryTerm.Amount(figure, bound, Long.MAX_VALUE);
      case "<" -> new QueryTerm.Amount(figure, 0, bound - 1);
      case "<=" -> new QueryTerm.Amount(figure, 0, bound);
      default -> new QueryTerm.Amount(figure, bound, bound);
    };
  }

  private static QueryTerm share(String operator, double percent) {
    return switch (operator) {
      case ">" -> new QueryTerm.MemoryShare(percent, true, false);
      case "<" -> new QueryTerm.MemoryShare(percent, false, false);
      case ">=" -> new QueryTerm.MemoryShare(percent, true, true);
      case "<=" -> new QueryTerm.MemoryShare(percent, false, true);
      default ->
          throw new IllegalArgumentException(
              "Write memory>80% or memory<80% for a part of the limit.");
    };
  }

  private static IllegalArgumentException noAmount(
      String key, String operator, String value, QueryTerm.Figure figure) {
    String example =
        switch (figure) {
          case DURATION, INIT, BILLED -> "100ms";
          case MEMORY -> "64MB";
          case COST -> "0.0001";
          case VERSION -> "7";
        };
    return new IllegalArgumentException(
        "\"%s%s%s\" is no amount. Write %s%s%s."
            .formatted(key, operator, value, key, operator, example));
  }

  /** Nanoseconds, bytes, 10^-12 dollars or plain numbers; -1 when the unit does not fit. */
  private static double factor(String unit, QueryTerm.Figure figure) {
    return switch (figure) {
      case DURATION, INIT, BILLED ->
          switch (unit) {
            case "ns" -> 1;
            case "us", "\u00b5s" -> 1e3;
            case "ms", "" -> 1e6;
            case "s" -> 1e9;
            case "min" -> 60e9;
            default -> -1;
          };
      case MEMORY ->
          switch (unit) {
            case "b" -> 1;
            case "kb" -> 1024;
            case "mb", "" -> 1024 * 1024;
            case "gb" -> 1024.0 * 1024 * 1024;
            default -> -1;
          };
      case COST -> unit.isEmpty() ? 1e12 : -1;
      case VERSION -> unit.isEmpty() ? 1 : -1;
    };
  }
}
