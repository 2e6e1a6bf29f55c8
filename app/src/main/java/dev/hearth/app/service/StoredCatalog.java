package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.store.SourceStore;
import dev.hearth.app.store.StoreException;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.service.CatalogException;
import dev.hearth.runtime.service.FunctionCatalog;
import dev.hearth.runtime.service.RecordStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The project's functions as the service API sees and changes them. */
final class StoredCatalog implements FunctionCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(StoredCatalog.class);

  private final StoredFunctions functions;
  private final RecordStore records;
  private final SourceCache cache;
  private final LongConsumer deploy;
  private final Consumer<String> withdraw;

  /**
   * @param deploy makes the function of that id run as it is now
   * @param withdraw told {@code name:version} when a version is gone
   */
  StoredCatalog(
      StoredFunctions functions,
      RecordStore records,
      SourceCache cache,
      LongConsumer deploy,
      Consumer<String> withdraw) {
    this.functions = functions;
    this.records = records;
    this.cache = cache;
    this.deploy = deploy;
    this.withdraw = withdraw;
  }

  @Override
  public List<Entry> functions() {
    return functions.list().stream().map(this::entry).toList();
  }

  @Override
  public Optional<Entry> function(String name) {
    return functions.find(name).map(this::entry);
  }

  private Entry entry(FunctionDefinition function) {
    try {
      return new Entry(
          function.configuration(), functions.snapshot(function.id()).deployable().code());
    } catch (HearthException e) {
      LOG.debug("{} has no code that can be read", function.name(), e);
      return new Entry(function.configuration(), null);
    }
  }

  @Override
  public void create(FunctionConfiguration configuration, Map<String, byte[]> files) {
    change(
        () -> {
          FunctionDefinition made =
              functions.create(configuration, new SourceLocation.InProject(), files);
          deploy.accept(made.id());
        });
  }

  @Override
  public void configure(FunctionConfiguration configuration) {
    change(
        () -> {
          FunctionDefinition function = functions.get(configuration.functionName());
          functions.update(function.withConfiguration(configuration));
          if (entry(function).code() != null) {
            deploy.accept(function.id());
          }
        });
  }

  @Override
  public void replaceCode(String name, Map<String, byte[]> files) {
    change(
        () -> {
          FunctionDefinition function = functions.get(name);
          if (function.source() instanceof SourceLocation.LinkedFolder(Path folder)) {
            throw Trouble.input(
                "The code of %s is the folder %s on this machine, which an upload would overwrite."
                    + " Change the files there, or create a function with another name.",
                name, folder);
          }
          functions.replaceFiles(function.id(), files);
          deploy.accept(function.id());
        });
  }

  @Override
  public void delete(String name) {
    change(() -> functions.delete(functions.get(name).id()));
  }

  private void change(Runnable work) {
    try {
      work.run();
    } catch (HearthException e) {
      throw new CatalogException(e.getMessage(), e);
    } catch (StoreException e) {
      throw new CatalogException(Trouble.of(e).getMessage(), e);
    }
    functions.tellChanged();
  }

  @Override
  public void withdraw(String name, String version) {
    withdraw.accept(name + ":" + version);
  }

  @Override
  public CodePackage unpack(String sha256, Supplier<Map<String, byte[]>> files) {
    Path folder =
        cache.get(
            sha256,
            target -> {
              for (var file : files.get().entrySet()) {
                boolean executable = SourceStore.isExecutable(file.getKey(), file.getValue());
                SourceCache.write(target, file.getKey(), file.getValue(), executable);
              }
            });
    return new CodePackage(folder, sha256);
  }

  @Override
  public RecordStore records() {
    return records;
  }
}
