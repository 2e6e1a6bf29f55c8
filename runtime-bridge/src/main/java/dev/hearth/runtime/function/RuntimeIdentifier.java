package dev.hearth.runtime.function;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Lambda runtime identifier such as {@code python3.12}, {@code nodejs22.x}, {@code java21} or
 * {@code provided.al2023} (runtime-api.md section 8), split into family and version so that the
 * nearest interpreter on this machine can be found.
 *
 * @param id the identifier as Lambda spells it
 * @param family the language family
 * @param version {@code 3.12}, {@code 22}, {@code 21}, {@code al2023}
 */
public record RuntimeIdentifier(String id, RuntimeFamily family, String version) {
  private static final Pattern PYTHON = Pattern.compile("python(3\\.\\d+)");
  private static final Pattern NODE = Pattern.compile("nodejs(\\d+)\\.x");
  private static final Pattern JAVA = Pattern.compile("java(\\d+)(\\.al2|\\.al2023)?");
  private static final Pattern RUBY = Pattern.compile("ruby([3-9]\\.\\d)");
  private static final Pattern PROVIDED = Pattern.compile("provided\\.(al2|al2023)");

  /**
   * Reads an identifier.
   *
   * @throws InvalidFunctionException when no family of Hearth knows it; the message lists the forms
   *     that are known
   */
  public static RuntimeIdentifier parse(String id) {
    String text = id == null ? "" : id.strip();
    for (var candidate :
        new Object[][] {
          {PYTHON, RuntimeFamily.PYTHON}, {NODE, RuntimeFamily.NODEJS},
          {JAVA, RuntimeFamily.JAVA}, {RUBY, RuntimeFamily.RUBY},
          {PROVIDED, RuntimeFamily.PROVIDED}
        }) {
      Matcher matcher = ((Pattern) candidate[0]).matcher(text);
      if (matcher.matches()) {
        return new RuntimeIdentifier(text, (RuntimeFamily) candidate[1], matcher.group(1));
      }
    }
    throw new InvalidFunctionException(
        "runtime",
        "Unknown runtime \""
            + text
            + "\". Use one of python3.x, nodejs2x.x, java17, java21, java25, ruby3.x or"
            + " provided.al2023.");
  }

  @Override
  public String toString() {
    return id;
  }
}
