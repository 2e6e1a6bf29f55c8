package dev.hearth.runtime.service;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request to the constraints of the API's model and gathers everything that breaks one, in
 * AWS's words (invoke-api.md section 10). A member that was not sent breaks nothing but {@link
 * #required}.
 */
final class Checks {
  private final List<String> problems = new ArrayList<>();

  Checks required(String member, @Nullable Object value) {
    if (value == null) {
      problems.add(
          "Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
    }
    return this;
  }

  Checks pattern(String member, @Nullable String value, Pattern pattern) {
    return that(
        value == null || pattern.matcher(value).matches(),
        member,
        value,
        "satisfy regular expression pattern: " + pattern.pattern());
  }

  Checks longest(String member, @Nullable String value, int characters) {
    return that(
        value == null || value.length() <= characters,
        member,
        value,
        "have length less than or equal to " + characters);
  }

  Checks shortest(String member, @Nullable String value, int characters) {
    return that(
        value == null || value.length() >= characters,
        member,
        value,
        "have length greater than or equal to " + characters);
  }

  /** A number's bounds. */
  Checks range(String member, @Nullable Integer value, int low, int high) {
    that(value == null || value <= high, member, value, "have value less than or equal to " + high);
    return that(
        value == null || value >= low, member, value, "have value greater than or equal to " + low);
  }

  Checks oneOf(String member, @Nullable String value, List<String> allowed) {
    return that(
        value == null || allowed.contains(value),
        member,
        value,
        "satisfy enum value set: " + allowed);
  }

  /** Each element of a list is one of these; the whole list is what the message shows. */
  Checks allOf(String member, @Nullable List<String> values, List<String> allowed) {
    return that(
        values == null || allowed.containsAll(values),
        member,
        values,
        "satisfy enum value set: " + allowed);
  }

  Checks most(String member, @Nullable List<?> values, int count) {
    return that(
        values == null || values.size() <= count,
        member,
        values,
        "have length less than or equal to " + count);
  }

  Checks that(boolean holds, String member, @Nullable Object value, String constraint) {
    if (!holds) {
      problems.add(
          "Value '"
              + value
              + "' at '"
              + member
              + "' failed to satisfy constraint: Member must "
              + constraint);
    }
    return this;
  }

  /** A broken constraint in words of its own, after "failed to satisfy constraint: ". */
  Checks sentence(boolean holds, String member, @Nullable Object value, String sentence) {
    if (!holds) {
      problems.add(
          "Value '" + value + "' at '" + member + "' failed to satisfy constraint: " + sentence);
    }
    return this;
  }

  /** The same about a value that is not shown. */
  Checks sentenceWithoutValue(boolean holds, String member, String sentence) {
    if (!holds) {
      problems.add("Value at '" + member + "' failed to satisfy constraint: " + sentence);
    }
    return this;
  }

  /**
   * Ends the checks.
   *
   * @throws ApiException ValidationException with all that was found
   */
  void verify() throws ApiException {
    if (problems.isEmpty()) {
      return;
    }
    String count =
        problems.size() == 1
            ? "1 validation error detected: "
            : problems.size() + " validation errors detected: ";
    throw ApiException.validation(count + String.join("; ", problems));
  }
}
