package dev.hearth.runtime.environment;

import dev.hearth.runtime.sandbox.ExitStatus;
import java.io.IOException;

/**
 * How the init phase of one environment ended (lifecycle.md section 2); some of these are also why
 * its processes could not go on later.
 */
sealed interface InitOutcome {
  /** The runtime asked for its first event. */
  record Ready(long nanos) implements InitOutcome {}

  /** The runtime posted to {@code /runtime/init/error}. */
  record Failed(String errorType, String reportedType, byte[] payload) implements InitOutcome {}

  record Exited(ExitStatus status) implements InitOutcome {}

  /** An extension could not be started, reported an error or ended. */
  record ExtensionFailed(String errorType, String text) implements InitOutcome {}

  record OutOfMemory() implements InitOutcome {}

  record TimedOut() implements InitOutcome {}

  /** The runtime was restored by SnapStart and did not become ready after that; why not. */
  record RestoreFailed(InitOutcome cause) implements InitOutcome {}

  /** The system did not start the program; repeating it would fail the same way. */
  record NotStarted(IOException cause) implements InitOutcome {}

  /** The call that waited for it was ended from outside. */
  record Abandoned() implements InitOutcome {}
}
