package dev.hearth.app.ui.kit.code;

import dev.hearth.app.ui.kit.code.lex.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * What the editor's keys do to the text, as pure functions from text and selection to a
 * replacement. An empty answer means that the key does nothing.
 */
final class EditCommands {
  private final Lines lines;
  private final Language language;
  private final String unit;

  /**
   * @param unit one level of indentation: spaces or a tab
   */
  EditCommands(Lines lines, Language language, String unit) {
    this.lines = lines;
    this.language = language;
    this.unit = unit;
  }

  /** One level of indentation as the text itself uses it; the language's own when it has none. */
  static String unitOf(Lines lines, Language language) {
    int smallest = 0;
    for (int i = 0; i < Math.min(lines.count(), 1_000); i++) {
      String line = lines.line(i);
      if (line.startsWith("\t")) {
        return "\t";
      }
      int blanks = blanks(line);
      if (blanks > 1 && blanks < line.length() && (smallest == 0 || blanks < smallest)) {
        smallest = blanks;
      }
    }
    return " ".repeat(smallest == 0 || smallest > 8 ? language.indent() : smallest);
  }

  /** A line break that keeps the indentation, one level more after an opening bracket or colon. */
  Edit newLine(Selected selected) {
    Place start = selected.start();
    Place end = selected.end();
    String before = lines.line(start.line()).substring(0, start.column());
    String after = lines.line(end.line()).substring(end.column());
    String indent = before.substring(0, blanks(before));
    String code = before.stripTrailing();
    char last = code.isEmpty() ? 0 : code.charAt(code.length() - 1);
    boolean opens = last == '{' || last == '[' || last == '(';
    String text = "\n" + indent;
    if (opens || language == Language.PYTHON && last == ':') {
      text += unit;
    } else if (language == Language.PYTHON
        && after.isBlank()
        && leavesBlock(code)
        && indent.endsWith(unit)) {
      text = text.substring(0, text.length() - unit.length());
    }
    Selected caret = Selected.at(start.line() + 1, text.length() - 1);
    boolean splits = opens && !after.isEmpty() && after.charAt(0) == Brackets.partner(last);
    return new Edit(start, end, splits ? text + "\n" + indent : text, caret);
  }

  private static boolean leavesBlock(String code) {
    String line = code.strip();
    return line.matches("(return|raise|pass|break|continue)\\b.*") && !line.endsWith(":");
  }

  /** Tab: indents the selected lines, or moves the caret to the next stop. */
  Edit indent(Selected selected) {
    if (selected.start().line() != selected.end().line()) {
      return eachLine(selected, line -> line.isBlank() ? line : unit + line);
    }
    Place start = selected.start();
    String text =
        unit.equals("\t") ? unit : " ".repeat(unit.length() - start.column() % unit.length());
    return new Edit(
        start, selected.end(), text, Selected.at(start.line(), start.column() + text.length()));
  }

  /** Shift+Tab: takes one level from the selected lines. */
  Optional<Edit> outdent(Selected selected) {
    return changed(eachLine(selected, line -> line.substring(oneLevel(line))));
  }

  private int oneLevel(String line) {
    return line.startsWith("\t") ? 1 : Math.min(unit.length(), blanks(line));
  }

  /** Makes the selected lines comments, or code again when all of them are comments. */
  Optional<Edit> toggleComment(Selected selected) {
    String mark = language.lineComment();
    if (mark.isEmpty()) {
      return Optional.empty();
    }
    int first = selected.start().line();
    int last = lastLine(selected);
    boolean all = true;
    int column = Integer.MAX_VALUE;
    for (int i = first; i <= last; i++) {
      String line = lines.line(i);
      if (!line.isBlank()) {
        all &= line.startsWith(mark, blanks(line));
        column = Math.min(column, blanks(line));
      }
    }
    int at = column == Integer.MAX_VALUE ? 0 : column;
    boolean single = first == last;
    boolean uncomment = all && column != Integer.MAX_VALUE;
    return changed(
        eachLine(
            selected,
            line -> {
              if (uncomment) {
                return uncommented(line, mark);
              }
              return line.isBlank() && !single
                  ? line
                  : line.substring(0, at) + mark + " " + line.substring(at);
            }));
  }

  private static String uncommented(String line, String mark) {
    if (line.isBlank()) {
      return line;
    }
    int at = blanks(line);
    int rest = at + mark.length();
    return line.substring(0, at) + line.substring(line.startsWith(" ", rest) ? rest + 1 : rest);
  }

  /** Repeats the selection after itself; without one, the line below itself. */
  Edit duplicate(Selected selected) {
    if (selected.empty()) {
      Place caret = selected.caret();
      String line = lines.line(caret.line());
      Place end = new Place(caret.line(), line.length());
      return new Edit(end, end, "\n" + line, Selected.at(caret.line() + 1, caret.column()));
    }
    String text = textOf(selected.start(), selected.end());
    return new Edit(
        selected.end(),
        selected.end(),
        text,
        new Selected(selected.end(), advance(selected.end(), text)));
  }

  /** Moves the selected lines over the one above. */
  Optional<Edit> moveUp(Selected selected) {
    int first = selected.start().line();
    int last = lastLine(selected);
    if (first == 0) {
      return Optional.empty();
    }
    String text = textOf(lineStart(first), lineEnd(last)) + "\n" + lines.line(first - 1);
    return Optional.of(
        new Edit(lineStart(first - 1), lineEnd(last), text, shifted(selected, i -> i - 1)));
  }

  /** Moves the selected lines under the one below. */
  Optional<Edit> moveDown(Selected selected) {
    int first = selected.start().line();
    int last = lastLine(selected);
    if (last == lines.count() - 1) {
      return Optional.empty();
    }
    String text = lines.line(last + 1) + "\n" + textOf(lineStart(first), lineEnd(last));
    return Optional.of(
        new Edit(lineStart(first), lineEnd(last + 1), text, shifted(selected, i -> i + 1)));
  }

  /** Removes the selected lines with their line breaks. */
  Edit deleteLines(Selected selected) {
    int first = selected.start().line();
    int last = lastLine(selected);
    if (last + 1 < lines.count()) {
      return new Edit(lineStart(first), lineStart(last + 1), "", Selected.at(first, 0));
    }
    Place start = first == 0 ? lineStart(0) : lineEnd(first - 1);
    return new Edit(start, lineEnd(last), "", new Selected(start, start));
  }

  /**
   * What a typed bracket or quote does beyond being inserted: closes itself, steps over the same
   * one, goes around the selection, or takes a closing bracket back to its block's indentation.
   */
  Optional<Edit> typed(char c, Selected selected) {
    Place start = selected.start();
    Place end = selected.end();
    String line = lines.line(end.line());
    char next = end.column() < line.length() ? line.charAt(end.column()) : 0;
    char before = start.column() > 0 ? lines.line(start.line()).charAt(start.column() - 1) : 0;
    boolean quote = c == '"' || c == '\'' || c == '`' && language == Language.JAVASCRIPT;
    boolean opens = c == '(' || c == '[' || c == '{';
    if (!selected.empty()) {
      return quote || opens ? Optional.of(surround(c, selected)) : Optional.empty();
    }
    if (next == c && (quote || c == ')' || c == ']' || c == '}')) {
      return Optional.of(new Edit(start, end, "", Selected.at(end.line(), end.column() + 1)));
    }
    if (c == '}' && line.isBlank() && line.endsWith(unit) && start.column() == line.length()) {
      Place from = new Place(start.line(), start.column() - unit.length());
      return Optional.of(new Edit(from, end, "}", Selected.at(from.line(), from.column() + 1)));
    }
    boolean free = next == 0 || Character.isWhitespace(next) || ")]},;:".indexOf(next) >= 0;
    boolean inWord = Character.isLetterOrDigit(before) && !isPrefix(line, start.column());
    if (free && (opens || quote && !inWord && before != c && before != '\\')) {
      String pair = "" + c + (opens ? Brackets.partner(c) : c);
      return Optional.of(new Edit(start, end, pair, Selected.at(start.line(), start.column() + 1)));
    }
    return Optional.empty();
  }

  /** Whether what stands before a quote in Python is its prefix, not a word. */
  private boolean isPrefix(String line, int column) {
    if (language != Language.PYTHON) {
      return false;
    }
    String before = line.substring(0, column);
    return before.matches("(.*\\W)?[rRbBuUfFtT]{1,2}");
  }

  private Edit surround(char c, Selected selected) {
    String text = textOf(selected.start(), selected.end());
    char close = Brackets.partner(c) == 0 ? c : Brackets.partner(c);
    Place first = new Place(selected.start().line(), selected.start().column() + 1);
    return new Edit(
        selected.start(),
        selected.end(),
        c + text + close,
        new Selected(first, advance(first, text)));
  }

  /** Backspace between an empty pair, or in the indentation; elsewhere the answer is empty. */
  Optional<Edit> backspace(Selected selected) {
    Place at = selected.caret();
    if (!selected.empty() || at.column() == 0) {
      return Optional.empty();
    }
    String line = lines.line(at.line());
    char before = line.charAt(at.column() - 1);
    char next = at.column() < line.length() ? line.charAt(at.column()) : 0;
    boolean pair =
        next != 0
            && (Brackets.partner(before) == next && "([{".indexOf(before) >= 0
                || next == before && (before == '"' || before == '\''));
    if (pair) {
      return Optional.of(delete(at.line(), at.column() - 1, at.column() + 1));
    }
    if (blanks(line) >= at.column() && before == ' ' && unit.length() > 1) {
      int to = (at.column() - 1) / unit.length() * unit.length();
      return Optional.of(delete(at.line(), to, at.column()));
    }
    return Optional.empty();
  }

  /** Where Home goes: to the first visible character, from there to the start of the line. */
  int homeColumn(Place caret) {
    int text = blanks(lines.line(caret.line()));
    return caret.column() == text ? 0 : text;
  }

  private static Edit delete(int line, int from, int to) {
    return new Edit(new Place(line, from), new Place(line, to), "", Selected.at(line, from));
  }

  private static Optional<Edit> changed(Edit edit) {
    return edit.text().isEmpty() && edit.start().equals(edit.end())
        ? Optional.empty()
        : Optional.of(edit);
  }

  /** Replaces the selected lines as a whole; anchor and caret stay at their characters. */
  private Edit eachLine(Selected selected, UnaryOperator<String> change) {
    int first = selected.start().line();
    int last = lastLine(selected);
    List<String> result = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      result.add(change.apply(lines.line(i)));
    }
    return new Edit(
        lineStart(first),
        lineEnd(last),
        String.join("\n", result),
        new Selected(
            follow(selected.anchor(), first, result), follow(selected.caret(), first, result)));
  }

  private Place follow(Place place, int first, List<String> changed) {
    int index = place.line() - first;
    if (index < 0 || index >= changed.size()) {
      return place;
    }
    String now = changed.get(index);
    int fromEnd = lines.line(place.line()).length() - place.column();
    int least = Math.min(place.column(), blanks(now));
    return new Place(place.line(), Math.max(least, now.length() - fromEnd));
  }

  /** A selection that ends at the start of a line does not mean that line. */
  private int lastLine(Selected selected) {
    Place end = selected.end();
    boolean excluded = end.column() == 0 && end.line() > selected.start().line();
    return excluded ? end.line() - 1 : end.line();
  }

  private Selected shifted(Selected selected, IntUnaryOperator line) {
    Place anchor = selected.anchor();
    Place caret = selected.caret();
    return new Selected(
        new Place(line.applyAsInt(anchor.line()), anchor.column()),
        new Place(line.applyAsInt(caret.line()), caret.column()));
  }

  private Place lineStart(int line) {
    return new Place(line, 0);
  }

  private Place lineEnd(int line) {
    return new Place(line, lines.line(line).length());
  }

  private String textOf(Place start, Place end) {
    if (start.line() == end.line()) {
      return lines.line(start.line()).substring(start.column(), end.column());
    }
    StringBuilder text = new StringBuilder(lines.line(start.line()).substring(start.column()));
    for (int i = start.line() + 1; i < end.line(); i++) {
      text.append('\n').append(lines.line(i));
    }
    return text.append('\n').append(lines.line(end.line()), 0, end.column()).toString();
  }

  private static Place advance(Place from, String text) {
    int lastBreak = text.lastIndexOf('\n');
    int breaks = (int) text.chars().filter(c -> c == '\n').count();
    return breaks == 0
        ? new Place(from.line(), from.column() + text.length())
        : new Place(from.line() + breaks, text.length() - lastBreak - 1);
  }

  private static int blanks(String line) {
    int i = 0;
    while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }
}
