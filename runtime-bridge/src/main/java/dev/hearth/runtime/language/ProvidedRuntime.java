package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Custom runtimes: an executable named {@code bootstrap} in the root of the package or of a layer.
 */
final class ProvidedRuntime implements LanguageRuntime {
  private static final String INVALID_ENTRYPOINT = "Runtime.InvalidEntrypoint";

  private final Machine machine;
  private final OptFolder layers;

  ProvidedRuntime(Machine machine, Path cacheDirectory) {
    this.machine = machine;
    this.layers = new OptFolder(cacheDirectory);
  }

  @Override
  public RuntimeFamily family() {
    return RuntimeFamily.PROVIDED;
  }

  /** None: the package brings its own runtime. */
  @Override
  public List<Interpreter> interpreters() {
    return List.of();
  }

  /**
   * The messages are Lambda's, with its paths (lifecycle.md section 3); the environment puts {@code
   * RequestId: ... Error: } before them.
   */
  @Override
  public LaunchPlan plan(DeployedFunction function)
      throws RuntimeUnavailableException, CodeRejectedException {
    Path taskRoot = function.code().taskRoot();
    Path opt = layers.of(function);
    Path bootstrap = taskRoot.resolve("bootstrap");
    if (opt != null && !Files.isRegularFile(bootstrap)) {
      bootstrap = opt.resolve("bootstrap");
    }
    if (!Files.isRegularFile(bootstrap)) {
      throw new CodeRejectedException(
          INVALID_ENTRYPOINT,
          "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
          List.of("There is no file \"bootstrap\" in " + taskRoot + " or a layer."));
    }
    if (!Files.isExecutable(bootstrap)) {
      throw new CodeRejectedException(
          INVALID_ENTRYPOINT,
          "fork/exec %s/bootstrap: permission denied"
              .formatted(bootstrap.startsWith(taskRoot) ? "/var/task" : "/opt"),
          List.of(bootstrap + " is not executable. Run: chmod +x " + bootstrap));
    }
    return new LaunchPlan(
        List.of(bootstrap.toString()),
        ProcessVariables.of(machine, List.of(), taskRoot, opt),
        function.configuration().runtime().id(),
        List.of(),
        opt);
  }
}
