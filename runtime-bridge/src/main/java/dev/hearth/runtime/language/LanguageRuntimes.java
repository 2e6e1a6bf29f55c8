package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The language runtimes of this machine, one per family: the place to ask how a function starts.
 */
public final class LanguageRuntimes implements AutoCloseable {
  private final Map<RuntimeFamily, LanguageRuntime> runtimes = new EnumMap<>(RuntimeFamily.class);

  /**
   * @param cacheDirectory where clients and compiled code are kept between runs of Hearth; made
   *     when it is missing, and may be deleted at any time
   */
  public LanguageRuntimes(Path cacheDirectory) {
    this(cacheDirectory, Machine.current());
  }

  /** The runtimes of a machine that a test describes. */
  public LanguageRuntimes(Path cacheDirectory, Machine machine) {
    Path cache = cacheDirectory.toAbsolutePath();
    InterpreterDiscovery discovery = new InterpreterDiscovery(machine);
    add(new PythonRuntime(machine, discovery, cache));
    add(new NodeRuntime(machine, discovery, cache));
    add(new ProvidedRuntime(machine));
  }

  private void add(LanguageRuntime runtime) {
    runtimes.put(runtime.family(), runtime);
  }

  public LanguageRuntime forFamily(RuntimeFamily family) {
    LanguageRuntime runtime = runtimes.get(family);
    if (runtime == null) {
      throw new IllegalArgumentException("No runtime for " + family);
    }
    return runtime;
  }

  /** All interpreters of all families, each family newest first. Discovers at the first call. */
  public List<Interpreter> interpreters() {
    return runtimes.values().parallelStream().flatMap(r -> r.interpreters().stream()).toList();
  }

  /** Ends background work of the runtimes. */
  @Override
  public void close() {
    runtimes.values().forEach(LanguageRuntime::close);
  }
}
