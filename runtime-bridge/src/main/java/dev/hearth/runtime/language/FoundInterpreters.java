package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The interpreters of one family, discovered at the first question and remembered. */
final class FoundInterpreters {
  private final RuntimeFamily family;
  private final InterpreterDiscovery discovery;
  private InterpreterDiscovery.@Nullable Found found;

  FoundInterpreters(RuntimeFamily family, InterpreterDiscovery discovery) {
    this.family = family;
    this.discovery = discovery;
  }

  /** The ones that Hearth can use, newest first. */
  List<Interpreter> supported() {
    return InterpreterChoice.supported(found(false));
  }

  /**
   * Chooses an interpreter; looks again when none was found before, so that installing one helps
   * without a restart.
   */
  InterpreterChoice choose(RuntimeIdentifier runtime) throws RuntimeUnavailableException {
    boolean again = InterpreterChoice.supported(found(false)).isEmpty();
    return InterpreterChoice.choose(runtime, found(again));
  }

  private synchronized InterpreterDiscovery.Found found(boolean again) {
    if (found == null || again) {
      found = discovery.find(family);
    }
    return found;
  }
}
