package dev.hearth.app.ui.kit.code;

import dev.hearth.app.ui.kit.code.TextSearch.Result.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is painted over the code's own colours: found text, brackets, marked lines. */
final class Decorations {
  static final int MATCH = 1;
  static final int CURRENT_MATCH = 2;
  static final int BRACKET = 4;
  static final int ERROR = 8;
  private static final Found NONE = new Found(new int[0], new int[0], false);

  private Found found = NONE;
  private int current = -1;
  private Optional<Brackets.Pair> brackets = Optional.empty();
  private List<LineMarker> markers = List.of();

  void found(Found matches, int currentMatch) {
    found = matches;
    current = currentMatch;
  }

  void nothingFound() {
    found(NONE, -1);
  }

  /** Tells whether that changed anything. */
  boolean brackets(Optional<Brackets.Pair> pair) {
    boolean changed = !pair.equals(brackets);
    brackets = pair;
    return changed;
  }

  void markers(List<LineMarker> newMarkers) {
    markers = List.copyOf(newMarkers);
  }

  List<LineMarker> markers() {
    return markers;
  }

  /** Keeps markers at their lines when lines come and go. */
  void replaced(int first, int removed, int inserted) {
    if (removed == inserted || markers.isEmpty()) {
      return;
    }
    List<LineMarker> moved = new ArrayList<>();
    for (LineMarker marker : markers) {
      int line = marker.line();
      if (line >= first + removed) {
        line += inserted - removed;
      } else if (line > first) {
        line = Math.min(line, first + inserted - 1);
      }
      moved.add(marker.withLine(line));
    }
    markers = moved;
  }

  /**
   * Sets the flags of one line.
   *
   * @param offset of the line's first character in the text
   */
  void paint(int line, int offset, String text, byte[] flags) {
    paintMatches(offset, flags);
    brackets.ifPresent(
        pair -> {
          paintBracket(pair.first(), line, flags);
          paintBracket(pair.second(), line, flags);
        });
    for (LineMarker marker : markers) {
      if (marker.line() == line) {
        int blanks = text.length() - text.stripLeading().length();
        paint(flags, Math.max(blanks, marker.column()), flags.length, ERROR);
      }
    }
  }

  private void paintMatches(int offset, byte[] flags) {
    int first = found.from(offset);
    // A match that began on a line before may reach into this one.
    int i = first < 0 ? found.count() - 1 : Math.max(0, first - 1);
    for (; i >= 0 && i < found.count() && found.starts()[i] < offset + flags.length; i++) {
      int flag = i == current ? CURRENT_MATCH : MATCH;
      paint(flags, found.starts()[i] - offset, found.ends()[i] - offset, flag);
    }
  }

  private static void paintBracket(Place place, int line, byte[] flags) {
    if (place.line() == line) {
      paint(flags, place.column(), place.column() + 1, BRACKET);
    }
  }

  private static void paint(byte[] flags, int from, int to, int flag) {
    for (int i = Math.max(0, from); i < Math.min(to, flags.length); i++) {
      flags[i] |= (byte) flag;
    }
  }
}
