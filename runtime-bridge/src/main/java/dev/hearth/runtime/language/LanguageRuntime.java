package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import java.util.List;

/**
 * One runtime family: finds its interpreters and says how to start a function's runtime process.
 */
public interface LanguageRuntime extends AutoCloseable {
  RuntimeFamily family();

  /**
   * The interpreters of this family on this machine, newest first. Discovery runs once; later calls
   * are cheap.
   */
  List<Interpreter> interpreters();

  /**
   * Prepares a function for starting: picks the interpreter, compiles sources. May take seconds;
   * called off the hot path and cached for the deployment.
   *
   * @throws RuntimeUnavailableException when this machine has nothing that can run it
   * @throws CodeRejectedException when the code can't be built; a fault of the function, shown as
   *     its error
   */
  LaunchPlan plan(DeployedFunction function)
      throws RuntimeUnavailableException, CodeRejectedException;

  @Override
  default void close() {}
}
