package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceFile;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.project.SourceVersion;
import dev.hearth.app.store.FunctionStore;
import dev.hearth.app.store.SourceStore;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.LayerContent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The functions of the project file, their source there or in linked folders. */
final class StoredFunctions implements FunctionService {
  private final FunctionStore functions;
  private final SourceStore sources;
  private final SourceFreezer freezer;
  private final FolderWatcher watcher = new FolderWatcher();
  private final Dependents dependents;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** What hangs on functions by their names. */
  interface Dependents {
    void deleted(String name);

    void renamed(String from, String to);

    /** The unpacked layers of $LATEST. */
    List<LayerContent> layers(String name);
  }

  StoredFunctions(
      FunctionStore functions, SourceStore sources, SourceFreezer freezer, Dependents dependents) {
    this.functions = functions;
    this.sources = sources;
    this.freezer = freezer;
    this.dependents = dependents;
  }

  @Override
  public List<FunctionDefinition> list() {
    return Trouble.translated(functions::list);
  }

  /** Finds by name. */
  Optional<FunctionDefinition> find(String name) {
    return Trouble.translated(() -> functions.byName(name));
  }

  @Override
  public FunctionDefinition get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                Trouble.input(
                    "There is no function \"%s\". %s",
                    name,
                    Names.suggest(
                        "Functions",
                        name,
                        list().stream().map(FunctionDefinition::name).toList())));
  }

  /** Finds by id. */
  FunctionDefinition get(long id) {
    return Trouble.translated(() -> functions.byId(id))
        .orElseThrow(
            () -> Trouble.input("The function was removed. Choose another one from the list."));
  }

  @Override
  public FunctionDefinition create(
      FunctionConfiguration configuration, SourceLocation source, Map<String, byte[]> files) {
    files.keySet().forEach(SourcePaths::checked);
    boolean linked = source instanceof SourceLocation.LinkedFolder;
    if (Trouble.translated(() -> functions.byName(configuration.functionName())).isPresent()) {
      throw nameTaken(configuration.functionName());
    }
    if (source instanceof SourceLocation.LinkedFolder(Path folder)) {
      LinkedFolderFiles.fill(folder.toAbsolutePath().normalize(), files);
    }
    FunctionDefinition made =
        Trouble.translated(() -> functions.insert(configuration, source, linked ? Map.of() : files))
            .orElseThrow(() -> nameTaken(configuration.functionName()));
    watch(made);
    return made;
  }

  private static HearthException nameTaken(String name) {
    return Trouble.input("There is a function \"%s\" already. Use another name.", name);
  }

  @Override
  public FunctionDefinition update(FunctionDefinition function) {
    FunctionDefinition before = get(function.id());
    if (function.source() instanceof SourceLocation.LinkedFolder(Path folder)
        && !function.source().equals(before.source())) {
      LinkedFolderFiles.fill(folder, Map.of());
    }
    FunctionDefinition after =
        Trouble.translated(() -> functions.update(function))
            .orElseThrow(() -> nameTaken(function.name()));
    if (!before.name().equals(after.name())) {
      dependents.renamed(before.name(), after.name());
    }
    watch(after);
    return after;
  }

  @Override
  public void delete(long functionId) {
    FunctionDefinition function = get(functionId);
    Trouble.translated(() -> functions.delete(functionId));
    freezer.forget(functionId);
    watcher.unwatch(functionId);
    dependents.deleted(function.name());
  }

  @Override
  public List<SourceFile> files(long functionId) {
    return switch (get(functionId).source()) {
      case SourceLocation.InProject() -> Trouble.translated(() -> sources.files(functionId));
      case SourceLocation.LinkedFolder(Path folder) -> LinkedFolderFiles.list(folder);
    };
  }

  @Override
  public String read(long functionId, String path) {
    SourcePaths.checked(path);
    byte[] content =
        switch (get(functionId).source()) {
          case SourceLocation.InProject() ->
              Trouble.translated(() -> sources.read(functionId, path))
                  .orElseThrow(() -> noFile(path));
          case SourceLocation.LinkedFolder(Path folder) -> LinkedFolderFiles.read(folder, path);
        };
    if (!SourceStore.isText(content)) {
      throw Trouble.input("%s is not text, so it can't be edited here.", path);
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  private static HearthException noFile(String path) {
    return Trouble.input("There is no file %s in the function. Refresh the list.", path);
  }

  @Override
  public void write(long functionId, String path, String text) {
    SourcePaths.checked(path);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    switch (get(functionId).source()) {
      case SourceLocation.InProject() ->
          Trouble.translated(() -> sources.write(functionId, path, content));
      case SourceLocation.LinkedFolder(Path folder) ->
          watcher.ownChange(
              functionId,
              folder.resolve(path),
              () -> LinkedFolderFiles.write(folder, path, content));
    }
  }

  @Override
  public void deleteFile(long functionId, String path) {
    SourcePaths.checked(path);
    switch (get(functionId).source()) {
      case SourceLocation.InProject() -> {
        if (!Trouble.translated(() -> sources.delete(functionId, path))) {
          throw noFile(path);
        }
      }
      case SourceLocation.LinkedFolder(Path folder) ->
          watcher.ownChange(
              functionId, folder.resolve(path), () -> LinkedFolderFiles.delete(folder, path));
    }
  }

  @Override
  public void renameFile(long functionId, String from, String to) {
    SourcePaths.checked(from);
    SourcePaths.checked(to);
    switch (get(functionId).source()) {
      case SourceLocation.InProject() -> renameInProject(functionId, from, to);
      case SourceLocation.LinkedFolder(Path folder) ->
          watcher.ownChange(
              functionId,
              folder.resolve(from),
              () ->
                  watcher.ownChange(
                      functionId,
                      folder.resolve(to),
                      () -> LinkedFolderFiles.rename(folder, from, to)));
    }
  }

  private void renameInProject(long functionId, String from, String to) {
    if (Trouble.translated(() -> sources.read(functionId, from)).isEmpty()) {
      throw noFile(from);
    }
    if (!Trouble.translated(() -> sources.rename(functionId, from, to))) {
      throw Trouble.input("There is a file %s already. Use another name.", to);
    }
  }

  @Override
  public @Nullable SourceVersion latestVersion(long functionId) {
    return Trouble.translated(() -> sources.latestVersion(functionId)).orElse(null);
  }

  @Override
  public Snapshot snapshot(long functionId) {
    // Read first: a change after this is seen by the next snapshot at the latest.
    long revision = Trouble.translated(() -> functions.revision(functionId));
    FunctionDefinition function = get(functionId);
    Snapshot bare = Trouble.translated(() -> freezer.freeze(function, revision));
    DeployedFunction deployable = bare.deployable();
    return new Snapshot(
        bare.version(),
        new DeployedFunction(
            deployable.configuration(),
            deployable.code(),
            deployable.version(),
            dependents.layers(function.name())));
  }

  /** Grows with each change of a function's configuration or of its source in the project. */
  Map<Long, Long> revisions() {
    return Trouble.translated(functions::revisions);
  }

  @Override
  public Subscription onExternalChange(LongConsumer listener) {
    Subscription subscription = watcher.subscribe(listener);
    list().forEach(this::watch);
    return subscription;
  }

  @Override
  public Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** To be called after a change that no user of this service asked for. */
  void tellChanged() {
    listeners.forEach(Runnable::run);
  }

  /** Exchanges all files of a function whose source is in the project. */
  void replaceFiles(long functionId, Map<String, byte[]> files) {
    files.keySet().forEach(SourcePaths::checked);
    Trouble.translated(() -> sources.replaceAll(functionId, files));
    watcher.tell(functionId);
  }

  private void watch(FunctionDefinition function) {
    if (function.source() instanceof SourceLocation.LinkedFolder(Path folder)) {
      watcher.watch(function.id(), folder);
    } else {
      watcher.unwatch(function.id());
    }
  }

  void close() {
    watcher.close();
  }
}
