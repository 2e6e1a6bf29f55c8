package dev.hearth.app.ui.kit.code;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds and replaces in a text. An expression that would take too long is stopped, because it runs
 * while the user types.
 */
public final class TextSearch {
  /** More matches than this are neither counted nor marked. */
  public static final int MAX_MATCHES = 10_000;

  /** Characters that an expression may look at, beyond ten times the text. */
  private static final long STEPS = 20_000_000;

  private TextSearch() {}

  /** What a search gives. */
  public sealed interface Result {
    /**
     * The matches in order, without overlap.
     *
     * @param capped whether there are more than {@link #MAX_MATCHES}
     */
    record Found(int[] starts, int[] ends, boolean capped) implements Result {
      public int count() {
        return starts.length;
      }

      /** Index of the first match that starts at or after an offset; -1 when there is none. */
      public int from(int offset) {
        int at = Arrays.binarySearch(starts, offset);
        int index = at >= 0 ? at : -at - 1;
        return index < starts.length ? index : -1;
      }
    }

    /** The expression can't be used; the message says why. */
    record Unusable(String message) implements Result {}
  }

  /**
   * @param replaced how many matches were replaced
   * @param text what stands between start and end afterwards
   */
  public record Replacement(int start, int end, String text, int replaced) {}

  /** Thrown when a replacement names a group that the expression does not have. */
  public static final class BadReplacement extends Exception {
    private static final long serialVersionUID = 1L;

    BadReplacement(String message) {
      super(message);
    }
  }

  /** All matches; an empty query has none. */
  public static Result find(String text, FindQuery query) {
    if (query.text().isEmpty()) {
      return new Result.Found(new int[0], new int[0], false);
    }
    int[] starts = new int[64];
    int[] ends = new int[64];
    int count = 0;
    try {
      Matcher matcher =
          pattern(query).matcher(new Limited(text, new long[] {limit(text)}, 0, text.length()));
      while (matcher.find()) {
        if (matcher.end() == matcher.start()) {
          continue;
        }
        if (count == MAX_MATCHES) {
          return new Result.Found(starts, ends, true);
        }
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, Math.min(MAX_MATCHES, count * 4));
          ends = Arrays.copyOf(ends, starts.length);
        }
        starts[count] = matcher.start();
        ends[count++] = matcher.end();
      }
    } catch (PatternSyntaxException e) {
      return new Result.Unusable(describe(e));
    } catch (TooLong | StackOverflowError e) {
      return new Result.Unusable("This expression takes too long on this text; make it simpler");
    }
    return new Result.Found(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count), false);
  }

  /**
   * Replaces matches that a search has found.
   *
   * @param from index of the first match to replace
   * @param to index after the last one
   */
  public static Replacement replace(
      String text, FindQuery query, Result.Found found, int from, int to, String replacement)
      throws BadReplacement {
    int start = found.starts()[from];
    int end = found.ends()[to - 1];
    StringBuilder out = new StringBuilder();
    Matcher matcher = query.regex() ? pattern(query).matcher(text) : null;
    int done = start;
    for (int i = from; i < to; i++) {
      out.append(text, done, found.starts()[i]);
      if (matcher != null && matcher.find(found.starts()[i])) {
        out.append(expand(matcher, replacement));
      } else {
        out.append(replacement);
      }
      done = found.ends()[i];
    }
    return new Replacement(start, end, out.toString(), to - from);
  }

  /** {@code $1} and <code>${name}</code> stand for groups, backslash n and t for blanks. */
  private static String expand(Matcher matcher, String replacement) throws BadReplacement {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : 0;
      if (c == '\\' && next != 0) {
        out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
        i++;
      } else if (c == '$' && next >= '0' && next <= '9') {
        int group = next - '0';
        if (group > matcher.groupCount()) {
          throw new BadReplacement(
              "The replacement names group "
                  + group
                  + ", but the expression has only "
                  + matcher.groupCount()
                  + "; write \\$ for a dollar sign");
        }
        out.append(matcher.group(group) == null ? "" : matcher.group(group));
        i++;
      } else if (c == '$' && next == '{') {
        int close = replacement.indexOf('}', i);
        out.append(named(matcher, close < 0 ? "" : replacement.substring(i + 2, close)));
        i = close;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String named(Matcher matcher, String name) throws BadReplacement {
    try {
      String value = matcher.group(name);
      return value == null ? "" : value;
    } catch (IllegalArgumentException e) {
      throw new BadReplacement("The expression has no group named \"" + name + "\"");
    }
  }

  private static Pattern pattern(FindQuery query) {
    int flags = Pattern.MULTILINE | Pattern.UNICODE_CHARACTER_CLASS;
    if (!query.matchCase()) {
      flags |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }
    String body = query.regex() ? query.text() : Pattern.quote(query.text());
    return Pattern.compile(query.wholeWord() ? "(?<!\\w)(?:" + body + ")(?!\\w)" : body, flags);
  }

  private static String describe(PatternSyntaxException e) {
    String where = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
    return e.getDescription() + where;
  }

  private static long limit(String text) {
    return STEPS + 10L * text.length();
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }

  /** A text that can be looked at only so often. */
  private record Limited(String text, long[] left, int start, int end) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new TooLong();
      }
      return text.charAt(start + index);
    }

    @Override
    public int length() {
      return end - start;
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Limited(text, left, start + from, start + to);
    }

    @Override
    public String toString() {
      return text.substring(start, end);
    }
  }
}
