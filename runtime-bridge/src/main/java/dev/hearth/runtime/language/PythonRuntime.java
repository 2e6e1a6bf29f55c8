package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Python functions, run by a client of our own ({@code hearth_python.py}) because AWS's client
 * exists for Linux only and is not in every registry.
 *
 * <p>How the interpreter is started decides most of a cold start:
 *
 * <ul>
 *   <li>{@code -S}: no {@code site} module. Its {@code .pth} files run start-up hooks of local
 *       tools, 5 to 50 ms of every start, and none of them exists on Lambda. What people need of
 *       it, the folders of installed packages and the finders of editable installs, is asked once
 *       per interpreter ({@link PythonProbe}) and handed to the client.
 *   <li>{@code -B}: nothing is written into the user's folder, as on Lambda, where it is read-only.
 *   <li>{@code -u}: what is printed before a kill is not lost; Lambda's client flushes each write.
 *   <li>{@code -X utf8}: Lambda's locale is UTF-8 whatever this machine's is.
 *   <li>The client is compiled once per interpreter: 4 ms less than its source.
 * </ul>
 */
final class PythonRuntime implements LanguageRuntime {
  private final Machine machine;
  private final ClientFiles files;
  private final FoundInterpreters found;
  private final PythonProbe probe;
  private final OptFolder layers;
  private final Path cacheDirectory;
  private final ConcurrentHashMap<Path, PythonProbe.Answer> answers = new ConcurrentHashMap<>();

  PythonRuntime(Machine machine, InterpreterDiscovery discovery, Path cacheDirectory) {
    this.machine = machine;
    this.cacheDirectory = cacheDirectory;
    this.files = new ClientFiles(cacheDirectory);
    this.found = new FoundInterpreters(RuntimeFamily.PYTHON, discovery);
    this.probe = new PythonProbe(files, cacheDirectory);
    this.layers = new OptFolder(cacheDirectory);
  }

  @Override
  public RuntimeFamily family() {
    return RuntimeFamily.PYTHON;
  }

  @Override
  public List<Interpreter> interpreters() {
    return found.supported();
  }

  @Override
  public LaunchPlan plan(DeployedFunction function) throws RuntimeUnavailableException {
    InterpreterChoice choice = found.choose(function.configuration().runtime());
    Interpreter interpreter = choice.interpreter();
    PythonProbe.Answer answer = answer(interpreter);
    List<String> command = new ArrayList<>();
    command.add(interpreter.executable().toString());
    command.addAll(List.of("-S", "-B", "-u", "-X", "utf8"));
    command.add(answer.client().toString());
    command.add(String.join(File.pathSeparator, answer.packages()));
    command.add(String.join(File.pathSeparator, answer.editable()));
    Path taskRoot = function.code().taskRoot();
    Path opt = layers.of(function);
    command.add(opt == null ? "" : layerPackages(opt, function.configuration().runtime()));
    Path sdk = AwsSdk.forPython(machine, answer.packages(), found.supported());
    command.add(sdk == null ? fetched(answer) : sdk.toString());
    List<String> measuring = new ArrayList<>(command);
    measuring.add(files.file("hearth_imports.py").toString());
    return new LaunchPlan(
        ExecWrapper.wrap(function, opt, List.copyOf(command)),
        ProcessVariables.of(machine, List.of(interpreter.executable().getParent()), taskRoot, opt),
        "python:" + interpreter.version(),
        choice.note() == null ? List.of() : List.of(choice.note()),
        opt,
        ExecWrapper.wrap(function, opt, List.copyOf(measuring)));
  }

  /** Where the SDK lies once it is fetched, for an interpreter that finds none elsewhere. */
  private String fetched(PythonProbe.Answer answer) {
    return AwsSdk.isIn(answer.packages())
        ? ""
        : SdkFetch.folder(cacheDirectory, RuntimeFamily.PYTHON).toString();
  }

  /** The folders of a layer in the order of Lambda's {@code sys.path}, behind the task root. */
  private static String layerPackages(Path opt, RuntimeIdentifier runtime) {
    Path python = opt.resolve("python");
    return python.resolve("lib/python" + runtime.version() + "/site-packages")
        + File.pathSeparator
        + python;
  }

  /** Asked again when packages were installed meanwhile, which shows in their folder's time. */
  private PythonProbe.Answer answer(Interpreter interpreter) throws RuntimeUnavailableException {
    PythonProbe.Answer known = answers.get(interpreter.executable());
    if (known != null && known.isCurrent()) {
      return known;
    }
    try {
      PythonProbe.Answer fresh = probe.ask(interpreter);
      answers.put(interpreter.executable(), fresh);
      return fresh;
    } catch (IOException | UncheckedIOException e) {
      throw new RuntimeUnavailableException(
          "Python %s (%s) does not start: %s. Repair or remove %s."
              .formatted(
                  interpreter.version(),
                  interpreter.source(),
                  e.getMessage(),
                  interpreter.executable()));
    }
  }
}
