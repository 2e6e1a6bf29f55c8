package dev.hearth.app.project;

import dev.hearth.runtime.function.FunctionConfiguration;

/**
 * A function of the project.
 *
 * @param id row id, stable across renames
 */
public record FunctionDefinition(
    long id, FunctionConfiguration configuration, SourceLocation source) {
  public String name() {
    return configuration.functionName();
  }

  public FunctionDefinition withConfiguration(FunctionConfiguration other) {
    return new FunctionDefinition(id, other, source);
  }
}
