package dev.hearth.runtime.sandbox;

import java.io.IOException;

/**
 * The system refused to start a program. Carries the file and the reason apart, because Lambda
 * words the same refusal in its own way (lifecycle.md section 3).
 */
public final class StartFailedException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String reason;

  StartFailedException(String file, String reason) {
    super("Could not start " + file + ": " + reason);
    this.file = file;
    this.reason = reason;
  }

  /** The executable, or the working directory when that was at fault. */
  public String file() {
    return file;
  }

  /** The system's reason in Go's words: {@code permission denied}. */
  public String reason() {
    return reason;
  }
}
