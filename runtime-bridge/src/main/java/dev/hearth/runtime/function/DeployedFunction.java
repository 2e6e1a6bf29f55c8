package dev.hearth.runtime.function;

import java.util.List;

/**
 * A function ready to be invoked: configuration plus code under one version. Two deployments that
 * are equal share environments; any difference starts new ones (lifecycle.md section 1, rule 8).
 *
 * @param version {@code $LATEST} or a published number
 * @param layers the content of {@code /opt}, in the order in which it is merged
 */
public record DeployedFunction(
    FunctionConfiguration configuration,
    CodePackage code,
    String version,
    List<LayerContent> layers) {
  /** The version that an unqualified call reaches. */
  public static final String LATEST = "$LATEST";

  /**
   * Region and account that local ARNs carry: Lambda's form with values that can't be mistaken for
   * a real account.
   */
  public static final String REGION = "us-east-1";

  public static final String ACCOUNT = "000000000000";

  public DeployedFunction {
    layers = List.copyOf(layers);
  }

  /** A function without layers. */
  public DeployedFunction(FunctionConfiguration configuration, CodePackage code, String version) {
    this(configuration, code, version, List.of());
  }

  public String name() {
    return configuration.functionName();
  }

  /** The name under which it is called: {@code name} for $LATEST, {@code name:number} otherwise. */
  public String qualifiedName() {
    return version.equals(LATEST) ? name() : name() + ":" + version;
  }

  /** The unqualified ARN. */
  public String arn() {
    return "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:" + name();
  }
}
