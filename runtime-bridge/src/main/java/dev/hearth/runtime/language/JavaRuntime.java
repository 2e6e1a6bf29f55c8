package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Java functions, run by AWS's own runtime interface client on the nearest JVM; when the machine
 * has none, on the one that Hearth itself runs on.
 *
 * <p>The JVM is set up like Lambda's: serial collector, C1 only, and a heap of 85 % of the
 * function's memory (the figure that Lambda's JVMs show; the rest is for everything that is not
 * heap). {@code JAVA_TOOL_OPTIONS} is honoured by the JVM itself. Handlers are on the class path
 * behind the client's jars, as Lambda's parent-first class loader orders them; putting them there,
 * not into the task root, keeps the user's folder untouched.
 */
final class JavaRuntime implements LanguageRuntime {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String LAUNCHER = "dev.hearth.launcher.HearthLauncher";
  private static final int HEAP_PERCENT = 85;

  private final Machine machine;
  private final FoundInterpreters found;
  private final JavaSourceCompiler compiler;
  private final JavaLauncherJar launcherJar;
  private final JvmArchive archive;
  private final Path classes;
  private final OptFolder layers;

  /**
   * @param train whether archives for faster starts are made in the background
   */
  JavaRuntime(Machine machine, InterpreterDiscovery discovery, Path cacheDirectory, boolean train) {
    this.machine = machine;
    this.found = new FoundInterpreters(RuntimeFamily.JAVA, discovery);
    this.compiler = new JavaSourceCompiler();
    this.launcherJar = new JavaLauncherJar(cacheDirectory, compiler);
    this.archive = new JvmArchive(cacheDirectory, machine, train);
    this.classes = cacheDirectory.resolve("java").resolve("classes");
    this.layers = new OptFolder(cacheDirectory);
  }

  @Override
  public RuntimeFamily family() {
    return RuntimeFamily.JAVA;
  }

  @Override
  public List<Interpreter> interpreters() {
    return found.supported();
  }

  @Override
  public LaunchPlan plan(DeployedFunction function)
      throws RuntimeUnavailableException, CodeRejectedException {
    InterpreterChoice choice = found.choose(function.configuration().runtime());
    Interpreter interpreter = choice.interpreter();
    int version = VersionNumber.parse(interpreter.version()).part(0);
    int wanted = Integer.parseInt(function.configuration().runtime().version());
    int release = Math.min(JavaSourceCompiler.newestRelease(), Math.min(version, wanted));
    List<Path> client = RuntimeInterfaceClientJars.find();
    Path taskRoot = function.code().taskRoot();
    Path opt = layers.of(function);
    List<Path> libraries = opt == null ? List.of() : JavaProgram.layerJars(opt);
    List<Path> compileWith = new ArrayList<>(client);
    compileWith.addAll(libraries);
    JavaProgram program =
        JavaProgram.of(taskRoot, compileWith, release, classes, compiler).with(libraries);
    List<String> notes = new ArrayList<>(program.notes());
    if (choice.note() != null) {
      notes.addFirst(choice.note());
    }
    List<String> command = command(function, interpreter, version, client, program);
    List<String> measuring = measuring(command, version);
    return new LaunchPlan(
        ExecWrapper.wrap(function, opt, command),
        ProcessVariables.of(machine, List.of(interpreter.executable().getParent()), taskRoot, opt),
        "java:" + interpreter.version(),
        List.copyOf(notes),
        opt,
        measuring.isEmpty() ? measuring : ExecWrapper.wrap(function, opt, measuring));
  }

  /** The same with the agent; the archive of prepared classes would keep it from seeing them. */
  private List<String> measuring(List<String> command, int version) {
    boolean hasLauncher = command.contains(LAUNCHER);
    Path agent =
        hasLauncher && version >= JavaLauncherJar.AGENT_RELEASE ? launcherJar.agent() : null;
    if (agent == null) {
      return List.of();
    }
    List<String> measuring = new ArrayList<>(command);
    measuring.removeIf(argument -> argument.startsWith("@"));
    measuring.addAll(1, List.of("-javaagent:" + agent, "-Dhearth.imports=true"));
    return List.copyOf(measuring);
  }

  private List<String> command(
      DeployedFunction function,
      Interpreter interpreter,
      int version,
      List<Path> client,
      JavaProgram program)
      throws RuntimeUnavailableException {
    List<String> flags = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (version >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    List<Path> classPath = new ArrayList<>();
    Path launcher = launcherJar.find(client);
    if (launcher != null) {
      classPath.add(launcher);
    }
    classPath.addAll(client);
    List<String> command = new ArrayList<>();
    command.add(interpreter.executable().toString());
    if (launcher != null) {
      command.add("@" + options(interpreter, classPath, flags));
    }
    command.addAll(flags);
    command.add("-Xmx" + function.configuration().memorySize() * HEAP_PERCENT / 100 + "m");
    classPath.addAll(program.classPath());
    command.addAll(List.of("-cp", JvmArchive.joined(classPath)));
    // Without a compiler there is no launcher: the client alone does all but tell its init phases.
    command.add(launcher == null ? CLIENT : LAUNCHER);
    command.add(function.configuration().handler());
    return List.copyOf(command);
  }

  private Path options(Interpreter interpreter, List<Path> classPath, List<String> flags)
      throws RuntimeUnavailableException {
    try {
      return archive.options(interpreter, classPath, flags);
    } catch (IOException e) {
      throw new RuntimeUnavailableException(
          "Hearth's cache can't be written (%s). Free space or check its rights."
              .formatted(e.getMessage()));
    }
  }

  /** Completes when no archive is being made; true when those that were begun went well. */
  CompletableFuture<Boolean> trained() {
    return archive.trained();
  }
}
