package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InvokeOutcome;

/** A function for which no environment can be made; carries what its caller gets instead. */
public final class NotRunnableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient InvokeOutcome outcome;

  NotRunnableException(InvokeOutcome outcome, Exception cause) {
    super(cause);
    this.outcome = outcome;
  }

  public InvokeOutcome outcome() {
    return outcome;
  }
}
