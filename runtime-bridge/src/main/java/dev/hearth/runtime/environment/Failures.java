package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.sandbox.ExitStatus;
import dev.hearth.runtime.sandbox.StartFailedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How a call ends that got no answer (lifecycle.md sections 2 and 3). */
final class Failures {
  static final String INVALID_ENTRYPOINT = "Runtime.InvalidEntrypoint";
  private static final int SIGKILL = 9;

  private Failures() {}

  static Completion timedOut(String requestId, int seconds) {
    return Completion.failed(
        new InvokeOutcome.TimedOut(ErrorPayload.timedOut(requestId, seconds)), "timeout", null);
  }

  static Completion outOfMemory(String requestId) {
    String type = ErrorPayload.OUT_OF_MEMORY;
    String text = new ExitStatus.Signaled(SIGKILL, false).describe();
    return Completion.failed(
        new InvokeOutcome.OutOfMemory(ErrorPayload.platform(type, requestId, text)), "error", type);
  }

  static InvokeOutcome responseTooLarge() {
    return new InvokeOutcome.FunctionError(
        ErrorPayload.RESPONSE_TOO_LARGE,
        ErrorPayload.responseTooLarge(RuntimeAnswers.MAX_RESPONSE_BYTES));
  }

  static Completion cancelled() {
    return Completion.failed(new InvokeOutcome.Cancelled(), null, null);
  }

  /**
   * The process ended by itself. A kill that nobody here sent, of a process that had filled its
   * memory, was the kernel enforcing a limit.
   */
  static InitOutcome ofExit(ExitStatus status, long peakBytes, int memorySize) {
    boolean full =
        status instanceof ExitStatus.Signaled(int signal, boolean _)
            && signal == SIGKILL
            && peakBytes >= ((long) memorySize << 20) / 100 * 97;
    return full ? new InitOutcome.OutOfMemory() : new InitOutcome.Exited(status);
  }

  private static Completion crashed(String type, String requestId, String text) {
    byte[] payload = ErrorPayload.platform(type, requestId, text);
    return Completion.failed(new InvokeOutcome.Crashed(type, payload), "error", type);
  }

  /** An init that failed where there is no further try, or processes that broke down later. */
  static Completion of(InitOutcome outcome, String requestId, DeployedFunction function) {
    return switch (outcome) {
      case InitOutcome.Failed(String type, String reported, byte[] payload) ->
          Completion.failed(new InvokeOutcome.FunctionError(type, payload), "error", reported);
      case InitOutcome.Exited(ExitStatus status) ->
          crashed(ErrorPayload.EXIT_ERROR, requestId, status.describe());
      case InitOutcome.ExtensionFailed(String type, String text) -> crashed(type, requestId, text);
      case InitOutcome.OutOfMemory() -> outOfMemory(requestId);
      case InitOutcome.TimedOut() -> timedOut(requestId, function.configuration().timeout());
      case InitOutcome.NotStarted(IOException cause) -> notStarted(cause, requestId, function);
      case InitOutcome.RestoreFailed(InitOutcome cause) ->
          restoreFailed(of(cause, requestId, function));
      case InitOutcome.Abandoned(), InitOutcome.Ready(long _) -> cancelled();
    };
  }

  /** The caller gets an exception; what the runtime said is kept for people. */
  private static Completion restoreFailed(Completion cause) {
    String type =
        cause.outcome() instanceof InvokeOutcome.TimedOut
            ? InvokeOutcome.RestoreFailed.TIMEOUT
            : InvokeOutcome.RestoreFailed.ERROR;
    return Completion.failed(
        new InvokeOutcome.RestoreFailed(type, cause.outcome().body()),
        cause.status(),
        cause.errorType());
  }

  private static Completion notStarted(
      IOException cause, String requestId, DeployedFunction function) {
    if (function.configuration().runtime().family() == RuntimeFamily.PROVIDED
        && cause instanceof StartFailedException refused) {
      String text = "fork/exec /var/task/bootstrap: " + refused.reason();
      return Completion.failed(
          new InvokeOutcome.Crashed(
              INVALID_ENTRYPOINT, ErrorPayload.platform(INVALID_ENTRYPOINT, requestId, text)),
          "error",
          INVALID_ENTRYPOINT);
    }
    return Completion.failed(
        new InvokeOutcome.CouldNotRun(
            "The runtime of " + function.name() + " could not be started: " + cause.getMessage()),
        null,
        null);
  }

  /** The {@code Status:} of the INIT_REPORT line. */
  static String initStatus(InitOutcome outcome) {
    return switch (outcome) {
      case InitOutcome.TimedOut() -> "timeout";
      case InitOutcome.RestoreFailed(InitOutcome cause) -> initStatus(cause);
      default -> "error";
    };
  }

  /** The {@code Error Type:} of the INIT_REPORT line; null for a timeout, which has none. */
  static @Nullable String initErrorType(InitOutcome outcome) {
    return switch (outcome) {
      case InitOutcome.Failed(String _, String reported, byte[] _) -> reported;
      case InitOutcome.Exited(ExitStatus _) -> ErrorPayload.EXIT_ERROR;
      case InitOutcome.ExtensionFailed(String type, String _) -> type;
      case InitOutcome.OutOfMemory() -> ErrorPayload.OUT_OF_MEMORY;
      case InitOutcome.NotStarted(IOException _) -> INVALID_ENTRYPOINT;
      case InitOutcome.RestoreFailed(InitOutcome cause) -> initErrorType(cause);
      case InitOutcome.TimedOut(), InitOutcome.Abandoned(), InitOutcome.Ready(long _) -> null;
    };
  }
}
