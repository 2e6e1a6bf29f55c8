package dev.hearth.app.project.json;

/**
 * The first thing that keeps a text from being JSON.
 *
 * @param offset of the character at fault, from 0; the length of the text when it ends too early
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param message says what stands there and what is expected, without the position
 */
public record JsonProblem(int offset, int line, int column, String message) {
  static JsonProblem at(CharSequence text, int offset, String message) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new JsonProblem(offset, line, offset - lineStart + 1, message);
  }

  /** {@code Line 3, column 14: ...}. */
  public String describe() {
    return "Line " + line + ", column " + column + ": " + message;
  }
}
