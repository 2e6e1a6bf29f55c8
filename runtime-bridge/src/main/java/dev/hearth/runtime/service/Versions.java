package dev.hearth.runtime.service;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.NetworkAccess;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published versions: immutable, each with its own archive, numbered from 1; a number is never
 * given again (invoke-api.md section 5).
 */
final class Versions {
  private static final String SECRETS = "HearthSecrets";
  private static final String NETWORK = "HearthNetwork";

  private final FunctionCatalog catalog;
  private final RecordStore store;
  private final Functions functions;
  private final Records<Stored> versions;
  private final Records<Integer> counters;

  /**
   * A version as it is kept.
   *
   * @param latestDescription what $LATEST was described as, which the version need not be: changing
   *     it is a change of the configuration; null in files of earlier programs
   */
  record Stored(
      String number,
      ObjectNode configuration,
      FunctionAttributes attributes,
      FunctionState.Code code,
      @Nullable String latestDescription) {
    boolean describes(FunctionState latest) {
      return latestDescription == null || latestDescription.equals(latest.description());
    }
  }

  Versions(FunctionCatalog catalog, Functions functions) {
    this.catalog = catalog;
    this.functions = functions;
    this.store = catalog.records();
    this.versions = new Records<>(store, "version", Stored.class);
    this.counters = new Records<>(store, "version-counter", Integer.class);
  }

  /** Keys sort as their numbers do. */
  private static String key(String name, String number) {
    return name + "/" + "0".repeat(Math.max(0, 10 - number.length())) + number;
  }

  /** Oldest first. */
  List<FunctionState> list(String name) {
    List<FunctionState> states = new ArrayList<>();
    versions.list(name + "/").values().forEach(stored -> states.add(state(name, stored)));
    return states;
  }

  Optional<FunctionState> find(String name, String number) {
    return number.length() > 10 || !number.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.empty()
        : versions.get(key(name, number)).map(stored -> state(name, stored));
  }

  private FunctionState state(String name, Stored stored) {
    Body body = new Body(stored.configuration());
    try {
      FunctionConfiguration configuration =
          ConfigurationForm.read(
              body,
              FunctionConfiguration.of(
                  name,
                  RuntimeIdentifier.parse(body.text("Runtime", "")),
                  body.text("Handler", "")));
      return new FunctionState(
          withSecrets(configuration, body.textMap(SECRETS))
              .withNetwork(NetworkAccess.parse(body.text(NETWORK, NetworkAccess.OPEN.id()))),
          stored.attributes(),
          stored.number(),
          stored.code());
    } catch (ApiException e) {
      throw new IllegalStateException(
          "Version " + stored.number() + " of " + name + " can't be read", e);
    }
  }

  private FunctionConfiguration withSecrets(
      FunctionConfiguration configuration, @Nullable Map<String, String> sealed) {
    if (sealed == null) {
      return configuration;
    }
    Map<String, String> variables = new HashMap<>(configuration.environment());
    sealed.forEach(
        (variable, value) ->
            store.unseal(variable, value).ifPresent(clear -> variables.put(variable, clear)));
    return configuration.withEnvironment(variables).withSecrets(sealed.keySet());
  }

  /** The configuration as it may be kept: secret values are sealed. */
  private ObjectNode kept(FunctionConfiguration configuration) throws ApiException {
    if (configuration.secrets().isEmpty()) {
      return ConfigurationForm.write(configuration).put(NETWORK, configuration.network().id());
    }
    if (!configuration.lockedSecrets().isEmpty()) {
      throw ApiException.invalidParameter(
          "The secret %s can't be read here. Enter it anew before publishing a version."
              .formatted(String.join(", ", configuration.lockedSecrets())));
    }
    Map<String, String> open = new HashMap<>(configuration.environment());
    open.keySet().removeAll(configuration.secrets());
    ObjectNode json =
        ConfigurationForm.write(configuration.withEnvironment(open).withSecrets(Set.of()));
    json.put(NETWORK, configuration.network().id());
    ObjectNode sealed = json.putObject(SECRETS);
    configuration
        .secrets()
        .forEach(name -> sealed.put(name, store.seal(name, configuration.environment().get(name))));
    return json;
  }

  /**
   * Freezes $LATEST; the newest version is answered again, as it is, when neither code nor
   * configuration of $LATEST has changed since.
   *
   * @param description null or empty for that of $LATEST
   */
  FunctionState publish(FunctionState latest, @Nullable String description) throws ApiException {
    String name = latest.name();
    List<Stored> before = List.copyOf(versions.list(name + "/").values());
    if (!before.isEmpty() && before.getLast().describes(latest)) {
      FunctionState newest = state(name, before.getLast());
      if (newest.runsAs(latest)) {
        return newest;
      }
    }
    byte[] zip = functions.archive(latest);
    store.putArchive(latest.code().zipSha256(), zip);
    int number = counters.get(name).orElse(0) + 1;
    counters.put(name, number);
    FunctionAttributes attributes =
        latest
            .attributes()
            .withDescription(
                description == null || description.isEmpty() ? latest.description() : description)
            .changed("");
    Stored stored =
        new Stored(
            Integer.toString(number),
            kept(latest.configuration()),
            attributes,
            latest.code(),
            latest.description());
    versions.put(key(name, stored.number()), stored);
    return state(name, stored);
  }

  /** False when there was none. */
  boolean delete(String name, String number) {
    boolean removed = versions.remove(key(name, number));
    catalog.withdraw(name, number);
    return removed;
  }

  void deleteAll(String name) {
    versions.removeOwned(name);
    counters.removeOwned(name);
  }

  void rename(String from, String to) {
    versions.renameOwned(from, to);
    counters.renameOwned(from, to);
  }

  /** Ready to run. */
  Optional<DeployedFunction> deployable(String name, String number) {
    return find(name, number)
        .map(
            state ->
                new DeployedFunction(
                    state.configuration(),
                    code(state),
                    number,
                    functions.layers(state.attributes().layers())));
  }

  private CodePackage code(FunctionState state) {
    return catalog.unpack(state.code().sourceSha256(), () -> files(state));
  }

  /** The files of a version by path. */
  Map<String, byte[]> files(FunctionState state) {
    return functions.stored(state.code().zipSha256(), state.arn());
  }

  void usedArchives(Set<String> used) {
    for (Stored stored : versions.list("").values()) {
      used.add(stored.code().zipSha256());
      Functions.used(stored.attributes(), used);
    }
  }
}
