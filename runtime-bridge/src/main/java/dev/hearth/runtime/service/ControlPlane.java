package dev.hearth.runtime.service;

import dev.hearth.runtime.function.Alias;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.LayerContent;
import dev.hearth.runtime.function.PublishedVersions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda's service API manages, for the API itself and for a window that shows the same:
 * functions with versions, aliases, layers and their settings (invoke-api.md section 5). Changes
 * happen one at a time. Safe for all threads; methods block on storage.
 */
public final class ControlPlane implements PublishedVersions {
  private final FunctionCatalog catalog;
  private final Functions functions;
  private final Versions versions;
  private final Layers layers;
  private final Records<AliasState> aliases;
  private final Settings settings;
  private final ReentrantLock lock = new ReentrantLock();

  /** Work that may be refused. */
  @FunctionalInterface
  interface Change<T> {
    T run() throws ApiException;
  }

  public ControlPlane(FunctionCatalog catalog) {
    this.catalog = catalog;
    this.functions = new Functions(catalog);
    this.versions = new Versions(catalog, functions);
    this.layers = new Layers(catalog.records());
    this.aliases = new Records<>(catalog.records(), "alias", AliasState.class);
    this.settings = new Settings(catalog.records());
  }

  /** Runs a change while no other one runs. */
  <T> T change(Change<T> work) throws ApiException {
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  Functions functions() {
    return functions;
  }

  Versions versions() {
    return versions;
  }

  Layers layers() {
    return layers;
  }

  Settings settings() {
    return settings;
  }

  RecordStore records() {
    return catalog.records();
  }

  /** $LATEST of a function; empty when there is none of that name. */
  public Optional<FunctionState> latest(String function) {
    return functions.find(function);
  }

  /** The published versions, oldest first. */
  public List<FunctionState> versions(String function) {
    return versions.list(function);
  }

  /** In name order. */
  public List<AliasState> aliases(String function) {
    return List.copyOf(aliases.list(function + "/").values());
  }

  Optional<AliasState> findAlias(String function, String name) {
    return aliases.get(function + "/" + name);
  }

  /**
   * Freezes $LATEST as a new version, or answers the newest one when nothing has changed.
   *
   * @param description null for that of $LATEST
   * @throws ApiException when the function is not there or has no code
   */
  public FunctionState publish(String function, @Nullable String description) throws ApiException {
    return change(
        () -> {
          FunctionState latest =
              latest(function)
                  .orElseThrow(() -> ApiException.functionNotFound(Arns.function(function)));
          return versions.publish(latest, description);
        });
  }

  /**
   * Removes a published version.
   *
   * @throws ApiException when an alias points to it
   */
  public void deleteVersion(String function, String number) throws ApiException {
    change(
        () -> {
          for (AliasState alias : aliases(function)) {
            if (alias.pointsTo(number)) {
              throw ApiException.conflict(
                  "Unable to delete version because the following aliases reference it: ["
                      + alias.name()
                      + "]");
            }
          }
          versions.delete(function, number);
          settings.removeOwned(function + "/" + number);
          dropArchives();
          return true;
        });
  }

  /**
   * Creates an alias or makes it point elsewhere.
   *
   * @param weights at most one other version with its share, 0.0 to 1.0
   * @throws ApiException when a version is not there or the name is not allowed
   */
  public AliasState putAlias(
      String function, String name, String version, Map<String, Double> weights, String description)
      throws ApiException {
    return change(
        () -> {
          AliasRules.check(this, function, name, version, weights);
          AliasState alias = new AliasState(name, version, weights, description, Stamps.revision());
          aliases.put(function + "/" + name, alias);
          return alias;
        });
  }

  /** Does nothing when there is none. */
  public void deleteAlias(String function, String name) throws ApiException {
    change(
        () -> {
          settings.removeOwned(function + "/" + name);
          return aliases.remove(function + "/" + name);
        });
  }

  /**
   * The files of $LATEST or of a version by path, for comparing.
   *
   * @throws ApiException when there is no such version
   */
  public Map<String, byte[]> files(String function, String version) throws ApiException {
    FunctionState state =
        resolve(function, version)
            .orElseThrow(() -> ApiException.functionNotFound(Arns.function(function)));
    return state.isLatest()
        ? CodeArchive.unzip(functions.archive(state), Integer.MAX_VALUE)
        : versions.files(state);
  }

  /** $LATEST, a version, or what an alias points to without its weights. */
  Optional<FunctionState> resolve(String function, String qualifier) {
    if (qualifier.equals(DeployedFunction.LATEST)) {
      return latest(function);
    }
    Optional<AliasState> alias = findAlias(function, qualifier);
    if (alias.isPresent() && !alias.get().functionVersion().equals(qualifier)) {
      return resolve(function, alias.get().functionVersion());
    }
    return versions.find(function, qualifier);
  }

  /** The address of a function; empty when it has none, or nothing serves it. */
  public Optional<String> url(String function) {
    return settings.urls.get(function).filter(url -> url.port() > 0).map(FunctionUrl::url);
  }

  /**
   * Gives a function an address that everyone on this machine may call, with the permissions that
   * AWS's console adds too; does nothing when it has one.
   */
  public void openUrl(String function) throws ApiException {
    change(
        () -> {
          Tenancy.refuse(this, function, "A function URL");
          if (settings.urls.get(function).isEmpty()) {
            settings.urls.put(function, FunctionUrl.open(function));
          }
          UrlAccess.permitAll(settings.policies, function);
          return true;
        });
  }

  /** Takes a function's address away; its permissions stay, as they do in AWS. */
  public void closeUrl(String function) throws ApiException {
    change(() -> settings.urls.remove(function));
  }

  /** The unpacked layers of $LATEST, to be deployed with it. */
  public List<LayerContent> layersOf(String function) {
    return functions.layers(function);
  }

  @Override
  public Optional<DeployedFunction> version(String functionName, String number) {
    return versions.deployable(functionName, number);
  }

  @Override
  public Optional<Alias> alias(String functionName, String aliasName) {
    return findAlias(functionName, aliasName).map(AliasState::alias);
  }

  /** Deletes a function with everything that belongs to it. */
  void delete(String function) throws ApiException {
    change(
        () -> {
          functions.delete(function);
          forget(function);
          return true;
        });
  }

  /** Removes what belonged to a function that is gone. */
  public void forget(String function) throws ApiException {
    change(
        () -> {
          versions.deleteAll(function);
          aliases.removeOwned(function);
          settings.removeOwned(function);
          functions.forget(function);
          dropArchives();
          return true;
        });
  }

  /** Gives everything that belongs to a function to its new name. */
  public void rename(String from, String to) throws ApiException {
    change(
        () -> {
          functions.rename(from, to);
          versions.rename(from, to);
          aliases.renameOwned(from, to);
          settings.renameOwned(from, to);
          return true;
        });
  }

  /** Removes the archives that nothing refers to any more. */
  void dropArchives() {
    Set<String> used = new HashSet<>();
    functions.usedArchives(used);
    versions.usedArchives(used);
    layers.usedArchives(used);
    catalog.records().retainArchives(used);
  }
}
