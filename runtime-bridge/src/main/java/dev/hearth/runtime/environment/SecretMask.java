package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blots secret values out of what a function prints, before anybody sees or keeps it. A value is
 * found as it stands, and as JSON writes it; of a value of several lines each line counts, since
 * logs are made of lines. Values of fewer than {@value #LEAST_CHARACTERS} characters are left: they
 * would blot out ordinary words. What a function encodes or cuts apart is not found.
 */
final class SecretMask {
  static final int LEAST_CHARACTERS = 6;

  /** The longest first, so that no value is spoilt by a shorter one that it contains. */
  private final String[] values;

  private SecretMask(String... values) {
    this.values = values;
  }

  /** Null when there is nothing to blot out. */
  static @Nullable SecretMask of(FunctionConfiguration configuration) {
    Set<String> values = new LinkedHashSet<>();
    for (String name : configuration.secrets()) {
      String value = configuration.environment().get(name);
      if (value != null) {
        value.lines().map(String::strip).forEach(line -> add(values, line));
        add(values, asJson(value));
      }
    }
    List<String> sorted =
        values.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    return sorted.isEmpty() ? null : new SecretMask(sorted.toArray(String[]::new));
  }

  private static void add(Set<String> values, String value) {
    if (value.length() >= LEAST_CHARACTERS) {
      values.add(value);
    }
  }

  /** As the loggers of all runtimes write it. */
  private static String asJson(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  /** The line without the secrets. */
  String apply(String line) {
    String masked = line;
    for (String value : values) {
      masked = masked.replace(value, FunctionConfiguration.MASK);
    }
    return masked;
  }
}
