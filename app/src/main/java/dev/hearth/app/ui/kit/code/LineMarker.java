package dev.hearth.app.ui.kit.code;

/**
 * A message about a line of the text: a compiler's complaint, or where a stack trace points.
 *
 * @param line from 0
 * @param column from 0, where the underline starts; -1 to underline the whole line
 */
public record LineMarker(int line, int column, String message) {
  LineMarker withLine(int other) {
    return new LineMarker(other, column, message);
  }
}
