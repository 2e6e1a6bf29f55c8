package dev.hearth.app.ui.kit;

import java.util.Locale;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The one place that knows the icon pack: icons are asked for by name, e.g. {@code play}. */
public final class Icons {
  private Icons() {}

  /**
   * @param name a Feather name with hyphens
   * @throws IllegalArgumentException when the pack has no such icon
   */
  public static FontIcon of(String name) {
    FontIcon icon = new FontIcon(Feather.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
    icon.getStyleClass().add("icon");
    return icon;
  }
}
