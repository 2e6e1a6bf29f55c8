package dev.hearth.runtime.service;

/**
 * The keeper of the functions refuses a change, for a reason that its message tells the user; the
 * API passes it on.
 */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String text;

  public CatalogException(String message, Throwable cause) {
    super(message, cause);
    this.text = message;
  }

  @Override
  public String getMessage() {
    return text;
  }
}
