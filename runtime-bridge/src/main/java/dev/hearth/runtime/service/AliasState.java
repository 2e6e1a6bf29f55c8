package dev.hearth.runtime.service;

import dev.hearth.runtime.function.Alias;
import java.util.Map;

/**
 * An alias as the service API keeps it.
 *
 * @param weights share of the calls by version; empty when all go to {@code functionVersion}
 */
public record AliasState(
    String name,
    String functionVersion,
    Map<String, Double> weights,
    String description,
    String revisionId) {
  public AliasState {
    weights = Map.copyOf(weights);
  }

  Alias alias() {
    return new Alias(name, functionVersion, weights);
  }

  boolean pointsTo(String version) {
    return functionVersion.equals(version) || weights.containsKey(version);
  }
}
