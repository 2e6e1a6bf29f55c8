package dev.hearth.runtime.environment;

/**
 * Where the runtime process stands with the Runtime API (runtime-api.md section 2.6). The names
 * appear in the messages of refused calls.
 */
enum RuntimeState {
  STARTED("Started"),
  INIT_ERROR("InitError"),
  RESTORING("Restoring"),
  RESTORE_ERROR("RuntimeRestoreErrorState"),
  READY("Ready"),
  RUNNING("Running"),
  INVOCATION_RESPONSE("InvocationResponse"),
  INVOCATION_ERROR_RESPONSE("InvocationErrorResponse"),
  RESPONSE_SENT("RuntimeResponseSentState");

  private final String lambdaName;

  RuntimeState(String lambdaName) {
    this.lambdaName = lambdaName;
  }

  /** The name as Lambda prints it. */
  String lambdaName() {
    return lambdaName;
  }

  /** Whether {@code GET /next} may be called; in READY a second call just waits again. */
  boolean mayAskForNext() {
    return this == STARTED || this == RESTORING || this == READY || this == RESPONSE_SENT;
  }
}
