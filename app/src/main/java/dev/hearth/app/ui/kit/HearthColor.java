package dev.hearth.app.ui.kit;

import java.util.Locale;

/** The colour tokens by name, for code that draws on a canvas; CSS uses the same names. */
public enum HearthColor {
  BG,
  PANEL,
  RAISED,
  HOVER,
  SELECTION,
  SELECTION_TEXT,
  LINE,
  LINE_STRONG,
  TEXT,
  MUTED,
  FAINT,
  EMBER,
  EMBER_FILL,
  EMBER_FILL_HOVER,
  EMBER_SOFT,
  ON_EMBER,
  COLD,
  COLD_SOFT,
  ON_COLD,
  WARM,
  IDLE,
  ERROR,
  ERROR_SOFT,
  OK,
  OK_SOFT,
  THROTTLE,
  GOLD,
  GOLD_SOFT,
  FOCUS,
  SHADOW,
  CURRENT_LINE,
  CODE_KEYWORD,
  CODE_STRING,
  CODE_NAME,
  CODE_NUMBER,
  CODE_COMMENT;

  /** The looked-up colour's name in the style sheets, e.g. {@code -hearth-ember}. */
  public String cssName() {
    return "-hearth-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
