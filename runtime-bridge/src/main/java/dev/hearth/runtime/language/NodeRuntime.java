package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Node.js functions, run by a client of our own ({@code hearth_node.cjs}) because AWS's client
 * needs a C++ build on the user's machine and exists for Linux only.
 */
final class NodeRuntime implements LanguageRuntime {
  private final Machine machine;
  private final ClientFiles files;
  private final FoundInterpreters found;

  NodeRuntime(Machine machine, InterpreterDiscovery discovery, Path cacheDirectory) {
    this.machine = machine;
    this.files = new ClientFiles(cacheDirectory);
    this.found = new FoundInterpreters(RuntimeFamily.NODEJS, discovery);
  }

  @Override
  public RuntimeFamily family() {
    return RuntimeFamily.NODEJS;
  }

  @Override
  public List<Interpreter> interpreters() {
    return found.supported();
  }

  @Override
  public LaunchPlan plan(DeployedFunction function) throws RuntimeUnavailableException {
    InterpreterChoice choice = found.choose(function.configuration().runtime());
    Interpreter interpreter = choice.interpreter();
    Path taskRoot = function.code().taskRoot();
    Map<String, String> variables =
        ProcessVariables.of(machine, List.of(interpreter.executable().getParent()), taskRoot);
    variables.put("NODE_PATH", nodePath(interpreter, taskRoot));
    return new LaunchPlan(
        List.of(interpreter.executable().toString(), files.file("hearth_node.cjs").toString()),
        variables,
        "nodejs:" + interpreter.version(),
        choice.note() == null ? List.of() : List.of(choice.note()));
  }

  /**
   * Lambda's NODE_PATH ends with the task root and holds the AWS SDK before it (runtime-api.md
   * section 7.3); here the packages that are installed for all programs take the SDK's place.
   */
  private static String nodePath(Interpreter interpreter, Path taskRoot) {
    Path prefix = interpreter.executable().getParent().getParent();
    Path global = prefix == null ? null : prefix.resolve("lib/node_modules");
    return global != null && Files.isDirectory(global)
        ? global + File.pathSeparator + taskRoot
        : taskRoot.toString();
  }
}
