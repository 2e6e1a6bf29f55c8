package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Node.js functions, run by a client of our own ({@code hearth_node.cjs}) because AWS's client
 * needs a C++ build on the user's machine and exists for Linux only.
 */
final class NodeRuntime implements LanguageRuntime {
  private final Machine machine;
  private final ClientFiles files;
  private final FoundInterpreters found;
  private final OptFolder layers;
  private final Path cacheDirectory;

  NodeRuntime(Machine machine, InterpreterDiscovery discovery, Path cacheDirectory) {
    this.machine = machine;
    this.cacheDirectory = cacheDirectory;
    this.files = new ClientFiles(cacheDirectory);
    this.found = new FoundInterpreters(RuntimeFamily.NODEJS, discovery);
    this.layers = new OptFolder(cacheDirectory);
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
    Path opt = layers.of(function);
    Map<String, String> variables =
        ProcessVariables.of(machine, List.of(interpreter.executable().getParent()), taskRoot, opt);
    variables.put("NODE_PATH", nodePath(function, interpreter, opt));
    List<String> command =
        List.of(interpreter.executable().toString(), files.file("hearth_node.cjs").toString());
    List<String> measuring = new ArrayList<>(command);
    measuring.add(files.file("hearth_imports.cjs").toString());
    return new LaunchPlan(
        ExecWrapper.wrap(function, opt, command),
        variables,
        "nodejs:" + interpreter.version(),
        choice.note() == null ? List.of() : List.of(choice.note()),
        opt,
        ExecWrapper.wrap(function, opt, List.copyOf(measuring)));
  }

  /**
   * Lambda's NODE_PATH: layers, the AWS SDK, the task root (runtime-api.md section 7.3); here the
   * packages that are installed for all programs take the SDK's place.
   */
  private String nodePath(DeployedFunction function, Interpreter interpreter, @Nullable Path opt) {
    List<Path> folders = new ArrayList<>();
    if (opt != null) {
      String major = function.configuration().runtime().version();
      folders.add(opt.resolve("nodejs/node" + major + "/node_modules"));
      folders.add(opt.resolve("nodejs/node_modules"));
    }
    Path prefix = interpreter.executable().getParent().getParent();
    if (prefix != null) {
      folders.add(prefix.resolve("lib/node_modules"));
    }
    folders.addAll(AwsSdk.forNode(machine));
    folders.add(SdkFetch.folder(cacheDirectory, RuntimeFamily.NODEJS).resolve("node_modules"));
    folders.add(function.code().taskRoot());
    return folders.stream()
        .distinct()
        .filter(Files::isDirectory)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
