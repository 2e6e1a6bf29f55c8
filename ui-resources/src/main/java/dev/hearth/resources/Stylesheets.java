package dev.hearth.resources;

import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the style sheets, so that their names and their order stand in one place. */
public final class Stylesheets {
  /** One file per panel family; later ones win over earlier ones. */
  private static final List<String> SHARED =
      List.of(
          "atlantafx",
          "base",
          "controls",
          "shell",
          "explorer",
          "editor",
          "event",
          "response",
          "logs",
          "timeline",
          "inspector",
          "cost",
          "insights",
          "versions");

  private Stylesheets() {}

  /** The token file of a theme: the only place with colour values. */
  public static URL tokens(boolean dark) {
    return find(dark ? "tokens-dark" : "tokens-light");
  }

  /** All author style sheets of a theme as URLs, in order. They go on top of AtlantaFX's Primer. */
  public static List<String> of(boolean dark) {
    return Stream.concat(Stream.of(tokens(dark)), SHARED.stream().map(Stylesheets::find))
        .map(URL::toExternalForm)
        .toList();
  }

  private static URL find(String name) {
    return Objects.requireNonNull(Stylesheets.class.getResource("css/" + name + ".css"), name);
  }
}
