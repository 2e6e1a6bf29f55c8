package dev.hearth.runtime.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which means may be used, for people whose machine offers one that makes trouble, and for tests.
 *
 * @param allowed names of means; empty for all
 */
record Choice(Set<String> allowed) {
  static final Choice ALL = new Choice(Set.of());
  static final Choice PLAIN = new Choice(Set.of("plain"));

  static final String CGROUP_V1 = "cgroup-v1";
  static final String CGROUP_V2 = "cgroup-v2";
  static final String NAMESPACES = "namespaces";
  static final String BUBBLEWRAP = "bubblewrap";
  static final String THROTTLE = "throttle";
  static final String SANDBOX_EXEC = "sandbox-exec";
  static final String JOB_OBJECT = "job-object";

  /** From a list separated by commas; an empty text allows everything. */
  static Choice of(String text) {
    return new Choice(
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean allows(String means) {
    return allowed.isEmpty() || allowed.contains(means);
  }
}
