package dev.hearth.app.project;

import dev.hearth.runtime.event.InvokeOutcome;

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

  /** The status that an outcome is stored under. */
  public static InvocationStatus of(InvokeOutcome outcome) {
    return switch (outcome) {
      case InvokeOutcome.Succeeded _ -> OK;
      case InvokeOutcome.FunctionError _ -> ERROR;
      case InvokeOutcome.TimedOut _ -> TIMEOUT;
      case InvokeOutcome.OutOfMemory _ -> OUT_OF_MEMORY;
      case InvokeOutcome.Crashed _ -> CRASHED;
      case InvokeOutcome.RestoreFailed(String type, byte[] _) ->
          type.equals(InvokeOutcome.RestoreFailed.TIMEOUT) ? TIMEOUT : ERROR;
      case InvokeOutcome.Throttled _ -> THROTTLED;
      case InvokeOutcome.Cancelled _ -> CANCELLED;
      case InvokeOutcome.CouldNotRun _ -> COULD_NOT_RUN;
    };
  }

  public boolean ended() {
    return this != PENDING && this != RUNNING;
  }

  /** Ended, and not well. */
  public boolean failed() {
    return ended() && this != OK;
  }
}
