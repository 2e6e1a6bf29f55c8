package dev.hearth.app.ui.kit.code;

/**
 * Shows very long lines in pieces. Laying out one line of a megabyte takes a large part of a second
 * at each key, so the control holds such a line as several short ones, each of which but the last
 * ends with a mark that no text contains. What leaves the control has the pieces joined again.
 */
public final class LongLines {
  /** A Unicode noncharacter: it may be used inside a program and never occurs in text. */
  public static final char MARK = '\uFDD0';

  static final String FOLD = MARK + "\n";

  /** Lines up to this length are left alone. */
  static final int LIMIT = 1_000;

  private static final int PIECE = 200;
  private static final int SEARCH = 60;

  private LongLines() {}

  /** Splits the lines over the limit; a text without any comes back as it is. */
  static String fold(String text) {
    int lineStart = 0;
    StringBuilder out = null;
    int copied = 0;
    while (lineStart <= text.length()) {
      int lineEnd = text.indexOf('\n', lineStart);
      if (lineEnd < 0) {
        lineEnd = text.length();
      }
      if (lineEnd - lineStart > LIMIT) {
        if (out == null) {
          if (text.indexOf(MARK) >= 0) {
            return text;
          }
          out = new StringBuilder(text.length() + text.length() / 100);
        }
        out.append(text, copied, lineStart);
        foldLine(text, lineStart, lineEnd, out);
        copied = lineEnd;
      }
      lineStart = lineEnd + 1;
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  private static void foldLine(String text, int start, int end, StringBuilder out) {
    int from = start;
    while (end - from > PIECE) {
      int to = breakBefore(text, from + PIECE);
      out.append(text, from, to).append(FOLD);
      from = to;
    }
    out.append(text, from, end);
  }

  /** A break after punctuation if there is some near, never inside a surrogate pair. */
  private static int breakBefore(String text, int latest) {
    for (int i = latest; i > latest - SEARCH; i--) {
      if (",; }".indexOf(text.charAt(i - 1)) >= 0) {
        return i;
      }
    }
    return Character.isHighSurrogate(text.charAt(latest - 1)) ? latest - 1 : latest;
  }

  /** Joins the pieces. */
  static String unfold(String text) {
    if (text.indexOf(MARK) < 0) {
      return text;
    }
    return text.replace(FOLD, "").replace(String.valueOf(MARK), "");
  }

  /** Whether the next line of the control goes on with this one. */
  static boolean continues(String piece) {
    return !piece.isEmpty() && piece.charAt(piece.length() - 1) == MARK;
  }
}
