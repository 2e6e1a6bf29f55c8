package dev.hearth.runtime.function;

/**
 * A function ready to be invoked: configuration plus code under one version. Two deployments that
 * are equal share environments; any difference starts new ones (lifecycle.md section 1, rule 8).
 *
 * @param version {@code $LATEST} or a published number
 */
public record DeployedFunction(
    FunctionConfiguration configuration, CodePackage code, String version) {
  /** The version that an unqualified call reaches. */
  public static final String LATEST = "$LATEST";

  /**
   * Region and account that local ARNs carry: Lambda's form with values that can't be mistaken for
   * a real account.
   */
  public static final String REGION = "us-east-1";

  public static final String ACCOUNT = "000000000000";

  public String name() {
    return configuration.functionName();
  }

  /** The unqualified ARN. */
  public String arn() {
    return "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:" + name();
  }
}
