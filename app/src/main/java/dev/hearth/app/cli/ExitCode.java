package dev.hearth.app.cli;

import dev.hearth.app.service.HearthException;

/** What the process returns to the shell; part of the command line's contract. */
final class ExitCode {
  static final int OK = 0;

  /** The function failed. */
  static final int FUNCTION_FAILED = 1;

  /** Wrong usage or input. */
  static final int USAGE = 2;

  /** Hearth could not run it. */
  static final int COULD_NOT_RUN = 3;

  private ExitCode() {}

  static int of(HearthException failure) {
    return failure.kind() == HearthException.Kind.INPUT ? USAGE : COULD_NOT_RUN;
  }
}
