package dev.hearth.app.store;

/**
 * The project file can't be used as asked. The message is written for the user: it names the file,
 * what is wrong and the way out. The file is left as it was.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is, for callers that act on it. */
  public enum Reason {
    /** No file, a folder, or not a Hearth project. */
    NOT_A_PROJECT,
    /** Written by a newer Hearth. */
    NEWER,
    /** There is something under that name already. */
    EXISTS,
    /** The file or its folder can't be written. */
    READ_ONLY,
    /** No space, a broken disk, a damaged file, a lock that another program holds. */
    FAILED
  }

  private final Reason reason;

  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
