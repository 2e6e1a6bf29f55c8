package dev.hearth.app.project;

import java.util.Map;

/**
 * A name that callers use in place of a version.
 *
 * @param weights share of the calls by version, 0.0 to 1.0, that go elsewhere; at most one entry
 */
public record FunctionAlias(String name, String version, Map<String, Double> weights) {
  public FunctionAlias {
    weights = Map.copyOf(weights);
  }
}
