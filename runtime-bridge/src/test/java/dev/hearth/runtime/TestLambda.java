package dev.hearth.runtime;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.language.Interpreter;
import dev.hearth.runtime.language.LaunchPlan;
import dev.hearth.runtime.sandbox.Sandboxes;
import java.util.List;
import java.util.Map;

/**
 * A local Lambda whose only language is the custom runtime: nothing has to be found or compiled.
 */
public final class TestLambda {
  private TestLambda() {}

  /** Runs {@code bootstrap} in the task root. */
  static final class BootstrapOnly implements EmbeddedLambda.Languages {
    @Override
    public LaunchPlan plan(DeployedFunction function) {
      String bootstrap = function.code().taskRoot().resolve("bootstrap").toString();
      return new LaunchPlan(List.of(bootstrap), Map.of(), "provided:al2023", List.of());
    }

    @Override
    public List<Interpreter> interpreters() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  public static LocalLambda open(LocalLambdaOptions options) {
    return EmbeddedLambda.open(options, Sandboxes.best(), new BootstrapOnly());
  }
}
