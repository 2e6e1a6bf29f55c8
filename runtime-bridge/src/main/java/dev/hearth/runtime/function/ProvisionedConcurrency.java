package dev.hearth.runtime.function;

import org.jspecify.annotations.Nullable;

/**
 * How far the environments that are kept ready for a version or alias have come (invoke-api.md
 * section 5).
 *
 * @param requested how many are wanted
 * @param allocated how many have initialised
 * @param available how many of those are free
 * @param statusReason Lambda's word for why it failed; null unless it did
 */
public record ProvisionedConcurrency(
    int requested, int allocated, int available, Status status, @Nullable String statusReason) {
  /** As the API spells it. */
  public enum Status {
    IN_PROGRESS,
    READY,
    FAILED
  }
}
