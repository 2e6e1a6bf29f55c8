package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ruby functions, run by a client of our own ({@code hearth_ruby.rb}), because AWS's client is a
 * gem that few machines have.
 */
final class RubyRuntime implements LanguageRuntime {
  private final Machine machine;
  private final ClientFiles files;
  private final FoundInterpreters found;
  private final OptFolder layers;

  RubyRuntime(Machine machine, InterpreterDiscovery discovery, Path cacheDirectory) {
    this.machine = machine;
    this.files = new ClientFiles(cacheDirectory);
    this.found = new FoundInterpreters(RuntimeFamily.RUBY, discovery);
    this.layers = new OptFolder(cacheDirectory);
  }

  @Override
  public RuntimeFamily family() {
    return RuntimeFamily.RUBY;
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
    variables.put("GEM_PATH", gemPath(function, interpreter, opt));
    variables.put(
        "RUBYLIB",
        opt == null
            ? taskRoot.toString()
            : taskRoot + File.pathSeparator + opt.resolve("ruby").resolve("lib"));
    List<String> command =
        List.of(interpreter.executable().toString(), files.file("hearth_ruby.rb").toString());
    return new LaunchPlan(
        ExecWrapper.wrap(function, opt, command),
        variables,
        "ruby:" + interpreter.version(),
        choice.note() == null ? List.of() : List.of(choice.note()),
        opt);
  }

  /**
   * Where gems are looked for: the bundle, layers, then the interpreter's own places, which the
   * separator at the end stands for (runtime-api.md section 7.3). The folders carry the version
   * that the function asks for; those of the version that runs are taken too.
   */
  private static String gemPath(
      DeployedFunction function, Interpreter interpreter, @Nullable Path opt) {
    VersionNumber running = VersionNumber.parse(interpreter.version());
    List<String> versions =
        List.of(
            function.configuration().runtime().version() + ".0",
            running.part(0) + "." + running.part(1) + ".0");
    List<String> folders = new ArrayList<>();
    for (String version : versions.stream().distinct().toList()) {
      folders.add(function.code().taskRoot().resolve("vendor/bundle/ruby/" + version).toString());
      if (opt != null) {
        folders.add(opt.resolve("ruby/gems/" + version).toString());
      }
    }
    return String.join(File.pathSeparator, folders) + File.pathSeparator;
  }
}
