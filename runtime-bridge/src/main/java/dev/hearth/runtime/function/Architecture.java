package dev.hearth.runtime.function;

/**
 * The instruction sets that Lambda offers; here it decides the price, the code runs on what this
 * machine has.
 */
public enum Architecture {
  X86_64("x86_64"),
  ARM64("arm64");

  private final String id;

  Architecture(String id) {
    this.id = id;
  }

  /** The name in Lambda's API. */
  public String id() {
    return id;
  }

  /**
   * @throws InvalidFunctionException when the name is neither {@code x86_64} nor {@code arm64}
   */
  public static Architecture parse(String id) {
    for (Architecture architecture : values()) {
      if (architecture.id.equals(id)) {
        return architecture;
      }
    }
    throw new InvalidFunctionException(
        "architecture", "Unknown architecture \"" + id + "\". Use x86_64 or arm64.");
  }
}
