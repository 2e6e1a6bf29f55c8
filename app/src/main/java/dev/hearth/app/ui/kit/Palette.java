package dev.hearth.app.ui.kit;

import dev.hearth.resources.Stylesheets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import javafx.css.CssParser;
import javafx.css.Declaration;
import javafx.css.Rule;
import javafx.scene.paint.Color;

/** The colours of one theme as values: what the token file says, read once. */
public final class Palette {
  private final boolean dark;
  private final Map<HearthColor, Color> colors;

  private Palette(boolean dark, Map<HearthColor, Color> colors) {
    this.dark = dark;
    this.colors = colors;
  }

  /**
   * Reads the token file of a theme with JavaFX's own CSS parser.
   *
   * @throws IllegalStateException when a token is missing or no plain colour
   */
  public static Palette load(boolean dark) {
    Map<String, Color> byName = new HashMap<>();
    try {
      for (Rule rule : new CssParser().parse(Stylesheets.tokens(dark)).getRules()) {
        for (Declaration declaration : rule.getDeclarations()) {
          if (declaration.getParsedValue().convert(null) instanceof Color color) {
            byName.put(declaration.getProperty(), color);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the colour tokens", e);
    }
    Map<HearthColor, Color> colors = new EnumMap<>(HearthColor.class);
    for (HearthColor token : HearthColor.values()) {
      Color color = byName.get(token.cssName());
      if (color == null) {
        throw new IllegalStateException("The token file has no colour " + token.cssName());
      }
      colors.put(token, color);
    }
    return new Palette(dark, colors);
  }

  public boolean dark() {
    return dark;
  }

  public Color get(HearthColor token) {
    // Every token is present: load() has checked it.
    return colors.getOrDefault(token, Color.TRANSPARENT);
  }
}
