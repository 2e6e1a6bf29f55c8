package dev.hearth.resources;

import java.net.URL;
import java.util.Objects;

/** Finds the style sheets, so that their names stand in one place. */
public final class Stylesheets {
  private Stylesheets() {}

  /** The token file of a theme: the only place with colour values. */
  public static URL tokens(boolean dark) {
    return find(dark ? "tokens-dark" : "tokens-light");
  }

  /**
   * A theme's style sheet with the tokens and all panels, on top of AtlantaFX's Primer. One, as
   * JavaFX asks each sheet of a window about each node. The packaged program has its binary form
   * beside it, which JavaFX prefers.
   */
  public static URL of(boolean dark) {
    return find(dark ? "dark" : "light");
  }

  private static URL find(String name) {
    return Objects.requireNonNull(Stylesheets.class.getResource("css/" + name + ".css"), name);
  }
}
