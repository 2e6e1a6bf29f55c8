package dev.hearth.runtime;

/** No function is deployed under the name that a caller used. */
public final class UnknownFunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownFunctionException(String functionName) {
    super("Function not found: " + functionName);
  }
}
