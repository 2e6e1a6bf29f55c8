package dev.hearth.app.service;

import java.nio.file.Path;

/**
 * Something that the user asked for can't be done, for a reason that the user can act on. The
 * message names the thing, the rule and the way out; it is shown as it is, without a stack trace.
 */
public final class HearthException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who can mend it; the command line turns it into its exit code. */
  public enum Kind {
    /** Wrong usage or input: exit code 2. */
    INPUT,
    /** Hearth could not run it on this machine: exit code 3. */
    MACHINE
  }

  private final Kind kind;

  public HearthException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public HearthException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Refuses to run code of a project that came from elsewhere and is not trusted. */
  public static HearthException restricted(Path project) {
    return new HearthException(
        Kind.MACHINE,
        ("Project %s came from elsewhere, so nothing in it runs until you trust it: read it, then"
                + " use \"hearth trust %s\", or --trust for one run.")
            .formatted(project, project));
  }

  public Kind kind() {
    return kind;
  }
}
