package dev.hearth.runtime.function;

import java.util.Map;
import java.util.TreeMap;

/**
 * A name for a published version that callers use in its place. With weights it sends a share of
 * the calls to a second version (invoke-api.md sections 2 and 5).
 *
 * @param name letters, digits, hyphens and underscores; never digits alone
 * @param functionVersion the version that gets what the weights leave
 * @param weights share of the calls by version, 0.0 to 1.0; one entry at most
 */
public record Alias(String name, String functionVersion, Map<String, Double> weights) {
  public Alias {
    weights = Map.copyOf(weights);
  }

  /**
   * The version that serves a call.
   *
   * @param chance drawn for this call, from 0.0 up to but without 1.0
   */
  public String version(double chance) {
    double upTo = 0;
    for (var weight : new TreeMap<>(weights).entrySet()) {
      upTo += weight.getValue();
      if (chance < upTo) {
        return weight.getKey();
      }
    }
    return functionVersion;
  }
}
