package dev.hearth.resources;

import java.net.URL;
import java.util.List;
import java.util.Objects;

/** Finds the bundled fonts: the window looks the same on every machine. */
public final class Fonts {
  private static final List<String> FILES =
      List.of(
          "Inter-Regular.otf",
          "Inter-Medium.otf",
          "Inter-SemiBold.otf",
          "Inter-Bold.otf",
          "JetBrainsMono-Regular.ttf",
          "JetBrainsMono-Bold.ttf");

  /** Family of the interface. */
  public static final String INTERFACE = "Inter";

  /** Family of code and of numbers in columns. */
  public static final String MONO = "JetBrains Mono";

  private Fonts() {}

  /** The font files, to be registered once before the first window. */
  public static List<URL> files() {
    return FILES.stream()
        .map(file -> Objects.requireNonNull(Fonts.class.getResource("fonts/" + file), file))
        .toList();
  }
}
