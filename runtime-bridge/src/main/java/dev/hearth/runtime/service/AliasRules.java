package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an alias may be (invoke-api.md sections 5 and 10). */
final class AliasRules {
  static final Pattern NAME = Pattern.compile("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
  static final Pattern VERSION = Pattern.compile("(\\$LATEST(\\.PUBLISHED)?|[0-9]+)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private AliasRules() {}

  /** The model's constraints on what a request says. */
  static void constraints(
      Checks checks, @Nullable String version, @Nullable Map<String, Double> weights) {
    checks.pattern("functionVersion", version, VERSION);
    checks.longest("functionVersion", version, 1024);
    if (weights == null) {
      return;
    }
    checks.sentence(
        weights.keySet().stream().allMatch(key -> NUMBER.matcher(key).matches()),
        "routingConfig.additionalVersionWeights",
        weights,
        "Map keys must satisfy constraint: [Member must have length less than or equal to 1024,"
            + " Member must have length greater than or equal to 1, Member must satisfy regular"
            + " expression pattern: [0-9]+]");
    checks.sentence(
        weights.values().stream().allMatch(weight -> weight >= 0.0 && weight <= 1.0),
        "routingConfig.additionalVersionWeights",
        weights,
        "Map value must satisfy constraint: [Member must have value less than or equal to 1.0,"
            + " Member must have value greater than or equal to 0.0, Member must not be null]");
  }

  /**
   * The rules that need to know the function.
   *
   * @throws ApiException in AWS's words
   */
  static void check(
      ControlPlane plane, String function, String name, String version, Map<String, Double> weights)
      throws ApiException {
    Checks checks = new Checks().pattern("name", name, NAME).longest("name", name, 128);
    constraints(checks, version, weights);
    checks.verify();
    if (weights.size() > 1) {
      throw ApiException.invalidParameter(
          "Number of items in AdditionalVersionWeights cannot be greater than 1");
    }
    if (plane.resolve(function, version).isEmpty()) {
      throw ApiException.functionNotFound(Arns.function(function) + ":" + version);
    }
    for (String other : weights.keySet()) {
      if (version.equals(DeployedFunction.LATEST)) {
        throw ApiException.invalidParameter(
            "$LATEST is not supported for an alias pointing to more than 1 version");
      }
      if (other.equals(version)) {
        throw ApiException.invalidParameter(
            "Invalid function version "
                + version
                + ". Function version "
                + version
                + " is already included in routing configuration.");
      }
      if (plane.versions().find(function, other).isEmpty()) {
        throw ApiException.functionNotFound(Arns.function(function) + ":" + other);
      }
    }
  }
}
