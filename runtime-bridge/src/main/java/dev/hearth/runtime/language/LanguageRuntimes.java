package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The language runtimes of this machine, one per family: the place to ask how a function starts.
 */
public final class LanguageRuntimes implements AutoCloseable {
  private final Map<RuntimeFamily, LanguageRuntime> runtimes = new EnumMap<>(RuntimeFamily.class);
  private final JavaRuntime java;
  private final SdkFetch sdk;

  /**
   * The runtimes of this machine. The first Java function begins the making of an archive for
   * faster starts, in a process of its own and at low priority, a few seconds long.
   *
   * @param cacheDirectory where clients, compiled code and archives are kept between runs of
   *     Hearth; made when it is missing, and may be deleted while Hearth is not running
   */
  public LanguageRuntimes(Path cacheDirectory) {
    this(cacheDirectory, Machine.current(), true);
  }

  /**
   * The runtimes of a given machine, for tests.
   *
   * @param train false to make no archives in the background
   */
  public LanguageRuntimes(Path cacheDirectory, Machine machine, boolean train) {
    Path cache = cacheDirectory.toAbsolutePath();
    InterpreterDiscovery discovery = new InterpreterDiscovery(machine, cache);
    sdk = new SdkFetch(machine, cache);
    java = new JavaRuntime(machine, discovery, cache, train);
    for (LanguageRuntime runtime :
        List.of(
            new PythonRuntime(machine, discovery, cache),
            new NodeRuntime(machine, discovery, cache),
            new RubyRuntime(machine, discovery, cache),
            java,
            new ProvidedRuntime(machine, cache))) {
      runtimes.put(runtime.family(), runtime);
    }
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

  /**
   * Fetches the AWS SDK for a family's functions, by the newest interpreter's own tool.
   *
   * @param packages names of npm; empty for the usual ones
   * @return where it lies now
   * @throws SdkFetchException when there is no interpreter or the tool fails
   */
  public Path fetchSdk(RuntimeFamily family, List<String> packages) {
    List<Interpreter> found = forFamily(family).interpreters();
    if (found.isEmpty()) {
      throw new SdkFetchException(
          "No " + family.displayName() + " was found on this machine. Install one first.");
    }
    return sdk.fetch(found.getFirst(), packages);
  }

  /**
   * Completes when no archive for faster Java starts is being made; true when those that were begun
   * went well. For benchmarks and tests; nothing needs to wait for it.
   */
  public CompletableFuture<Boolean> trained() {
    return java.trained();
  }

  /** Ends background work of the runtimes. An archive that is being made is still finished. */
  @Override
  public void close() {
    runtimes.values().forEach(LanguageRuntime::close);
  }
}
