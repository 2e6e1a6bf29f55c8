package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.project.SourceVersion;
import dev.hearth.app.store.SourceStore;
import dev.hearth.app.store.StoredFile;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Freezes the source of functions for running: gives it a version number and a folder. What has not
 * changed since the last call is not looked at again.
 */
final class SourceFreezer {
  private final SourceStore store;
  private final SourceCache cache;
  private final FolderSnapshots folders;
  private final VersionNumbers numbers;
  private final boolean readOnly;
  private final Map<Long, InProject> inProject = new ConcurrentHashMap<>();
  private final Map<Long, SourceVersion> versions = new ConcurrentHashMap<>();

  /** The frozen source of a revision. */
  private record InProject(long revision, FrozenSource source) {}

  SourceFreezer(SourceStore store, SourceCache cache, VersionNumbers numbers, boolean readOnly) {
    this.store = store;
    this.cache = cache;
    this.folders = new FolderSnapshots(cache);
    this.numbers = numbers;
    this.readOnly = readOnly;
  }

  /**
   * @param revision of the function, read before its definition
   */
  FunctionService.Snapshot freeze(FunctionDefinition function, long revision) {
    FrozenSource source =
        switch (function.source()) {
          case SourceLocation.InProject() -> inProject(function.id(), revision);
          case SourceLocation.LinkedFolder(Path folder) -> folders.freeze(folder);
        };
    SourceVersion version = version(function.id(), source);
    numbers.put(function.name(), version);
    return new FunctionService.Snapshot(
        version,
        new DeployedFunction(
            function.configuration(),
            new CodePackage(source.taskRoot(), source.sha256()),
            DeployedFunction.LATEST));
  }

  private FrozenSource inProject(long functionId, long revision) {
    InProject before = inProject.get(functionId);
    if (before != null && before.revision == revision) {
      return before.source;
    }
    List<StoredFile> files = store.contents(functionId);
    if (files.isEmpty()) {
      throw Trouble.input("The function has no files. Add one, then invoke it.");
    }
    SourceHash hash = new SourceHash();
    files.forEach(file -> hash.add(file.path(), file.executable() ? 'x' : 'f', file.sha256()));
    String sha256 = hash.finish();
    Path root =
        cache.get(
            sha256,
            target -> {
              for (StoredFile file : files) {
                SourceCache.write(target, file.path(), content(file), file.executable());
              }
            });
    FrozenSource source = new FrozenSource(sha256, root, () -> files);
    inProject.put(functionId, new InProject(revision, source));
    return source;
  }

  private static byte[] content(StoredFile file) {
    if (file.content() == null) {
      throw new IllegalStateException("no content of " + file.path());
    }
    return file.content();
  }

  private SourceVersion version(long functionId, FrozenSource source) {
    SourceVersion last = versions.get(functionId);
    if (last != null && last.sha256().equals(source.sha256())) {
      return last;
    }
    Optional<SourceVersion> stored = store.version(functionId, source.sha256());
    SourceVersion version;
    if (stored.isPresent()) {
      version = stored.get();
    } else if (readOnly) {
      version = new SourceVersion(functionId, 0, source.sha256(), Instant.now());
    } else {
      version = store.putVersion(functionId, source.sha256(), source.files().get());
    }
    versions.put(functionId, version);
    return version;
  }

  void forget(long functionId) {
    inProject.remove(functionId);
    versions.remove(functionId);
  }
}
