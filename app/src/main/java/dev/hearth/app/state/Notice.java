package dev.hearth.app.state;

/**
 * A message for the user that is not the outcome of an invocation: shown as a banner until
 * dismissed.
 *
 * @param text names the thing, the rule and the way out
 */
public record Notice(Severity severity, String text) {
  /** How loud a notice is. */
  public enum Severity {
    INFO,
    WARNING,
    ERROR
  }
}
