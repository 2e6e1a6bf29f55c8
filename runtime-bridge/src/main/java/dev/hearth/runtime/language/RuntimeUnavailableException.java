package dev.hearth.runtime.language;

/**
 * No interpreter on this machine can run the function. The message says what is missing and how to
 * get it.
 */
public final class RuntimeUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public RuntimeUnavailableException(String message) {
    super(message);
  }
}
