package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as a caller may name it: its name, a partial or a whole ARN, each with or without a
 * qualifier (invoke-api.md section 1).
 *
 * @param qualifier version or alias; null when the caller gave none
 */
record FunctionReference(String name, @Nullable String qualifier) {
  private static final String PLACE =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?"
          + "(\\d{12}:)?(function:)?";
  private static final Pattern PLAIN =
      Pattern.compile(PLACE + "([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
  private static final Pattern NAMESPACED =
      Pattern.compile(PLACE + "([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
  private static final Pattern QUALIFIER =
      Pattern.compile("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
  private static final Pattern SIMPLE = Pattern.compile("[a-zA-Z0-9-_]{1,64}");
  private static final int MOST_NAME = 64;
  private static final int MOST_ARN = 140;
  private static final int MOST_QUALIFIER = 128;

  /**
   * Reads what stands in the path and in the query.
   *
   * @param namespaced whether the operation takes names with dots
   * @throws ApiException when it is malformed, contradicts itself or points elsewhere
   */
  static FunctionReference parse(String text, @Nullable String queryQualifier, boolean namespaced)
      throws ApiException {
    new Checks()
        .pattern("qualifier", queryQualifier, QUALIFIER)
        .longest("qualifier", queryQualifier, MOST_QUALIFIER)
        .verify();
    if (SIMPLE.matcher(text).matches()) {
      return new FunctionReference(text, queryQualifier);
    }
    if (text.length() > MOST_ARN) {
      throw ApiException.validation(
          text, "functionName", "have length less than or equal to " + MOST_ARN);
    }
    Pattern pattern = namespaced ? NAMESPACED : PLAIN;
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw ApiException.validation(
          text, "functionName", "satisfy regular expression pattern: " + pattern.pattern());
    }
    String name = matcher.group(11);
    if (name.length() > MOST_NAME) {
      throw ApiException.invalidParameter(
          ApiException.constraintText(
              name, "functionName", "have length less than or equal to " + MOST_NAME));
    }
    checkPlace(matcher.group(3), matcher.group(9));
    String qualifier = matcher.group(13);
    if (qualifier != null && queryQualifier != null && !qualifier.equals(queryQualifier)) {
      throw ApiException.invalidParameter(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return new FunctionReference(name, qualifier == null ? queryQualifier : qualifier);
  }

  private static void checkPlace(@Nullable String region, @Nullable String account)
      throws ApiException {
    if (region != null && !region.equals(DeployedFunction.REGION + ":")) {
      throw ApiException.notReachable(
          region.substring(0, region.length() - 1), DeployedFunction.REGION);
    }
    if (account != null && !account.equals(DeployedFunction.ACCOUNT + ":")) {
      throw ApiException.accessDenied(
          "Functions of account "
              + account.substring(0, account.length() - 1)
              + " can't be reached here. The local account is "
              + DeployedFunction.ACCOUNT
              + "; use the function's name.");
    }
  }

  /** The ARN as the caller qualified it. */
  String arn() {
    return Arns.function(name) + (qualifier == null ? "" : ":" + qualifier);
  }

  /** The name under which the local Lambda calls it. */
  String callName() {
    return qualifier == null ? name : name + ":" + qualifier;
  }

  /** The key of what belongs to the function or to this qualifier of it. */
  String key() {
    return qualifier == null ? name : name + "/" + qualifier;
  }

  String qualifierOrLatest() {
    return qualifier == null ? DeployedFunction.LATEST : qualifier;
  }

  /** The refusal of a function or version that does not exist, named as the caller did. */
  ApiException notFound() {
    return ApiException.functionNotFound(arn());
  }

  /** The same with the qualifier that a call without one means, as Invoke words it. */
  ApiException notFoundQualified() {
    return ApiException.functionNotFound(Arns.function(name) + ":" + qualifierOrLatest());
  }
}
