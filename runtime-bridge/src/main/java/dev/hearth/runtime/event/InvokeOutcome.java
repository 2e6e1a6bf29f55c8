package dev.hearth.runtime.event;

/**
 * How an invocation ended. A failing function is data, never an exception. Payloads are the bytes
 * that a caller of Lambda gets (lifecycle.md section 3).
 */
public sealed interface InvokeOutcome {
  /** The handler answered. */
  record Succeeded(byte[] payload) implements InvokeOutcome {}

  /** The handler or its import raised an error, or the code could not be built. */
  record FunctionError(String errorType, byte[] payload) implements InvokeOutcome {}

  /** The configured timeout passed and the process was killed. */
  record TimedOut(byte[] payload) implements InvokeOutcome {}

  /** The memory limit was reached and the process was killed. */
  record OutOfMemory(byte[] payload) implements InvokeOutcome {}

  /** The runtime process ended without an answer. */
  record Crashed(String errorType, byte[] payload) implements InvokeOutcome {}

  /**
   * SnapStart restored a version that could not run after that: its hooks failed or took too long
   * (newer.md section 2). Callers get an exception of that type instead of an answer; the payload
   * is the runtime's own report for people.
   */
  record RestoreFailed(String errorType, byte[] payload) implements InvokeOutcome {
    public static final String TIMEOUT = "SnapStartTimeoutException";
    public static final String ERROR = "SnapStartException";

    /** What the exception says. */
    public String message() {
      return errorType.equals(TIMEOUT)
          ? "Lambda couldn't restore the snapshot within the timeout limit."
          : "The afterRestore() runtime hook encountered an error. For more information, check the"
              + " Amazon CloudWatch logs.";
    }
  }

  /**
   * No environment could be started within the concurrency limit; {@code reason} as in Lambda's 429
   * body.
   */
  record Throttled(String reason) implements InvokeOutcome {}

  /** The user stopped it. */
  record Cancelled() implements InvokeOutcome {}

  /** The machine lacks what the function needs; the message says what and how to get it. */
  record CouldNotRun(String message) implements InvokeOutcome {}

  /** The bytes that the caller gets; empty when there are none. */
  default byte[] body() {
    return switch (this) {
      case Succeeded(byte[] payload) -> payload;
      case FunctionError(String type, byte[] payload) -> payload;
      case TimedOut(byte[] payload) -> payload;
      case OutOfMemory(byte[] payload) -> payload;
      case Crashed(String type, byte[] payload) -> payload;
      case RestoreFailed(String type, byte[] payload) -> payload;
      case Throttled _, Cancelled _, CouldNotRun _ -> new byte[0];
    };
  }
}
