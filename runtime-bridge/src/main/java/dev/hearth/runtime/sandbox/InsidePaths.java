package dev.hearth.runtime.sandbox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the paths of this machine are called inside an environment with a view of its own. */
final class InsidePaths {
  static final String TASK = "/var/task";
  static final String LAYERS = "/opt";
  static final String TMP = "/tmp";

  private final Map<String, String> names = new LinkedHashMap<>();

  InsidePaths(Isolation isolation) {
    // The folder of the code may contain the others, never the other way round.
    names.put(isolation.tmp().toString(), TMP);
    if (isolation.layers() != null) {
      names.put(isolation.layers().toString(), LAYERS);
    }
    names.put(isolation.taskRoot().toString(), TASK);
  }

  /** The text with every path in it as it is called inside. */
  String translate(String text) {
    String translated = text;
    for (var name : names.entrySet()) {
      translated = replace(translated, name.getKey(), name.getValue());
    }
    return translated;
  }

  Path translate(Path path) {
    return Path.of(translate(path.toString()));
  }

  private static String replace(String text, String from, String to) {
    int at = text.indexOf(from);
    if (at < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int done = 0;
    while (at >= 0) {
      int end = at + from.length();
      boolean whole = end == text.length() || !isPartOfName(text.charAt(end));
      result.append(text, done, at).append(whole ? to : from);
      done = end;
      at = text.indexOf(from, end);
    }
    return result.append(text, done, text.length()).toString();
  }

  private static boolean isPartOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }
}
