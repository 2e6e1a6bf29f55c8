package dev.hearth.app.ui.kit;

import java.util.Locale;
import java.util.Optional;

/** What the user chose: follow the system, or always one of the two. */
public enum ThemeMode {
  SYSTEM,
  LIGHT,
  DARK;

  /** The value in the settings file. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a stored value; anything unknown follows the system. */
  public static ThemeMode parse(Optional<String> id) {
    for (ThemeMode mode : values()) {
      if (id.isPresent() && id.get().equals(mode.id())) {
        return mode;
      }
    }
    return SYSTEM;
  }
}
