package dev.hearth.runtime;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.CodeRejectedException;
import dev.hearth.runtime.language.Interpreter;
import dev.hearth.runtime.language.LanguageRuntimes;
import dev.hearth.runtime.language.LaunchPlan;
import dev.hearth.runtime.language.RuntimeUnavailableException;
import java.nio.file.Path;
import java.util.List;

/** The languages of this machine as the front door uses them. */
final class InstalledLanguages implements EmbeddedLambda.Languages {
  private final LanguageRuntimes runtimes;

  InstalledLanguages(Path cacheDirectory) {
    this.runtimes = new LanguageRuntimes(cacheDirectory);
  }

  @Override
  public LaunchPlan plan(DeployedFunction function)
      throws RuntimeUnavailableException, CodeRejectedException {
    return runtimes.forFamily(function.configuration().runtime().family()).plan(function);
  }

  @Override
  public List<Interpreter> interpreters() {
    return runtimes.interpreters();
  }

  @Override
  public Path fetchSdk(RuntimeFamily family, List<String> packages) {
    return runtimes.fetchSdk(family, packages);
  }

  @Override
  public void close() {
    runtimes.close();
  }
}
