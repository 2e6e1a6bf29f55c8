package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;

/** The names of local resources in Lambda's form. */
final class Arns {
  private static final String PREFIX =
      "arn:aws:lambda:" + DeployedFunction.REGION + ":" + DeployedFunction.ACCOUNT + ":";

  private Arns() {}

  static String function(String name) {
    return PREFIX + "function:" + name;
  }

  static String layer(String name) {
    return PREFIX + "layer:" + name;
  }

  static String codeSigningConfig(String id) {
    return PREFIX + "code-signing-config:" + id;
  }

  static String eventSourceMapping(String uuid) {
    return PREFIX + "event-source-mapping:" + uuid;
  }
}
