package dev.hearth.app.service;

import java.util.Set;

/** The rules for paths of source files. */
final class SourcePaths {
  private static final int MAX_LENGTH = 400;

  /** Never part of what runs: version control, and what an interpreter writes while it runs. */
  private static final Set<String> NEVER_RUN = Set.of(".git", ".hg", ".svn", "__pycache__");

  /** Part of what runs, but not a person's own source: left out of lists and stored versions. */
  private static final Set<String> NOT_LISTED =
      Set.of("node_modules", "target", ".venv", "venv", ".idea", ".vscode", ".gradle");

  private SourcePaths() {}

  static boolean runs(String folderName) {
    return !NEVER_RUN.contains(folderName);
  }

  static boolean isListed(String folderName) {
    return runs(folderName) && !NOT_LISTED.contains(folderName);
  }

  /**
   * @throws HearthException unless the path stays below the function's folder on every system
   */
  static String checked(String path) {
    if (path.isBlank() || path.length() > MAX_LENGTH) {
      throw Trouble.input("A file's path has 1 to %d characters.", MAX_LENGTH);
    }
    boolean odd = path.indexOf('\\') >= 0 || path.chars().anyMatch(c -> c < ' ' || c == ':');
    for (String part : path.split("/", -1)) {
      odd |= part.isBlank() || part.equals(".") || part.equals("..");
    }
    if (odd) {
      throw Trouble.input(
          "\"%s\" is not a path inside the function. Write it like src/app.py: no empty parts, no"
              + " \"..\", no backslash, no colon.",
          path);
    }
    return path;
  }
}
