package dev.hearth.runtime.function;

/**
 * A function's configuration breaks one of Lambda's rules. The message is written for the person
 * who typed the value: it names the thing, the rule and the way out.
 */
public final class InvalidFunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the configuration member as Lambda names it, in lower camel case ({@code
   *     memorySize})
   * @param message a full sentence for the user
   */
  public InvalidFunctionException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The configuration member that is wrong, so that a form can mark it. */
  public String field() {
    return field;
  }
}
