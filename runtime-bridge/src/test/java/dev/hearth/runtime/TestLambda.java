package dev.hearth.runtime;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.Interpreter;
import dev.hearth.runtime.language.LaunchPlan;
import dev.hearth.runtime.sandbox.Sandboxes;
import java.nio.file.Path;
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
      Path opt = function.layers().isEmpty() ? null : function.layers().getFirst().folder();
      return new LaunchPlan(List.of(bootstrap), Map.of(), "provided:al2023", List.of(), opt);
    }

    @Override
    public List<Interpreter> interpreters() {
      return List.of();
    }

    @Override
    public Path fetchSdk(RuntimeFamily family, List<String> packages) {
      throw new UnsupportedOperationException("A bootstrap has no SDK");
    }

    @Override
    public void close() {}
  }

  /** Without a view of their own: what the processes write outside of their folder is seen. */
  public static LocalLambda openPlain(LocalLambdaOptions options) {
    return EmbeddedLambda.open(options, Sandboxes.plain(), new BootstrapOnly());
  }

  public static LocalLambda open(LocalLambdaOptions options) {
    return EmbeddedLambda.open(options, Sandboxes.best(), new BootstrapOnly());
  }
}
