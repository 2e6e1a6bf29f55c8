package dev.hearth.app.ui.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads file and line out of what a failed call answered: Python, JavaScript and Java stack traces,
 * and the messages of compilers.
 */
final class StackLines {
  /**
   * @param path as the trace writes it: absolute, a URL, or just a file name
   * @param line from 1
   */
  record StackLine(String path, int line) {
    /** Whether this is a line of a file of the function. */
    boolean isIn(String file) {
      String plain = path.replace('\\', '/');
      String name = file.substring(file.lastIndexOf('/') + 1);
      return plain.equals(file)
          || plain.endsWith("/" + file)
          || plain.indexOf('/') < 0 && plain.equals(name);
    }
  }

  private static final Pattern PYTHON =
      Pattern.compile("File \\\\?\"([^\"\\\\]+)\\\\?\", line (\\d+)");
  private static final Pattern COLON =
      Pattern.compile("([\\w./\\\\$ -]*[\\w$-]+\\.(?:py|m?js|cjs|ts|java|sh|rb)):(\\d+)");

  private StackLines() {}

  /** The lines in order, the same one only once. */
  static List<StackLine> parse(String payload) {
    List<StackLine> lines = new ArrayList<>();
    collect(PYTHON.matcher(payload), lines);
    collect(COLON.matcher(payload), lines);
    return lines;
  }

  private static void collect(Matcher matcher, List<StackLine> lines) {
    while (matcher.find() && lines.size() < 200) {
      if (matcher.group(2).length() < 8) {
        StackLine line =
            new StackLine(matcher.group(1).strip(), Integer.parseInt(matcher.group(2)));
        if (!lines.contains(line)) {
          lines.add(line);
        }
      }
    }
  }
}
