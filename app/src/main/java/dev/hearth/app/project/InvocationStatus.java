package dev.hearth.app.project;

/** Where an invocation stands or how it ended, as stored and shown. */
public enum InvocationStatus {
  PENDING,
  RUNNING,
  OK,
  ERROR,
  TIMEOUT,
  OUT_OF_MEMORY,
  CRASHED,
  THROTTLED,
  CANCELLED,
  COULD_NOT_RUN;

  public boolean ended() {
    return this != PENDING && this != RUNNING;
  }

  /** Ended, and not well. */
  public boolean failed() {
    return ended() && this != OK;
  }
}
