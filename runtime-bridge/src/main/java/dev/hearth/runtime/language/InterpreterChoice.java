package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.language.InterpreterDiscovery.Found;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The interpreter that runs a function: the version that was asked for, else the nearest one, with
 * a note that says so. A tool that silently ran another version would be of little use; one that
 * refused would be of none.
 *
 * @param note a sentence for the user, or null when the version is the one that was asked for
 */
record InterpreterChoice(Interpreter interpreter, @Nullable String note) {

  /** The oldest version that Hearth's clients run on. */
  static VersionNumber minimum(RuntimeFamily family) {
    return VersionNumber.parse(
        switch (family) {
          case PYTHON -> "3.8";
          case NODEJS -> "18";
          case JAVA -> "17";
          case RUBY -> "2.7";
          case PROVIDED -> "0";
        });
  }

  static List<Interpreter> supported(Found found) {
    return found.interpreters().stream()
        .filter(i -> VersionNumber.parse(i.version()).compareTo(minimum(i.family())) >= 0)
        .toList();
  }

  /**
   * Chooses for one runtime identifier. Among those of the wanted version the one on PATH comes
   * first, because that is where people install packages, then the newest. Otherwise the nearest
   * version, the newer of two equally near ones; for Java always a newer one if there is any,
   * because an older one can't load the classes.
   *
   * @throws RuntimeUnavailableException when this machine has no supported interpreter of the
   *     family
   */
  static InterpreterChoice choose(RuntimeIdentifier runtime, Found found)
      throws RuntimeUnavailableException {
    List<Interpreter> supported = supported(found);
    int wanted = level(runtime.family(), VersionNumber.parse(runtime.version()));
    Function<Interpreter, Integer> level =
        i -> level(runtime.family(), VersionNumber.parse(i.version()));
    Path preferred = found.preferred();
    Comparator<Interpreter> byPreference =
        Comparator.comparing((Interpreter i) -> !i.executable().equals(preferred))
            .thenComparing(
                Comparator.comparing((Interpreter i) -> VersionNumber.parse(i.version()))
                    .reversed());
    Comparator<Interpreter> byNearness =
        Comparator.comparing((Interpreter i) -> distance(runtime.family(), level.apply(i), wanted))
            .thenComparing(Comparator.comparing(level).reversed());
    Optional<Interpreter> nearest = supported.stream().min(byNearness.thenComparing(byPreference));
    if (nearest.isEmpty()) {
      throw new RuntimeUnavailableException(missing(runtime, found));
    }
    Interpreter chosen = nearest.get();
    String note = level.apply(chosen) == wanted ? null : differs(runtime, chosen);
    return new InterpreterChoice(chosen, note);
  }

  /**
   * The number that runtimes of the family differ in: Python's minor, Ruby's two, else the major.
   */
  private static int level(RuntimeFamily family, VersionNumber version) {
    return switch (family) {
      case PYTHON -> version.part(1);
      case RUBY -> 10 * version.part(0) + version.part(1);
      default -> version.part(0);
    };
  }

  private static int distance(RuntimeFamily family, int level, int wanted) {
    boolean tooOld = family == RuntimeFamily.JAVA && level < wanted;
    return Math.abs(level - wanted) + (tooOld ? 1000 : 0);
  }

  private static String differs(RuntimeIdentifier runtime, Interpreter chosen) {
    return "%s asked for, running %s (%s): install %s for the same version"
        .formatted(runtime.id(), chosen.version(), chosen.source(), wantedName(runtime));
  }

  private static String wantedName(RuntimeIdentifier runtime) {
    return runtime.family() == RuntimeFamily.PYTHON
        ? runtime.version()
        : runtime.family().displayName() + " " + runtime.version();
  }

  private static String missing(RuntimeIdentifier runtime, Found found) {
    RuntimeFamily family = runtime.family();
    String name = family.displayName();
    StringBuilder text = new StringBuilder();
    text.append("%s needs %s, and none was found on this machine".formatted(runtime.id(), name));
    if (!found.interpreters().isEmpty()) {
      Interpreter newest = found.interpreters().getFirst();
      text.append(
          " that is new enough: %s (%s) is the newest, Hearth needs %s or later"
              .formatted(newest.version(), newest.source(), minimum(family)));
    }
    text.append(". Install %s %s (".formatted(name, runtime.version()));
    text.append(
        switch (family) {
          case PYTHON ->
              "from python.org, with your system's package manager, or \"pyenv install %s\""
                  .formatted(runtime.version());
          case NODEJS -> "from nodejs.org, or \"nvm install %s\"".formatted(runtime.version());
          case RUBY ->
              "with your system's package manager, or \"rbenv install %s\""
                  .formatted(runtime.version());
          default -> "from adoptium.net, or with your system's package manager";
        });
    return text.append(") and try again; Hearth looks on PATH and in the usual places.").toString();
  }
}
