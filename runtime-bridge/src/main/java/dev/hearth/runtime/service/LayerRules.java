package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which layers a function may have (invoke-api.md sections 5 and 10). */
final class LayerRules {
  static final Pattern VERSION_ARN =
      Pattern.compile(
          "(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:"
              + "\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)"
              + "|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)");
  private static final Pattern PARTS =
      Pattern.compile("arn:[^:]*:lambda:([^:]+):(\\d{12}):layer:([^:]+):(\\d{1,18})");
  private static final int MOST = 5;

  private LayerRules() {}

  /** A layer version's ARN taken apart. */
  record Parts(String region, String account, String layer, long number) {}

  static Optional<Parts> parts(String arn) {
    Matcher matcher = PARTS.matcher(arn);
    return matcher.matches()
        ? Optional.of(
            new Parts(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                Long.parseLong(matcher.group(4))))
        : Optional.empty();
  }

  /**
   * The layers with these ARNs.
   *
   * @param had what the function has already: it may keep a layer version that was deleted
   * @throws ApiException in AWS's words
   */
  static List<FunctionAttributes.LayerReference> references(
      Layers layers, List<String> arns, List<FunctionAttributes.LayerReference> had)
      throws ApiException {
    if (arns.size() > MOST) {
      throw ApiException.invalidParameter("Cannot reference more than 5 layers.");
    }
    List<FunctionAttributes.LayerReference> references = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    long unzipped = 0;
    for (String arn : arns) {
      Parts parts =
          parts(arn).orElseThrow(() -> ApiException.notImplemented("The AWS layer " + arn));
      if (!parts.region().equals(DeployedFunction.REGION)) {
        throw ApiException.invalidParameter(
            "Layers are not in the same region as the function. Layers are expected to be in"
                + " region "
                + DeployedFunction.REGION
                + ".");
      }
      String before = seen.put(parts.layer(), arn);
      if (before != null) {
        throw ApiException.invalidParameter(
            "Two different versions of the same layer are not allowed to be referenced in the same"
                + " function. "
                + before
                + " and "
                + arn
                + " are versions of the same layer.");
      }
      Optional<Layers.Version> version = layers.find(parts.layer(), parts.number());
      unzipped += version.map(Layers.Version::unzipped).orElse(0L);
      references.add(reference(arn, version, had));
    }
    if (unzipped > CodeArchive.MOST_UNZIPPED) {
      throw ApiException.invalidParameter(
          "Unzipped size must be smaller than " + CodeArchive.MOST_UNZIPPED + " bytes");
    }
    return references;
  }

  private static FunctionAttributes.LayerReference reference(
      String arn, Optional<Layers.Version> version, List<FunctionAttributes.LayerReference> had)
      throws ApiException {
    if (version.isPresent()) {
      Layers.Version found = version.get();
      return new FunctionAttributes.LayerReference(found.arn(), found.sha256(), found.size());
    }
    return had.stream()
        .filter(each -> each.arn().equals(arn))
        .findFirst()
        .orElseThrow(
            () -> ApiException.invalidParameter("Layer version " + arn + " does not exist."));
  }
}
