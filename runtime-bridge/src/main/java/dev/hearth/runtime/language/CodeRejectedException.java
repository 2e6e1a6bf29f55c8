package dev.hearth.runtime.language;

import java.util.List;

/**
 * The function's code could not be built (a Java source that does not compile, no class files in a
 * Maven project). A fault of the function, not of Hearth: it becomes an invocation error with type
 * {@link #errorType()}.
 */
public final class CodeRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorType;
  private final List<String> diagnostics;

  /**
   * @param errorType in Lambda's form, e.g. {@code Runtime.UserCodeSyntaxError}
   * @param diagnostics one line each, {@code File.java:12: message}
   */
  public CodeRejectedException(String errorType, String message, List<String> diagnostics) {
    super(message);
    this.errorType = errorType;
    this.diagnostics = List.copyOf(diagnostics);
  }

  public String errorType() {
    return errorType;
  }

  public List<String> diagnostics() {
    return diagnostics;
  }
}
