package dev.hearth.runtime.service;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Functions that live as long as the test, their code in a folder. */
public final class InMemoryCatalog implements FunctionCatalog {
  private final Path folder;
  private final Consumer<DeployedFunction> deploy;
  private final Consumer<String> remove;
  private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();
  private final InMemoryRecords records = new InMemoryRecords();

  public InMemoryCatalog(Path folder, Consumer<DeployedFunction> deploy, Consumer<String> remove) {
    this.folder = folder;
    this.deploy = deploy;
    this.remove = remove;
  }

  /** Adds a function that something else deployed. */
  public void add(DeployedFunction function) {
    entries.put(function.name(), new Entry(function.configuration(), function.code()));
  }

  @Override
  public List<Entry> functions() {
    return List.copyOf(entries.values());
  }

  @Override
  public Optional<Entry> function(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  private void put(FunctionConfiguration configuration, CodePackage code) {
    entries.put(configuration.functionName(), new Entry(configuration, code));
    deploy.accept(new DeployedFunction(configuration, code, DeployedFunction.LATEST));
  }

  @Override
  public void create(FunctionConfiguration configuration, Map<String, byte[]> files) {
    put(configuration, code(files));
  }

  @Override
  public void configure(FunctionConfiguration configuration) {
    put(configuration, entries.get(configuration.functionName()).code());
  }

  @Override
  public void replaceCode(String name, Map<String, byte[]> files) {
    put(entries.get(name).configuration(), code(files));
  }

  @Override
  public void delete(String name) {
    entries.remove(name);
    remove.accept(name);
  }

  @Override
  public void withdraw(String name, String version) {
    remove.accept(name + ":" + version);
  }

  private CodePackage code(Map<String, byte[]> files) {
    StringBuilder all = new StringBuilder();
    new TreeMap<>(files)
        .forEach((path, bytes) -> all.append(path).append(CodeArchive.sha256(bytes)));
    return unpack(CodeArchive.sha256(all.toString().getBytes()), () -> files);
  }

  @Override
  public CodePackage unpack(String sha256, Supplier<Map<String, byte[]>> files) {
    Path target = folder.resolve(sha256);
    try {
      if (!Files.isDirectory(target)) {
        for (var file : files.get().entrySet()) {
          Path path = target.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
          path.toFile().setExecutable(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CodePackage(target, sha256);
  }

  @Override
  public InMemoryRecords records() {
    return records;
  }
}
