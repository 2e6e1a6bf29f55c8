package dev.hearth.app.project.json;

import java.util.Arrays;
import java.util.Locale;

/**
 * Splits JSON (RFC 8259) into tokens and checks it on the way, without recursion, so that neither
 * size nor nesting of the input matters. Tokens are kept as three numbers each.
 */
final class JsonScanner {
  /** As deep as the JSON reader that the runtime uses goes. */
  static final int MAX_DEPTH = 500;

  private final String text;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  private int pos;

  /** Thrown inside this package only; the position is that of the character at fault. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    final int offset;

    Broken(int offset, String message) {
      super(message, null, false, false);
      this.offset = offset;
    }
  }

  JsonScanner(String text) {
    this.text = text;
  }

  int count() {
    return count;
  }

  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  /** The first character of a token: a bracket, comma, colon, quote, or of a number or word. */
  char kind(int token) {
    return text.charAt(starts[token]);
  }

  /** Reads the whole text. */
  void scan() throws Broken {
    boolean[] objects = new boolean[MAX_DEPTH + 1];
    int depth = 0;
    boolean valueNext = true;
    while (true) {
      if (valueNext) {
        char c = peekValue(depth > 0 && objects[depth]);
        boolean opens = c == '{' || c == '[';
        if (opens) {
          if (depth == MAX_DEPTH) {
            throw new Broken(pos, "Nested more than " + MAX_DEPTH + " levels deep");
          }
          token(1);
          objects[++depth] = c == '{';
        } else {
          value(c);
        }
        valueNext = opens && !closesAtOnce(objects[depth]);
        if (opens && !valueNext) {
          token(1);
          depth--;
        } else if (valueNext && objects[depth]) {
          key();
        }
      } else if (depth == 0) {
        skipBlanks();
        if (pos < text.length()) {
          throw new Broken(pos, "Nothing may follow the end of the value, but here is " + shown());
        }
        return;
      } else {
        boolean more = commaOrClose(objects[depth]);
        if (!more) {
          depth--;
        } else if (objects[depth]) {
          key();
        }
        valueNext = more;
      }
    }
  }

  private boolean closesAtOnce(boolean object) {
    skipBlanks();
    return pos < text.length() && text.charAt(pos) == (object ? '}' : ']');
  }

  private char peekValue(boolean inObject) throws Broken {
    skipBlanks();
    if (pos == text.length()) {
      throw new Broken(
          pos,
          count == 0
              ? "The text is empty; JSON needs a value, at least {}"
              : inObject ? "The value of this key is missing" : "A value is missing at the end");
    }
    return text.charAt(pos);
  }

  private void value(char c) throws Broken {
    if (c == '"') {
      string();
    } else if (c == '-' || c >= '0' && c <= '9') {
      number();
    } else if (Character.isLetter(c)) {
      word();
    } else if (c == '\'') {
      throw new Broken(pos, "Strings stand in double quotes, not in single ones");
    } else if (c == ']' && count > 0 && kind(count - 1) == ',') {
      throw new Broken(starts[count - 1], "A comma must be followed by another value; remove it");
    } else if (c == '/' || c == '#') {
      throw new Broken(pos, "JSON has no comments");
    } else {
      throw new Broken(pos, "Expected a value, but here is " + shown());
    }
  }

  private void key() throws Broken {
    skipBlanks();
    if (pos == text.length()) {
      throw new Broken(pos, "The object is not closed; a } is missing");
    }
    char c = text.charAt(pos);
    if (c == '}' && kind(count - 1) == ',') {
      throw new Broken(starts[count - 1], "A comma must be followed by another key; remove it");
    }
    if (c != '"') {
      throw new Broken(pos, "Expected a key in double quotes, but here is " + shown());
    }
    string();
    skipBlanks();
    if (pos == text.length() || text.charAt(pos) != ':') {
      throw new Broken(pos, "Expected : after the key, but here is " + shown());
    }
    token(1);
  }

  private boolean commaOrClose(boolean object) throws Broken {
    skipBlanks();
    char close = object ? '}' : ']';
    if (pos == text.length()) {
      String what = object ? "object" : "array";
      throw new Broken(pos, "The " + what + " is not closed; a " + close + " is missing");
    }
    char c = text.charAt(pos);
    if (c != ',' && c != close) {
      throw new Broken(pos, "Expected , or " + close + ", but here is " + shown());
    }
    token(1);
    return c == ',';
  }

  private void string() throws Broken {
    int start = pos;
    for (int i = pos + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        token(i + 1 - start);
        return;
      }
      if (c == '\\') {
        i = escape(i);
      } else if (c < ' ') {
        throw new Broken(
            i,
            c == '\n' || c == '\r'
                ? "The string is not closed; a \" is missing before the end of the line"
                : "A control character in a string must be written as an escape, e.g. \\t");
      }
    }
    throw new Broken(start, "The string is not closed; a \" is missing");
  }

  /** Returns the offset of the escape's last character. */
  private int escape(int at) throws Broken {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (c == 'u') {
      for (int i = at + 2; i < at + 6; i++) {
        if (i >= text.length() || Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
          throw new Broken(at, "\\u needs four hexadecimal digits");
        }
      }
      return at + 5;
    }
    if (c == 0 || "\"\\/bfnrt".indexOf(c) < 0) {
      throw new Broken(at, "A backslash starts an escape; write \\\\ for the backslash itself");
    }
    return at + 1;
  }

  private void number() throws Broken {
    int i = pos;
    if (text.charAt(i) == '-') {
      i++;
    }
    int first = i;
    i = digits(i, "Digits are missing after -");
    if (i - first > 1 && text.charAt(first) == '0') {
      throw new Broken(first, "A number may not start with 0");
    }
    if (i < text.length() && text.charAt(i) == '.') {
      i = digits(i + 1, "Digits are missing after the decimal point");
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      i = digits(i, "Digits are missing in the exponent");
    }
    if (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '.')) {
      throw new Broken(i, "A number ends before " + text.charAt(i) + "; put text in double quotes");
    }
    token(i - pos);
  }

  private int digits(int from, String missing) throws Broken {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    if (i == from) {
      throw new Broken(i, missing);
    }
    return i;
  }

  private void word() throws Broken {
    int i = pos;
    while (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
      i++;
    }
    String word = text.substring(pos, i);
    switch (word) {
      case "true", "false", "null" -> token(i - pos);
      case "True", "False" -> throw new Broken(pos, "JSON writes " + word.toLowerCase(Locale.ROOT));
      case "None", "undefined" -> throw new Broken(pos, "JSON writes null");
      default -> throw new Broken(pos, "Expected a value; text stands in double quotes");
    }
  }

  private void skipBlanks() {
    while (pos < text.length()) {
      char c = text.charAt(pos);
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
        return;
      }
      pos++;
    }
  }

  private void token(int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = pos;
    ends[count++] = pos + length;
    pos += length;
  }

  /** What stands at the cursor, for a message. */
  private String shown() {
    if (pos >= text.length()) {
      return "the end of the text";
    }
    int c = text.codePointAt(pos);
    if (c == '\n' || c == '\r') {
      return "the end of the line";
    }
    return Character.isISOControl(c) || c == 0xFEFF || c == 0xA0
        ? String.format("the character U+%04X", c)
        : Character.toString(c);
  }
}
