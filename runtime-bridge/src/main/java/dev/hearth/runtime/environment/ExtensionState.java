package dev.hearth.runtime.environment;

/**
 * Where an extension stands with the Extensions API (runtime-api.md section 4). The names appear in
 * the messages of refused calls and in the EXTENSION line.
 */
enum ExtensionState {
  STARTED("Started"),
  REGISTERED("Registered"),
  READY("Ready"),
  RUNNING("Running"),
  INIT_ERROR("InitError"),
  EXIT_ERROR("ExitError"),
  LAUNCH_ERROR("LaunchError");

  private final String lambdaName;

  ExtensionState(String lambdaName) {
    this.lambdaName = lambdaName;
  }

  /** The name as Lambda prints it. */
  String lambdaName() {
    return lambdaName;
  }

  boolean mayAskForNext() {
    return this == REGISTERED || this == RUNNING;
  }

  /** Once reported, an error may be reported again; the first one counts. */
  boolean mayReport(ExtensionState error) {
    return this == error
        || this == REGISTERED
        || (error == EXIT_ERROR && (this == READY || this == RUNNING));
  }
}
