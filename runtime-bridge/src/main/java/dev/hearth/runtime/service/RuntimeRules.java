package dev.hearth.runtime.service;

import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.function.SnapStart;
import java.util.List;
import java.util.Set;

/** The runtimes that a request may name (runtime-api.md section 8). */
final class RuntimeRules {
  /** Those that AWS still lets be created or updated. */
  static final List<String> CURRENT =
      List.of(
          "nodejs26.x",
          "nodejs24.x",
          "nodejs22.x",
          "nodejs20.x",
          "nodejs18.x",
          "nodejs16.x",
          "python3.15",
          "python3.14",
          "python3.13",
          "python3.12",
          "python3.11",
          "python3.10",
          "python3.9",
          "python3.8",
          "java25",
          "java21",
          "java17.al2023",
          "java17",
          "java11.al2023",
          "java11",
          "java8.al2023",
          "java8.al2",
          "dotnet10",
          "dotnet8",
          "dotnet6",
          "ruby4.0",
          "ruby3.4",
          "ruby3.3",
          "ruby3.2",
          "provided.al2023",
          "provided.al2");

  private static final Set<String> BLOCKED =
      Set.of(
          "java8",
          "go1.x",
          "provided",
          "ruby2.7",
          "ruby2.5",
          "nodejs14.x",
          "nodejs12.x",
          "nodejs10.x",
          "nodejs8.10",
          "nodejs6.10",
          "nodejs4.3",
          "nodejs4.3-edge",
          "nodejs",
          "python3.7",
          "python3.6",
          "python2.7",
          "dotnetcore3.1",
          "dotnetcore2.1",
          "dotnetcore2.0",
          "dotnetcore1.0");

  private RuntimeRules() {}

  /**
   * Refuses SnapStart where Lambda has none (newer.md section 2; the words about {@code /tmp} are
   * *unverified*).
   */
  static void checkSnapStart(FunctionConfiguration configuration) throws ApiException {
    if (configuration.snapStart() != SnapStart.PUBLISHED_VERSIONS) {
      return;
    }
    RuntimeIdentifier runtime = configuration.runtime();
    boolean supported =
        switch (runtime.family()) {
          case JAVA -> Integer.parseInt(runtime.version()) >= 11;
          case PYTHON -> Integer.parseInt(runtime.version().substring("3.".length())) >= 12;
          case NODEJS, RUBY, PROVIDED -> false;
        };
    if (!supported) {
      throw ApiException.invalidParameter(
          runtime.id() + " is not supported for SnapStart enabled functions.");
    }
    if (configuration.ephemeralStorage() > FunctionConfiguration.DEFAULT_EPHEMERAL_STORAGE_MB) {
      throw ApiException.invalidParameter(
          "Ephemeral storage of more than 512 MB is not supported for SnapStart enabled"
              + " functions.");
    }
  }

  /**
   * @throws ApiException when AWS knows no such runtime or no longer takes it, or when Hearth has
   *     no family for it
   */
  static RuntimeIdentifier parse(String id) throws ApiException {
    if (BLOCKED.contains(id)) {
      throw ApiException.invalidParameter(
          "The runtime parameter of "
              + id
              + " is no longer supported for creating or updating AWS Lambda functions. We"
              + " recommend you use a supported runtime while creating or updating functions.");
    }
    if (!CURRENT.contains(id)) {
      throw ApiException.invalidParameter(
          "Value "
              + id
              + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
              + CURRENT
              + " or be a valid ARN");
    }
    try {
      return RuntimeIdentifier.parse(id);
    } catch (InvalidFunctionException e) {
      throw ApiException.notImplemented("The runtime " + id);
    }
  }
}
