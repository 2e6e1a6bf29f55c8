package dev.hearth.runtime.sandbox;

/** How a process ended. Lambda's error texts differ by it (lifecycle.md section 3). */
public sealed interface ExitStatus {
  /** The process called exit. */
  record Exited(int code) implements ExitStatus {}

  /** The process was ended by a signal. */
  record Signaled(int signal, boolean coreDumped) implements ExitStatus {}

  /**
   * The text that Lambda puts after {@code Error: }: {@code Runtime exited with error: exit status
   * 1}, {@code Runtime exited with error: signal: killed}, or {@code Runtime exited without
   * providing a reason} for status 0.
   */
  default String describe() {
    return switch (this) {
      case Exited(int code) when code == 0 -> "Runtime exited without providing a reason";
      case Exited(int code) -> "Runtime exited with error: exit status " + code;
      case Signaled(int signal, boolean core) ->
          "Runtime exited with error: signal: "
              + signalName(signal)
              + (core ? " (core dumped)" : "");
    };
  }

  /**
   * The same for an extension: {@code exit status 1}, {@code signal: killed}, {@code exit code 0}.
   */
  default String describeExtension() {
    String text = describe();
    int colon = text.indexOf("error: ");
    return colon < 0 ? "exit code 0" : text.substring(colon + "error: ".length());
  }

  /** Go's names of signals, which Lambda prints. */
  private static String signalName(int signal) {
    return switch (signal) {
      case 1 -> "hangup";
      case 2 -> "interrupt";
      case 3 -> "quit";
      case 4 -> "illegal instruction";
      case 5 -> "trace/breakpoint trap";
      case 6 -> "aborted";
      case 7 -> "bus error";
      case 8 -> "floating point exception";
      case 9 -> "killed";
      case 10 -> "user defined signal 1";
      case 11 -> "segmentation fault";
      case 12 -> "user defined signal 2";
      case 13 -> "broken pipe";
      case 14 -> "alarm clock";
      case 15 -> "terminated";
      default -> "signal " + signal;
    };
  }
}
