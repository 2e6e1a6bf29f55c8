package dev.hearth.app.project.query;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether names contain a text, or are it, whatever their case. Neighbouring rows mostly share
 * their names, so the last answer is kept.
 */
final class NameTest {
  private final String text;
  private final boolean exact;
  private @Nullable Answer last;

  private record Answer(String name, boolean holds) {}

  /**
   * @param text in lower case
   */
  NameTest(String text, boolean exact) {
    this.text = text;
    this.exact = exact;
  }

  String text() {
    return text;
  }

  @SuppressWarnings("ReferenceEquality") // the very same string as before is the common case
  boolean test(@Nullable String name) {
    if (name == null) {
      return false;
    }
    Answer known = last;
    if (known == null || known.name() != name) {
      String lower = name.toLowerCase(Locale.ROOT);
      known = new Answer(name, exact ? lower.equals(text) : lower.contains(text));
      last = known;
    }
    return known.holds();
  }
}
