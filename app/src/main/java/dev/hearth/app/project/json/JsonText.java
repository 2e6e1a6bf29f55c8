package dev.hearth.app.project.json;

import java.util.Optional;

/**
 * Checks and lays out JSON. Layout moves blanks only: the order of keys, the digits of numbers and
 * the escapes in strings stay exactly as they were written.
 */
public final class JsonText {
  /** An object or array without others inside stays on one line up to this width. */
  private static final int INLINE_WIDTH = 60;

  private static final int INDENT = 2;

  private JsonText() {}

  /** The first problem of a text; empty when it is JSON. */
  public static Optional<JsonProblem> check(String text) {
    try {
      new JsonScanner(text).scan();
      return Optional.empty();
    } catch (JsonScanner.Broken e) {
      return Optional.of(problem(text, e));
    }
  }

  /** What {@link #format} gives. */
  public sealed interface Result {
    /** The text in a readable layout. */
    record Formatted(String text) implements Result {}

    /** It is no JSON, so it was not touched. */
    record Broken(JsonProblem problem) implements Result {}
  }

  /** Lays a text out over lines with an indentation of two; short flat values stay on one line. */
  public static Result format(String text) {
    return format(text, Integer.MAX_VALUE);
  }

  /**
   * Like {@link #format(String)} for a narrow place: flat values stay on one line only where it
   * ends within {@code columns} characters.
   */
  public static Result format(String text, int columns) {
    JsonScanner scanner = new JsonScanner(text);
    try {
      scanner.scan();
    } catch (JsonScanner.Broken e) {
      return new Result.Broken(problem(text, e));
    }
    return new Result.Formatted(new Layout(text, scanner, columns).run());
  }

  private static JsonProblem problem(String text, JsonScanner.Broken e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return JsonProblem.at(text, e.offset, message);
  }

  private static final class Layout {
    private final String text;
    private final JsonScanner tokens;
    private final int columns;
    private final StringBuilder out;
    private int depth;

    Layout(String text, JsonScanner tokens, int columns) {
      this.text = text;
      this.tokens = tokens;
      this.columns = columns;
      this.out = new StringBuilder(text.length() + text.length() / 4);
    }

    String run() {
      int i = 0;
      while (i < tokens.count()) {
        char c = tokens.kind(i);
        switch (c) {
          case '{', '[' -> {
            int close = inlineEnd(i);
            if (close >= 0) {
              inline(i, close);
              i = close;
            } else {
              out.append(c);
              depth++;
              newLine();
            }
          }
          case '}', ']' -> {
            depth--;
            newLine();
            out.append(c);
          }
          case ',' -> {
            out.append(c);
            newLine();
          }
          case ':' -> out.append(": ");
          default -> copy(i);
        }
        i++;
      }
      return out.toString();
    }

    /** The closing token of a value that fits on one line; -1 when it does not. */
    private int inlineEnd(int open) {
      int width = 4;
      int limit = Math.min(INLINE_WIDTH, columns - (out.length() - out.lastIndexOf("\n")));
      for (int i = open + 1; i < tokens.count(); i++) {
        char c = tokens.kind(i);
        if (c == '}' || c == ']') {
          boolean empty = i == open + 1;
          return empty || depth > 0 ? i : -1;
        }
        width += tokens.end(i) - tokens.start(i) + (c == ',' || c == ':' ? 1 : 0);
        if (c == '{' || c == '[' || width > limit) {
          return -1;
        }
      }
      return -1;
    }

    private void inline(int open, int close) {
      boolean object = tokens.kind(open) == '{';
      boolean empty = close == open + 1;
      out.append(object && !empty ? "{ " : tokens.kind(open));
      for (int i = open + 1; i < close; i++) {
        copy(i);
        if (tokens.kind(i) == ',' || tokens.kind(i) == ':') {
          out.append(' ');
        }
      }
      out.append(object && !empty ? " }" : tokens.kind(close));
    }

    private void copy(int token) {
      out.append(text, tokens.start(token), tokens.end(token));
    }

    private void newLine() {
      out.append('\n').repeat(' ', depth * INDENT);
    }
  }
}
