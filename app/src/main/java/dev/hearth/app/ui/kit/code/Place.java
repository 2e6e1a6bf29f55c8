package dev.hearth.app.ui.kit.code;

/**
 * A position in a text.
 *
 * @param line from 0
 * @param column from 0, in UTF-16 units
 */
public record Place(int line, int column) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }
}
