package dev.hearth.app.testing;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceFile;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.project.SourceVersion;
import dev.hearth.app.service.FunctionService;
import dev.hearth.app.service.HearthException;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Functions in memory. */
public final class FakeFunctions implements FunctionService {
  private final SortedMap<Long, FunctionDefinition> functions = new TreeMap<>();
  private final Map<Long, SortedMap<String, byte[]>> files = new TreeMap<>();
  private final Map<Long, Integer> versions = new TreeMap<>();
  private final List<LongConsumer> listeners = new ArrayList<>();
  private final List<Runnable> changes = new ArrayList<>();
  private long nextId = 1;

  @Override
  public synchronized List<FunctionDefinition> list() {
    return functions.values().stream()
        .sorted(Comparator.comparing(FunctionDefinition::name))
        .toList();
  }

  @Override
  public FunctionDefinition get(String name) {
    return list().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(() -> input("There is no function " + name + "."));
  }

  @Override
  public synchronized FunctionDefinition create(
      FunctionConfiguration configuration, SourceLocation source, Map<String, byte[]> initial) {
    checkFree(configuration.functionName(), -1);
    FunctionDefinition made = new FunctionDefinition(nextId++, configuration, source);
    functions.put(made.id(), made);
    files.put(made.id(), new TreeMap<>(initial));
    return made;
  }

  @Override
  public synchronized FunctionDefinition update(FunctionDefinition function) {
    checkFree(function.name(), function.id());
    functions.put(function.id(), function);
    return function;
  }

  private void checkFree(String name, long except) {
    for (FunctionDefinition other : functions.values()) {
      if (other.id() != except && other.name().equals(name)) {
        throw input("There is already a function " + name + ". Use another name.");
      }
    }
  }

  @Override
  public synchronized void delete(long functionId) {
    functions.remove(functionId);
    files.remove(functionId);
  }

  @Override
  public synchronized List<SourceFile> files(long functionId) {
    return filesOf(functionId).entrySet().stream()
        .map(e -> new SourceFile(e.getKey(), e.getValue().length, true))
        .toList();
  }

  @Override
  public synchronized String read(long functionId, String path) {
    byte[] bytes = filesOf(functionId).get(path);
    if (bytes == null) {
      throw input("There is no file " + path + ".");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(long functionId, String path, String text) {
    filesOf(functionId).put(path, text.getBytes(StandardCharsets.UTF_8));
    versions.merge(functionId, 1, Integer::sum);
  }

  @Override
  public synchronized void deleteFile(long functionId, String path) {
    filesOf(functionId).remove(path);
  }

  @Override
  public synchronized void renameFile(long functionId, String from, String to) {
    SortedMap<String, byte[]> all = filesOf(functionId);
    if (all.containsKey(to)) {
      throw input("There is already a file " + to + ". Use another name.");
    }
    byte[] bytes = all.remove(from);
    if (bytes != null) {
      all.put(to, bytes);
    }
  }

  @Override
  public synchronized @Nullable SourceVersion latestVersion(long functionId) {
    return version(functionId);
  }

  private SourceVersion version(long functionId) {
    int number = versions.getOrDefault(functionId, 0) + 1;
    return new SourceVersion(functionId, number, "%064x".formatted(number), Instant.EPOCH);
  }

  @Override
  public synchronized Snapshot snapshot(long functionId) {
    FunctionDefinition function = functions.get(functionId);
    if (function == null) {
      throw input("The function is gone.");
    }
    SourceVersion version = version(functionId);
    return new Snapshot(
        version,
        new DeployedFunction(
            function.configuration(),
            new CodePackage(Path.of("code"), version.sha256()),
            DeployedFunction.LATEST));
  }

  @Override
  public Subscription onExternalChange(LongConsumer listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Subscription onChange(Runnable listener) {
    changes.add(listener);
    return () -> changes.remove(listener);
  }

  /** Someone else made or changed functions. */
  public void changedElsewhere() {
    List.copyOf(changes).forEach(Runnable::run);
  }

  /** Someone else changed a file of a linked folder. */
  public void changeOutside(long functionId, String path, String text) {
    write(functionId, path, text);
    List.copyOf(listeners).forEach(listener -> listener.accept(functionId));
  }

  /** How many panels listen for outside changes. */
  public int listeners() {
    return listeners.size();
  }

  private SortedMap<String, byte[]> filesOf(long functionId) {
    SortedMap<String, byte[]> found = files.get(functionId);
    if (found == null) {
      throw input("The function is gone.");
    }
    return found;
  }

  private static HearthException input(String message) {
    return new HearthException(HearthException.Kind.INPUT, message);
  }
}
