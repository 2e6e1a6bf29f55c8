package dev.hearth.runtime.function;

import java.util.Locale;

/**
 * The language families that Hearth can start; each has one adapter in {@code runtime.language}.
 */
public enum RuntimeFamily {
  PYTHON("python"),
  NODEJS("nodejs"),
  JAVA("java"),
  RUBY("ruby"),
  PROVIDED("provided");

  private final String prefix;

  RuntimeFamily(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The text before the version in a runtime identifier, e.g. {@code python} in {@code python3.12}.
   */
  public String prefix() {
    return prefix;
  }

  /** A name for people: {@code Python}, {@code Node.js}, {@code Java}, {@code Custom runtime}. */
  public String displayName() {
    return switch (this) {
      case NODEJS -> "Node.js";
      case PROVIDED -> "Custom runtime";
      default -> prefix.substring(0, 1).toUpperCase(Locale.ROOT) + prefix.substring(1);
    };
  }
}
