package dev.hearth.app.ui.shell;

import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.language.Interpreter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says in a form, before anything runs, what a runtime identifier means on this machine. */
final class InterpreterPreview {
  private static final String ON_PATH = "PATH";
  private static final int TOO_OLD = 1000;

  private final List<Interpreter> interpreters;
  private final Texts texts;

  InterpreterPreview(List<Interpreter> interpreters, Texts texts) {
    this.interpreters = interpreters;
    this.texts = texts;
  }

  /** One sentence. */
  String describe(RuntimeIdentifier runtime) {
    if (runtime.family() == RuntimeFamily.PROVIDED) {
      return texts.get("preview.provided");
    }
    Optional<Interpreter> nearest = nearest(runtime);
    if (nearest.isEmpty()) {
      return texts.get("preview.none", runtime.family().displayName(), runtime.id());
    }
    Interpreter found = nearest.get();
    String name = found.family().displayName() + " " + found.version();
    boolean same = level(runtime.family(), found.version()) == wanted(runtime);
    return same
        ? texts.get("preview.same", name, found.executable())
        : texts.get("preview.other", name, found.executable(), runtime.id());
  }

  /** The interpreter that stands nearest to the wanted version; of two equally near the newer. */
  private Optional<Interpreter> nearest(RuntimeIdentifier runtime) {
    RuntimeFamily family = runtime.family();
    return interpreters.stream()
        .filter(i -> i.family() == family)
        .min(
            Comparator.comparingInt(
                    (Interpreter i) ->
                        distance(family, level(family, i.version()), wanted(runtime)))
                .thenComparing(i -> -level(family, i.version()))
                .thenComparing(i -> !i.source().equals(ON_PATH)));
  }

  private static int distance(RuntimeFamily family, int level, int wanted) {
    boolean tooOld = family == RuntimeFamily.JAVA && level < wanted;
    return Math.abs(level - wanted) + (tooOld ? TOO_OLD : 0);
  }

  private static int wanted(RuntimeIdentifier runtime) {
    return level(runtime.family(), runtime.version());
  }

  /**
   * The number in which runtimes of a family differ: Python's minor, Ruby's two, else the major.
   */
  private static int level(RuntimeFamily family, String version) {
    return switch (family) {
      case PYTHON -> part(version, 1);
      case RUBY -> 10 * part(version, 0) + part(version, 1);
      default -> part(version, 0);
    };
  }

  private static int part(String version, int index) {
    String[] parts = version.split("[^0-9]+");
    return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
  }
}
