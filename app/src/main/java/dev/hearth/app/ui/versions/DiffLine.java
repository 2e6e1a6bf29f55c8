package dev.hearth.app.ui.versions;

/**
 * One line of a comparison of two versions.
 *
 * @param text without line end
 */
record DiffLine(Kind kind, String text) {
  /** What became of the line, with the mark in front of it. */
  enum Kind {
    /** A file or a group of settings; begins a part. */
    HEADING(""),
    SAME("  "),
    REMOVED("− "),
    ADDED("+ ");

    private final String mark;

    Kind(String mark) {
      this.mark = mark;
    }
  }

  /** As it is shown: never by colour alone. */
  String shown() {
    return kind.mark + text;
  }
}
