package dev.hearth.runtime.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The leading numbers of a version text, so that {@code 3.9} sorts before {@code 3.11}. */
record VersionNumber(List<Integer> parts) implements Comparable<VersionNumber> {
  private static final Pattern LEADING = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})*)");

  VersionNumber {
    parts = List.copyOf(parts);
  }

  /** The first number in the text ({@code v20.1.0}, {@code jdk-17.0.2}, {@code 1.8.0_392}). */
  static @Nullable VersionNumber find(String text) {
    Matcher matcher = LEADING.matcher(text);
    if (!matcher.find()) {
      return null;
    }
    List<Integer> parts = new ArrayList<>();
    for (String part : matcher.group(1).split("\\.")) {
      parts.add(Integer.valueOf(part));
    }
    return new VersionNumber(parts);
  }

  /** As {@link #find}, for a text that is known to hold a number. */
  static VersionNumber parse(String text) {
    VersionNumber version = find(text);
    return version == null ? new VersionNumber(List.of(0)) : version;
  }

  int part(int index) {
    return index < parts.size() ? parts.get(index) : 0;
  }

  @Override
  public int compareTo(VersionNumber other) {
    for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      int order = Integer.compare(part(i), other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** {@code 3.11.7}. */
  @Override
  public String toString() {
    return String.join(
        ".", Collections.unmodifiableList(parts).stream().map(String::valueOf).toList());
  }
}
